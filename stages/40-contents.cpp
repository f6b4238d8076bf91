// Finds the printed contents list and reads its entries: their number, words, leader and page, and their level.
//
// Leaders, tabs and numbers propose an entry; the list as a whole disposes: most entries of a list end in a page number or
// none does, a line without one is the first half of a wrapped entry, and the list ends where its first entry returns as a
// heading.
#include <algorithm>
#include <set>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/numbering.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_structure;
}

namespace {

constexpr std::size_t longest_title = 40, longest_entry = 240;  // columns

// A line of a contents list in parts; offsets into its current text.
struct EntryLine {
  std::size_t line = 0;
  std::size_t words_end = 0;  // where the leader begins
  std::size_t locus = 0, locus_end = 0;
  bool leader = false;  // a tab, dots or a gap, and not a single blank, stands before the page
  bool paged = false;
};

bool is_leader_character(char32_t c) {
  return is_blank(c) || c == '.' || c == U'…' || c == U'·' || c == U'．' || c == U'・' || c == '_' || c == U'⋯' || c == U'—';
}

EntryLine read_entry_line(const Document& d, std::size_t line) {
  const std::string_view text = d.lines[line].text;
  EntryLine e;
  e.line = line;
  std::size_t end = text.size();
  while (end > 0 && is_blank(first_character(text.substr(character_before(text, end))))) end = character_before(text, end);
  e.words_end = e.locus = e.locus_end = end;
  std::size_t from = end;
  constexpr std::u32string_view closing = U"）)]】-–—", opening = U"（([【-–—";
  while (from > 0) {
    const std::size_t last = character_before(text, from);
    const char32_t c = first_character(text.substr(last));
    if (is_leader_character(c) && closing.find(c) == closing.npos) break;
    if (!is_digit(c) && !is_ascii_letter(c) && closing.find(c) == closing.npos && opening.find(c) == opening.npos) break;
    from = last;
  }
  std::string_view number = text.substr(from, end - from);
  const auto strip = [](std::string_view s) {
    constexpr std::string_view around = "()[]-";
    while (!s.empty() && around.find(s.front()) != around.npos) s.remove_prefix(1);
    while (!s.empty() && around.find(s.back()) != around.npos) s.remove_suffix(1);
    return s;
  };
  const Number n = read_whole_number(strip(number));
  if (!n || (n.form != Numeral::arabic && n.form != Numeral::roman_lower && n.form != Numeral::roman_upper) || from == 0)
    return e;
  std::size_t leader = from;
  std::size_t blanks = 0, dots = 0;
  bool tab = false;
  while (leader > 0) {
    const std::size_t last = character_before(text, leader);
    const char32_t c = first_character(text.substr(last));
    if (!is_leader_character(c)) break;
    tab = tab || c == '\t';
    is_blank(c) ? ++blanks : ++dots;
    leader = last;
  }
  if (leader == 0 || blanks + dots == 0) return e;
  e.paged = true;
  e.leader = tab || dots >= 2 || blanks >= 3;
  e.words_end = leader;
  e.locus = from;
  e.locus_end = end;
  return e;
}

struct Entry {
  std::vector<EntryLine> lines;
  Numbering number;
  std::size_t indent = 0;
  int level = 1;
};

class List {
 public:
  List(const Document& d, const Rules& rules, std::size_t title) : d_(d), rules_(rules), title_(title) {}

  // Reads the list that begins behind its title; false if there is none.
  bool read() {
    std::vector<EntryLine> waiting;  // lines without a page, which may be the first part of a wrapped entry
    for (std::size_t i = title_ + 1; i < d_.lines.size(); ++i) {
      const Line& line = d_.lines[i];
      if (trim(line.text).empty() || d_.is(line, "fw")) continue;
      if (columns(line.text) > longest_entry || returns_to_first(line.text)) break;
      const EntryLine e = read_entry_line(d_, i);
      const bool numbered = static_cast<bool>(read_numbering(rules_, line.text));
      if (e.paged && (e.leader || !any_leader_ || numbered)) {
        if (numbered && !waiting.empty()) flush(waiting);
        waiting.push_back(e);
        add(waiting);
        any_leader_ = any_leader_ || e.leader;
      } else if (!paged_enough() || (waiting.size() < 2 && paged_follows(i))) {
        if (!paged_enough() || numbered) flush(waiting);
        waiting.push_back(e);
      } else break;
    }
    if (!paged_enough()) flush(waiting);
    set_levels();
    return entries_.size() >= 2;
  }

