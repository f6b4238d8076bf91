// Finds furniture between the lines of a text without page marks.
#include "stages/20-furniture/transcript.h"

#include <algorithm>
#include <map>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "pipeline/text/similarity.h"
#include "stages/20-furniture/by_edges.h"
#include "stages/20-furniture/named.h"
#include "stages/20-furniture/page_count.h"
#include "weights/furniture.h"

namespace emend {

namespace {

// Bytes from one running head to the next: six large pages of Chinese in UTF-8.
constexpr std::uint32_t most_text = 30000;

// A number between dashes or dots, as page numbers are set: · 12 ·
bool is_set_as_page(std::string_view text) {
  constexpr std::u32string_view signs = U"-–—―─－~～·•・";
  text = trim(text);
  return signs.find(first_character(text)) != signs.npos && signs.find(last_character(text)) != signs.npos;
}

// The median distance, in bytes, from one of the lines to the next.
std::uint32_t usual_gap(const Document& d, const std::vector<std::size_t>& lines) {
  std::vector<std::uint32_t> gaps;
  for (std::size_t i = 1; i < lines.size(); ++i)
    gaps.push_back(d.lines[lines[i]].at.begin - d.lines[lines[i - 1]].at.begin);
  const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
  std::nth_element(gaps.begin(), middle, gaps.end());
  return *middle;
}

// The lines that are not blank.
std::vector<std::size_t> text_of(const Document& d, const std::vector<bool>& taken) {
  std::vector<std::size_t> text;
  for (std::size_t i = 0; i < d.lines.size(); ++i)
    if (!trim(d.lines[i].text).empty() && !taken[i]) text.push_back(i);
  return text;
}

// The lines of a text without page marks that may be furniture, with what they say.
struct ShortLine {
  std::size_t at = 0;  // in the lines that are not blank
  EdgeShape shape;
  bool torn = false;    // the text before it breaks off, or ends with a note
  bool cut = false;     // the same, on the evidence that does for a number: no sentence ends there
  bool entry = false;   // it may be one of a contents list: a short line with a number among others
  bool listed = false;  // its number tells a page for sure: it has its word, or the number of pages
};

class Transcript {
 public:
  Transcript(const Document& d, const Rules& rules, const std::vector<bool>& taken, bool framed, Proposal& out)
      : d_(d), rules_(rules), taken_(taken), framed_(framed), out_(out), text_(text_of(d, taken)) {
    for (std::size_t k = 1; k < text_.size(); ++k) read(k);  // the first line is the title, though pages repeat it
    for (std::size_t i = 0; i < lines_.size(); ++i) lines_[i].entry = in_listing(i);
  }

  void run() {
    // An archive that frames its texts has taken the running heads out of them.
    if (!by_count() && !by_contents() && !framed_) by_return();
  }

 private:
  std::string_view text(std::size_t k) const { return trim(d_.lines[text_[k]].text); }

  void read(std::size_t k) {
    const std::string_view line = text(k);
    if (line.size() > 3 * furniture::longest_furniture || wider_than(line, furniture::longest_furniture) ||
        opens_note(line))
      return;
    ShortLine s{k, edge_shape(line, rules_)};
    const std::string_view before = text(k - 1);
    const Rule* rule = rules_.test("page-number", line);
    s.listed = rule != nullptr &&
               (rule->id == "furn.page-chinese" || rule->id == "furn.page-total" || rule->id == "furn.page-word");
    s.torn = opens_note(before) || seems_torn(before);
    s.cut = s.torn || (wider_than(before, furniture::longest_torn) && !ends_sentence(before));
    lines_.push_back(std::move(s));
  }

  static bool numbered(const ShortLine& s) { return !s.shape.words.empty() && s.shape.number != 0; }

  // Entries of a contents list stand together, with nothing but such lines between them, and their pages count up.
  bool in_listing(std::size_t i) const {
    const auto beside = [&](std::size_t a, std::size_t b) {
      return numbered(lines_[a]) && numbered(lines_[b]) && lines_[a].at + 1 == lines_[b].at &&
             (lines_[a].shape.form != lines_[b].shape.form || lines_[a].shape.number <= lines_[b].shape.number);
    };
    return (i > 0 && beside(i - 1, i)) || (i + 1 < lines_.size() && beside(i, i + 1));
  }

