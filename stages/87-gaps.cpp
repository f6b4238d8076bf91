// Where text of the book is missing: pages that the printed numbers pass over, chapters that the contents list has and
// the text has no room for, a last sentence that breaks off. Nothing is changed; the edition says what is missing.
//
// One witness alone can be misread, so each is held against the length of the text: pages of which a number was only
// misread, or entries whose headings were only not found, are there, and take their room.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "weights/gaps.h"

namespace emend {

namespace {

constexpr int fewest_before_heading =
    4;  // where a sentence ends and a heading follows: part titles between blank pages

// An entry of the contents list with a page in arabic digits, and where its heading stands.
struct Entry {
  int page = 0;
  std::optional<std::uint32_t> heading;
};

// Pages that are missing before a place.
struct Missing {
  std::uint32_t at = 0;
  int first = 0, last = 0;
};

class Gaps {
 public:
  Gaps(const Document& d, Proposal& out) : d_(d), out_(out) {
    for (std::size_t i = d.lines.size(); i-- > 0 && last_line_ == 0;)
      if (!trim(d.lines[i].text).empty() && !d.is(d.lines[i], "fw")) last_line_ = i;
    read_entries();
  }

  void run() {
    passed_over();
    if (const std::size_t length = length_of_page(); length > 0) {
      no_room_between(length);
      no_room_before(length);
      no_room_behind(length);
    }
    if (!ends_) torn_end();
  }

 private:
  // Says that the text of pages is missing before the line at `at`.
  void before(std::uint32_t at, Number first, int last, std::string_view rule, Because because) {
    found_.push_back({at, first.value, last});
    out_.meta("gap", range(first, last), d_.lines[d_.line_at(at)].at, rule, because);
  }

  void at_end(const std::string& pages, std::string_view rule, Because because) {
    ends_ = true;
    out_.meta("gap:end", pages, d_.lines[last_line_].at, rule, because);
  }

  // 18–43
  static std::string range(Number first, int last) {
    const std::string begin = write_number(first.value, first.form), end = write_number(last, first.form);
    return first.value == last ? begin : begin + "–" + end;
  }

  // Whether what is missing between two places, or some of these pages, was told already.
  bool told(std::uint32_t begin, std::uint32_t end, int first, int last) const {
    return std::any_of(found_.begin(), found_.end(), [&](const Missing& m) {
      return (begin < m.at && m.at <= end) || (m.first <= last && first <= m.last);
    });
  }

  // The same as the contents list tells it.
  void not_listed(std::uint32_t from, std::uint32_t heading, int first, int last, std::size_t lacking, int pages) {
    if (told(from, heading, first, last)) return;
    before(heading, {first, Numeral::arabic}, last, "gaps.contents",
           {60, "the contents list has " + entries(lacking) + " and " + std::to_string(pages) +
                    " pages before this heading, for which the text has no room"});
  }

  // ---- numbers of pages

  // The number that is printed on the page, if it counts with others.
  Number printed(std::size_t page) const {
    const Page& p = d_.pages[page];
    return p.read && p.sure >= certain ? read_whole_number(p.label) : Number();
  }

  bool counts_on(std::size_t page, Number number, int step) const {
    for (std::size_t n = 1; n <= gaps::reach; ++n) {
      const std::size_t other = step < 0 ? page - n : page + n;  // below 0 it is behind the last
      if (other >= d_.pages.size()) return false;
      const Number there = printed(other);
      if (there && there.form == number.form && there.value == number.value + step * static_cast<int>(n)) return true;
    }
    return false;
  }

  void passed_over() {
    if (d_.pages.size() < 2) return;
    std::vector<std::uint32_t> lengths;
    for (const Page& page : d_.pages) lengths.push_back(page.at.size());
    std::nth_element(lengths.begin(), lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2), lengths.end());
    const std::uint64_t usual = lengths[lengths.size() / 2];
    for (std::size_t i = 1; i < d_.pages.size(); ++i) {
      const Number last = printed(i - 1), next = printed(i);
      if (!last || last.form != next.form) continue;
      const int missing = next.value - last.value - 1;
      if (missing < (rests_before(i) ? fewest_before_heading : gaps::fewest_passed_over)) continue;
      // The text of pages whose breaks were only not found stands on one of the two.
      const std::uint64_t here = d_.pages[i - 1].at.size() + std::uint64_t{d_.pages[i].at.size()};
      if (here * 2 >= usual * static_cast<std::uint64_t>(missing + 4)) continue;
      if (!counts_on(i - 1, last, -1) || !counts_on(i, next, 1)) continue;
      const Number first{last.value + 1, last.form};
      before(d_.pages[i].at.begin, first, next.value - 1, "gaps.pages",
             {70, "the printed numbers pass over pages " + range(first, next.value - 1)});
    }
  }

