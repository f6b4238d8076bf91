// Running heads with the number of a chapter, page after page, against the headings with such numbers.
#include "stages/50-headings/named_above.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/rules/outline.h"
#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "weights/headings.h"

namespace emend {

namespace {

// A chapter as the running heads of its pages have it.
struct NamedChapter {
  Numbering number;
  std::vector<std::string> said;        // number and words, once for each page
  std::uint32_t first = 0, before = 0;  // its first page with that running head; the first that may have its heading
};

// The parts of a running head that wide gaps set apart.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  for (text = trim(text); !text.empty();) {
    const std::size_t gap = std::min(text.find("   "), text.size());
    parts.push_back(trim(text.substr(0, gap)));
    text = trim(text.substr(gap));
  }
  return parts;
}

std::size_t count_han(std::string_view s) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < s.size();) n += is_han(next_character(s, i));
  return n;
}

// What OCR makes of the gap between number and words.
std::string_view without_gap(std::string_view words) {
  constexpr std::u32string_view gaps = U"_“”\"'’‘~-·.";
  std::size_t at = 0;
  for (words = trim(words); at < words.size();) {
    std::size_t next = at;
    if (gaps.find(next_character(words, next)) == gaps.npos) break;
    at = next;
  }
  return trim(words.substr(at));
}

// Of several readings the one that is most like the others.
const std::string& most_alike(const std::vector<std::string>& said) {
  constexpr std::size_t some = 24;
  const std::size_t n = std::min(said.size(), some);
  std::size_t best = 0;
  double most = -1;
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0;
    for (std::size_t k = 0; k < n; ++k) sum += similarity(folded(said[i]), folded(said[k]));
    if (sum > most) most = sum, best = i;
  }
  return said[best];
}

class Namer {
 public:
  Namer(Found& f, Proposal& out) : f_(f), d_(f.d), out_(out) {
    for (const auto& [line, head] : f.heads) {
      const Numbering own = f.numbering_of(line);
      if (own) known_.push_back({own.rank, own.n, {}});
      known_.push_back({head.rank, std::to_string(head.value), folded(f.words_of(head))});
    }
  }

  void run() {
    bool any = false;
    for (const NamedChapter& c : chapters())
      if (c.said.size() >= headings::enough_named && !is_found(c.number, most_alike(c.said))) any = name(c) || any;
    if (any) f_.set_levels_by_rank();
  }

 private:
  // NamedChapter 3, 第三章: what nothing but headings has.
  std::optional<std::pair<Numbering, std::string>> read(std::string_view text) const {
    for (const std::string_view part : parts_of(text)) {
      const Numbering n = read_numbering(f_.rules, part);
      if (!n || is_movable_rank(n.rank) || n.rank > chapter_rank || n.type == appendix) continue;
      std::string_view words = without_gap(part.substr(n.words));
      words = trim(words.substr(0, words.find_last_not_of("0123456789 ") + 1));  // the page's number
      if (words.empty()) continue;
      return std::pair(n, std::string(trim(part.substr(0, n.words))) + " " + std::string(words));
    }
    return {};
  }

  std::vector<NamedChapter> chapters() const {
    std::vector<NamedChapter> all;
    std::uint32_t behind = 0;  // the last page with any such running head
    for (const Node& node : d_.blocks) {
      if (node.name != "fw" || node.get("type") != "header") continue;
      const Line& line = d_.lines[d_.line_at(node.at.begin)];
      auto read_here = read(line.text);
      if (!read_here) continue;
      auto& [number, said] = *read_here;
      if (all.empty() || all.back().number.n != number.n || all.back().number.rank != number.rank)
        all.push_back({number,
                       {},
                       line.page,
                       all.empty() ? line.page - std::min(line.page, static_cast<std::uint32_t>(headings::named_reach))
                                   : std::min(behind + 1, line.page)});
      all.back().said.push_back(std::move(said));
      behind = line.page;
    }
    return all;
  }

  bool is_found(const Numbering& n, const std::string& said) const {
    const std::u32string words = folded(said.substr(read_numbering(f_.rules, said).words));
    return std::any_of(known_.begin(), known_.end(), [&](const Known& k) {
      return (k.rank == n.rank && k.n == n.n) ||
             (k.words.size() > 2 && similarity(k.words, words, headings::alike_named) > 0);
    });
  }

  // Whether the line may be the words, misread: nearly as many letters of the same script, or none of a script that all
  // of them are in.
  bool may_be(std::string_view line, const std::string& said, std::string_view words) const {
    const std::u32string here = folded(line);
    const double like = std::max(similarity(here, folded(said), headings::misread_named),
                                 similarity(here, folded(words), headings::misread_named));
    const std::size_t han = count_han(words);
    return like > 0 || (han >= 3 && count_han(line) * 2 <= han && !ends_like_text(trim(line)));
  }

  bool name(const NamedChapter& c) {
    const std::string& said = most_alike(c.said);
    const std::string_view words = trim(std::string_view(said).substr(read_numbering(f_.rules, said).words));
    const std::vector<std::size_t>& lines = f_.lines.all();
    for (std::uint32_t page = c.first + 1; page-- > c.before && page + headings::named_reach >= c.first;) {
      const auto first =
          std::partition_point(lines.begin(), lines.end(), [&](std::size_t i) { return d_.lines[i].page < page; });
      const auto top = std::find_if(
          first, lines.end(), [&](std::size_t i) { return d_.lines[i].page != page || f_.lines.is_first_on_page(i); });
      const auto may_head = [&](auto line) {
        return line != lines.end() && d_.lines[*line].page == page && f_.lines.is_free(*line) &&
               f_.lines.stands_apart(*line) && !wider_than(trim(d_.lines[*line].text), headings::longest_unlisted) &&
               may_be(d_.lines[*line].text, said, words);
      };
      if (!may_head(top)) continue;
      // The number alone may stand in the first line, or what is left of it.
      const auto next = top + 1;
      const auto like = [&](auto line) { return similarity(folded(d_.lines[*line].text), folded(words)); };
      put(c, may_head(next) && like(next) > like(top) ? *next : *top, said, words);
      return true;
    }
    return false;
  }

  void put(const NamedChapter& c, std::size_t line, const std::string& said, std::string_view words) {
    Head head;
    head.first = head.last = line;
    f_.describe(head, c.number);
    head.level = 0;
    head.rank = c.number.rank;
    head.value = c.number.value;
    head.rule = "head.running";
    head.because = {headings::told_by_running, "the running heads of the pages from here on name it"};
    const std::u32string here = folded(d_.lines[line].text);
    if (similarity(here, folded(said), headings::same_as_named) == 0 &&
        similarity(here, folded(words), headings::same_as_named) == 0) {
      head.restored = said;
      const std::string_view text = trim(d_.lines[line].text);
      const auto begin = static_cast<std::size_t>(text.data() - d_.lines[line].text.data());
      out_.doubt(
          d_.lines[line].at, "head.misread",
          {60, "the heading reads '" + std::string(text) + "'; the running heads of its pages have '" + said + "'"});
      out_.edit(
          d_.lines[line], begin, begin + text.size(), said, "head.restored",
          {headings::told_by_running, "the words of the running heads; the line reads '" + std::string(text) + "'"});
    }
    f_.put(std::move(head));
  }

  // A heading that was found, with the number that it shows or the one that it has.
  struct Known {
    int rank = 0;
    std::string n;
    std::u32string words;
  };

  Found& f_;
  const Document& d_;
  Proposal& out_;
  std::vector<Known> known_;
};

}  // namespace

void find_named_above(Found& f, Proposal& out) { Namer(f, out).run(); }

}  // namespace emend