  void set_apart(const ShortLine& s, bool top, Because because) {
    name_furniture(out_, text_[s.at], top, s.shape, because);
    taken_[text_[s.at]] = true;
  }

  // Numbers in lines of their own, or with words that return beside them, may count the pages. Then they tell where
  // pages end, and the rest is found at their edges. False if there are no such numbers.
  bool by_count() {
    std::map<std::u32string, int> returns, said;
    for (const ShortLine& s : lines_) {
      ++said[folded(text(s.at))];
      if (!s.shape.words.empty()) ++returns[s.shape.words];
    }
    std::vector<CountedLine> numbers;
    std::vector<const ShortLine*> sources;
    for (const ShortLine& s : lines_) {
      if (s.shape.number == 0 || s.entry || (numbered(s) && returns[s.shape.words] < 2)) continue;
      const Line& line = d_.lines[text_[s.at]];
      numbers.push_back({text_[s.at], line.at.begin, s.shape.number, s.shape.form, s.cut,
                         s.shape.words.empty() && is_set_as_page(line.text)});
      sources.push_back(&s);
    }
    const std::vector<std::size_t> row = count_of_pages(numbers);
    if (row.empty()) return false;
    // Behind the last number stands a page of text, or some, where numbers are printed at the head, and no page before
    // the first. What tears no sentence was taken for page numbers because a page of text stands before the first.
    const auto rest = static_cast<std::uint32_t>(d_.source.size()) - numbers[row.back()].at;
    const auto page = (numbers[row.back()].at - numbers[row.front()].at) / static_cast<std::uint32_t>(row.size());
    const auto before_first = numbers[row.front()].at - d_.lines[text_[0]].at.end;
    const bool at_head = tear_sentences(numbers, row) &&
                         (rest * 4 > page || (sources[row.back()]->at + 1 < text_.size() && before_first * 2 < page));
    std::vector<bool> ends(d_.lines.size());
    for (std::size_t r = 0; r < row.size(); ++r) {
      const ShortLine& s = *sources[row[r]];
      const std::size_t k = s.at;
      const bool next_follows = r + 1 < row.size() && sources[row[r + 1]]->at <= k + 2;
      const bool top = at_head && k + 1 < text_.size() && !next_follows;
      set_apart(s, top, {90, "a number that counts the pages"});
      const auto before =
          text(k - 1).size() > furniture::longest_furniture ? said.end() : said.find(folded(text(k - 1)));
      const bool head_before = top && k > 1 && before != said.end() && before->second > 1;
      ends[text_[head_before ? k - 2 : top ? k - 1 : k]] = true;
    }
    taken_[text_[0]] = true;
    name_by_edges(d_, rules_, ends, taken_, out_);
    return true;
  }

  // The page at the end of a contents entry, behind a leader or a wide gap; or 0.
  static int listed_page(std::string_view line) {
    const std::size_t digits = line.find_last_not_of("0123456789") + 1;
    if (digits == 0 || digits == line.size() || line.size() - digits > 4) return 0;
    const std::string_view before = line.substr(0, digits);
    const bool leads = before.ends_with("…") || before.ends_with("··") || before.ends_with("..") ||
                       before.ends_with(". ") || before.ends_with("  ") || before.ends_with("\t") ||
                       before.ends_with("　") || before.ends_with("… ");
    return leads && !trim(before).empty() ? read_whole_number(line.substr(digits)).value : 0;
  }

  // Bare numbers before headings, each of which a contents list names further up, in this order: a chapter begins on a
  // page of its own, and the number of the page is all that is left of it.
  bool by_contents() {
    std::vector<int> listed;
    std::size_t end = 0;  // of the list
    for (const ShortLine& s : lines_)
      if (const int page = listed_page(text(s.at));
          page >= (listed.empty() ? 1 : listed.back()) && (listed.empty() || s.at <= end + 3))
        listed.push_back(page), end = s.at;
    std::vector<const ShortLine*> found;
    std::size_t next = 0;
    for (const ShortLine& s : lines_) {
      if (s.at <= end || !s.shape.bare || s.shape.form != Numeral::arabic) continue;
      const auto at = std::find(listed.begin() + static_cast<std::ptrdiff_t>(next), listed.end(), s.shape.number);
      if (at == listed.end()) continue;
      found.push_back(&s);
      next = static_cast<std::size_t>(at - listed.begin()) + 1;
    }
    const bool row_of_sections = !found.empty() && found.back()->shape.number == static_cast<int>(found.size());
    if (found.size() < 3 || found.size() * 2 < listed.size() || row_of_sections) return false;
    for (const ShortLine* s : found) set_apart(*s, true, {85, "the contents list names this page"});
    return true;
  }