  // Whether the page begins with a heading, and the text before it ends with a sentence.
  bool rests_before(std::size_t page) const {
    const auto text = [&](std::size_t line) {
      return !trim(d_.lines[line].text).empty() && !d_.is(d_.lines[line], "fw");
    };
    std::size_t first = d_.line_at(d_.pages[page].at.begin), last = first;
    while (first < d_.lines.size() && !text(first)) ++first;
    while (last > 0 && !text(--last)) {
    }
    return first < d_.lines.size() && d_.is(d_.lines[first], "head") && !seems_torn(d_.lines[last].text);
  }

  // ---- the contents list

  void read_entries() {
    for (const Node& node : d_.blocks) {
      if (node.name != "entry") continue;
      Number number;
      std::size_t loci = 0;  // several stand in an entry where extraction set pages apart from theirs
      for (std::size_t i = d_.first_phrase(node.at.begin);
           i < d_.phrases.size() && d_.phrases[i].at.begin < node.at.end; ++i)
        if (d_.phrases[i].name == "locus" && ++loci == 1) number = read_whole_number(trim(d_.slice(d_.phrases[i].at)));
      if (loci != 1 || number.form != Numeral::arabic) continue;
      Entry& entry = entries_.emplace_back(Entry{number.value, {}});
      for (const Link& link : d_.links)
        if (link.name == "contents" && link.at.begin == node.at.begin) entry.heading = link.to.begin;
    }
    for (std::size_t i = 0; i < entries_.size(); ++i)
      if (entries_[i].heading) linked_.push_back(i);
  }

  // Bytes, by the headings that were found; 0 if too few were.
  std::size_t length_of_page() const {
    std::vector<std::size_t> lengths;
    for (std::size_t k = 1; k < linked_.size(); ++k) {
      const Entry &a = entries_[linked_[k - 1]], &b = entries_[linked_[k]];
      if (b.page > a.page && *b.heading > *a.heading)
        lengths.push_back((*b.heading - *a.heading) / static_cast<std::size_t>(b.page - a.page));
    }
    if (lengths.size() < gaps::fewest_steps) return 0;
    std::nth_element(lengths.begin(), lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2), lengths.end());
    return lengths[lengths.size() / 2];
  }

  // Whether entries [first, last] stand in the order of their pages, from page `least` to page `most`.
  bool in_order(std::size_t first, std::size_t last, int least, int most) const {
    for (std::size_t i = first; i <= last; ++i) {
      if (entries_[i].page < least || entries_[i].page > most) return false;
      least = entries_[i].page;
    }
    return true;
  }

  static std::string entries(std::size_t n) { return std::to_string(n) + (n == 1 ? " entry" : " entries"); }

  void no_room_between(std::size_t length) {
    for (std::size_t k = 1; k < linked_.size(); ++k) {
      const std::size_t a = linked_[k - 1], b = linked_[k], lacking = b - a - 1;
      const int pages = entries_[b].page - entries_[a].page;
      if (lacking == 0 || pages < gaps::fewest_listed || *entries_[b].heading <= *entries_[a].heading) continue;
      // A page that was misread would make room where there is none: the entry behind must agree.
      if (b + 1 == entries_.size() || entries_[b + 1].page < entries_[b].page) continue;
      if (!in_order(a + 1, b - 1, entries_[a].page, entries_[b].page)) continue;
      const std::size_t room = *entries_[b].heading - *entries_[a].heading;
      if (room * gaps::least_room > length * static_cast<std::size_t>(pages)) continue;
      const int first = std::max(
          entries_[a].page + 1, std::min(entries_[a + 1].page, entries_[a].page + 1 + static_cast<int>(room / length)));
      not_listed(*entries_[a].heading, *entries_[b].heading, first, entries_[b].page - 1, lacking, pages);
    }
  }