  std::size_t last_line() const { return entries_.back().lines.back().line; }

  void propose(Proposal& out) const {
    out.block(title_, title_, "head", "level=1\ntype=contents\npart=front", "contents.title", {95, {}});
    out.block(entries_.front().lines.front().line, last_line(), "contents", "", "contents.list", {90, {}});
    for (const Entry& e : entries_) propose(e, out);
  }

 private:
  void add(std::vector<EntryLine>& lines) {
    Entry e{lines, read_numbering(rules_, d_.lines[lines.front().line].text), indent(d_.lines[lines.front().line].text), 1};
    paged_ += lines.back().paged;
    entries_.push_back(std::move(e));
    if (first_.empty()) first_ = words(entries_.front());
    lines.clear();
  }

  void flush(std::vector<EntryLine>& waiting) {
    for (const EntryLine& e : waiting) {
      std::vector<EntryLine> one{e};
      add(one);
    }
    waiting.clear();
  }

  std::u32string words(const Entry& e) const {
    std::string all;
    for (const EntryLine& l : e.lines) all += d_.lines[l.line].text.substr(0, l.words_end);
    return folded(all);
  }

  // The first entry again, now as a heading: the list is over.
  bool returns_to_first(std::string_view line) const {
    if (first_.empty() || entries_.size() < 2) return false;
    const std::u32string here = folded(line);
    if (read_entry_line_paged(line)) return false;
    return here == first_ || (here.size() >= 6 && similarity(here, first_, 0.85) > 0);
  }
  bool read_entry_line_paged(std::string_view line) const {
    const std::size_t end = trim(line).size();
    return end > 0 && is_digit(last_character(trim(line))) && line.find('\t') != line.npos;
  }

  bool paged_enough() const { return entries_.size() >= 2 && paged_ * 2 > entries_.size(); }

  // Whether an entry with a page stands within the next two lines of text.
  bool paged_follows(std::size_t i) const {
    int seen = 0;
    for (std::size_t k = i + 1; k < d_.lines.size() && seen < 2; ++k) {
      const Line& line = d_.lines[k];
      if (trim(line.text).empty() || d_.is(line, "fw")) continue;
      if (columns(line.text) > longest_entry) return false;
      if (const EntryLine e = read_entry_line(d_, k); e.paged && (e.leader || !any_leader_)) return true;
      ++seen;
    }
    return false;
  }

  // Numbered entries by the rank of their scheme; the others at the top.
  void set_levels() {
    std::set<int> ranks;
    for (const Entry& e : entries_)
      if (e.number) ranks.insert(e.number.rank);
    for (Entry& e : entries_)
      if (e.number) e.level = 1 + static_cast<int>(std::distance(ranks.begin(), ranks.find(e.number.rank)));
  }

  void propose(const Entry& e, Proposal& out) const {
    const EntryLine& last = e.lines.back();
    const Line& line = d_.lines[last.line];
    std::string attributes = "level=" + std::to_string(e.level);
    if (e.number) attributes += "\nn=" + e.number.n;
    out.block(e.lines.front().line, last.line, "entry", attributes, e.number ? e.number.rule->id : "contents.entry",
              {static_cast<std::uint8_t>(last.paged ? 95 : 80), {}});
    if (!last.paged) return;
    out.phrase(line, last.words_end, last.locus, "leader", "", "contents.leader");
    out.phrase(line, last.locus, last.locus_end, "locus", "", "contents.page");
  }

  const Document& d_;
  const Rules& rules_;
  std::size_t title_;
  std::vector<Entry> entries_;
  std::u32string first_;
  std::size_t paged_ = 0;
  bool any_leader_ = false;
};

void run(const Document& d, const Rules& rules, Proposal& out) {
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    const std::string_view text = trim(d.lines[i].text);
    if (text.empty() || columns(text) > longest_title || d.lines[i].block >= 0) continue;
    if (rules.test("contents-title", text) == nullptr) continue;
    List list(d, rules, i);
    if (!list.read()) continue;
    list.propose(out);
    i = list.last_line();
  }
}

}  // namespace

extern const Stage stage_contents{.name = "contents",
                                  .summary = "Read the printed contents list",
                                  .needs = "furniture pages",
                                  .provides = "contents",
                                  .rules = &embedded::rules_structure,
                                  .run = run};

}  // namespace emend