  // Lines that return, and stand where the text around them is torn or where notes end.
  void by_return() {
    std::map<std::u32string, std::vector<const ShortLine*>> seen;
    for (const ShortLine& s : lines_) {
      const bool number = s.shape.words.empty();
      if (s.entry || s.shape.sentence || ends_in_small(text(s.at)) ||
          (number ? s.shape.number == 0 || s.shape.bare || in_brackets(text(s.at)) : is_text(text(s.at))))
        continue;
      seen[number ? std::u32string(1, U'#') : s.shape.words].push_back(&s);
    }
    for (const auto& [words, group] : seen) name_group(words == U"#", words, group);
  }

  // The last word of a sentence is mostly written small, that of a title hardly ever before a stop.
  static bool ends_in_small(std::string_view line) {
    return line.ends_with('.') && is_lower(first_character(line.substr(line.find_last_of(" \t") + 1)));
  }

  // (3) and （一） are formulas, items and chapters more often than pages.
  static bool in_brackets(std::string_view line) {
    constexpr std::u32string_view brackets = U"([{（【〔［";
    return brackets.find(first_character(line)) != brackets.npos;
  }

  void name_group(bool number, std::u32string_view words, const std::vector<const ShortLine*>& group) {
    if (group.size() < 3) return;
    std::vector<std::size_t> places;
    int torn = 0, listed = 0, with_number = 0;
    for (const ShortLine* s : group) {
      const bool behind_number = s->at > 0 && prints_number(s->at - 1);
      places.push_back(text_[s->at]);
      torn += s->torn || behind_number;
      listed += s->listed;
      with_number += s->shape.number != 0;
    }
    const auto all = static_cast<int>(group.size());
    if (number ? torn * 6 < all && listed * 2 < all : torn * 3 < all) return;
    if (usual_gap(d_, places) > most_text) return;  // it returns by the chapter, not by the page
    if (!number && usual_gap(d_, places) > furniture::longest_page && count_on(group)) return;  // they number chapters
    const bool title = folded(text(0)) == words;
    bool heading = false;  // has been passed over
    for (const ShortLine* s : group) {
      const bool opens = !number && !title && !heading && s->shape.number == 0 && !s->torn && !prints_number(s->at - 1);
      if (opens && (with_number * 2 > all || s == group.front())) {
        heading = true;
        continue;
      }
      const auto sure = static_cast<std::uint8_t>(number || torn * 2 >= all ? 90 : 75);
      set_apart(*s, !number, {sure, number ? "a page number" : "a short line that returns where sentences are torn"});
    }
  }

  // Whether every line has a number, each the next of the one before.
  static bool count_on(const std::vector<const ShortLine*>& group) {
    for (std::size_t i = 0; i < group.size(); ++i)
      if (group[i]->shape.number == 0 || (i > 0 && (group[i]->shape.form != group[i - 1]->shape.form ||
                                                    group[i]->shape.number != group[i - 1]->shape.number + 1)))
        return false;
    return true;
  }

  bool prints_number(std::size_t k) const {
    const std::string_view line = text(k);
    const Rule* rule = line.size() < furniture::longest_furniture ? rules_.test("page-number", line) : nullptr;
    return rule != nullptr && rule->id != "furn.page-bare" && rule->id != "furn.page-misread";
  }

  const Document& d_;
  const Rules& rules_;
  std::vector<bool> taken_;
  const bool framed_;
  Proposal& out_;
  std::vector<std::size_t> text_;  // lines that are not blank
  std::vector<ShortLine> lines_;
};

}  // namespace

void name_in_transcript(const Document& d, const Rules& rules, const std::vector<bool>& taken, bool framed,
                        Proposal& out) {
  Transcript(d, rules, taken, framed, out).run();
}

}  // namespace emend