  void no_room_before(std::size_t length) {
    if (linked_.empty() || linked_[0] < gaps::fewest_entries) return;
    const Entry& first = entries_[linked_[0]];
    const int pages = first.page - entries_[0].page;
    if (pages < gaps::fewest_listed || !in_order(0, linked_[0] - 1, 1, first.page)) return;
    if (linked_.size() < 2 || entries_[linked_[1]].page < first.page) return;
    std::uint32_t begin = 0;
    for (const Node& node : d_.blocks)
      if (node.name == "entry" && node.at.end < *first.heading) begin = std::max(begin, node.at.end);
    if ((*first.heading - begin) * gaps::least_room > length * static_cast<std::size_t>(pages)) return;
    not_listed(begin, *first.heading, entries_[0].page, first.page - 1, linked_[0], pages);
  }

  void no_room_behind(std::size_t length) {
    if (linked_.empty()) return;
    const std::size_t last = linked_.back(), lacking = entries_.size() - last - 1;
    if (lacking < gaps::fewest_entries) return;
    const Entry &ends = entries_[last], &next = entries_[last + 1];
    if (!in_order(last + 1, entries_.size() - 1, ends.page, entries_.back().page)) return;
    // The text behind the last heading is that of its own pages, or less; nothing of the next entry is there.
    const std::size_t room = d_.lines[last_line_].at.end - *ends.heading;
    const int needed = entries_.back().page - ends.page;
    if (needed < gaps::fewest_listed || room > length * static_cast<std::size_t>(next.page - ends.page + 1)) return;
    if (room * gaps::least_room > length * static_cast<std::size_t>(needed)) return;
    const Number printed_last = d_.pages.empty() ? Number() : printed(d_.pages.size() - 1);
    const int first = printed_last.form == Numeral::arabic
                          ? printed_last.value + 1
                          : std::min(next.page, ends.page + 1 + static_cast<int>(room / length));
    at_end(std::to_string(first) + "–", "gaps.contents",
           {65, "the contents list has " + entries(lacking) + " behind the last heading, to page " +
                    std::to_string(entries_.back().page) + ", and the text ends here"});
  }

  // ---- the last sentence

  void torn_end() {
    const Node* last = d_.block_of(d_.lines[last_line_]);
    if (last == nullptr || last->name != "p" || last->parent >= 0 || !breaks_off(d_.lines[last_line_].text)) return;
    std::size_t paragraphs = 0, torn = 0;
    for (const Node& node : d_.blocks) {
      if (node.name != "p" || node.at.begin == last->at.begin) continue;
      ++paragraphs;
      torn += seems_torn(d_.lines[d_.line_at(node.at.end)].text);
    }
    if (paragraphs < gaps::fewest_paragraphs || torn * 100 > paragraphs * gaps::most_torn) return;
    at_end("", "gaps.sentence", {60, "the text ends within a sentence, as no other paragraph does"});
  }

  // A letter or a comma, and no signature, address or formula.
  static bool breaks_off(std::string_view text) {
    text = trim(text);
    const char32_t last = text.empty() ? 0 : last_character(text);
    return seems_torn(text) &&
           (is_letter(last) || is_han(last) || last == U',' || last == U'，' || last == U'、' || last == U'-');
  }

  const Document& d_;
  Proposal& out_;
  std::size_t last_line_ = 0;        // with text
  std::vector<Entry> entries_;       // in the order of the list
  std::vector<std::size_t> linked_;  // of these: with a heading
  std::vector<Missing> found_;
  bool ends_ = false;  // text is missing at the end
};

void run(const Document& d, const Rules&, Proposal& out) {
  if (!d.lines.empty()) Gaps(d, out).run();
}

}  // namespace

extern const Stage stage_gaps{.name = "gaps",
                              .summary = "Find where pages are missing, and where the text breaks off",
                              .needs = "labels contents headings paragraphs",
                              .provides = "gaps",
                              .rules = nullptr,
                              .run = run};

}  // namespace emend
