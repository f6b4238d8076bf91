// Finds the printed contents list and reads its entries: their number, words, leader and page, and their level.
//
// Leaders, tabs and numbers propose an entry; the list as a whole disposes. A list begins at its title or where leaders
// follow each other; lines without a page are parts of a wrapped entry as long as an entry with one follows soon; the list
// ends where its first entry returns as a heading, or where running text begins.
#include <algorithm>
#include <map>
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

constexpr std::size_t longest_title = 40, longest_entry = 240, longest_unpaged = 76;  // columns
constexpr std::size_t ahead = 4;  // lines within which a wrapped entry must come to its page

// A line of a contents list in parts; offsets into its current text.
struct EntryLine {
  std::size_t line = 0;
  std::size_t begin = 0;        // of the words: behind a title that stands in the same line
  std::size_t words_end = 0;    // where the leader begins
  std::size_t locus = 0, locus_end = 0;
  bool leader = false;          // a tab, dots or a gap, and not a single blank, stands before the page
  bool paged = false;
  bool dotted = false;          // a long run of dots, which no sentence has
};

bool is_dot(char32_t c) { return c == '.' || c == U'…' || c == U'·' || c == U'．' || c == U'・' || c == '_' || c == U'⋯'; }
bool is_leader_character(char32_t c) { return is_blank(c) || is_dot(c) || c == U'—'; }

// Where a run of leader characters begins that ends at byte `end`, and what is in it.
struct Leader {
  std::size_t begin = 0, blanks = 0, dots = 0;
  bool tab = false;
  bool certain() const { return tab || dots >= 3 || blanks >= 3 || (dots >= 2 && blanks >= 1); }
};

// Dots as OCR may read them.
bool is_misread_dot(char32_t c) { return c == U'、' || c == U'，' || c == ',' || c == ':' || c == ';' || c == '-' || c == U'：'; }

Leader leader_before(std::string_view text, std::size_t end, bool misread = false) {
  Leader l{end};
  while (l.begin > 0) {
    const std::size_t last = character_before(text, l.begin);
    const char32_t c = first_character(text.substr(last));
    if (!is_leader_character(c) && !(misread && is_misread_dot(c))) break;
    l.tab = l.tab || c == '\t';
    is_blank(c) ? ++l.blanks : c == U'…' || c == U'⋯' ? l.dots += 3 : ++l.dots;
    l.begin = last;
  }
  if (misread && l.dots < 3) return leader_before(text, end);
  return l;
}

std::string_view without_brackets(std::string_view s) {
  constexpr std::string_view around = "()[]-";
  while (!s.empty() && around.find(s.front()) != around.npos) s.remove_prefix(1);
  while (!s.empty() && around.find(s.back()) != around.npos) s.remove_suffix(1);
  return s;
}

// Dots that OCR misread in part: the leader is what follows the words from the first run of dots on.
void read_broken_leader(std::string_view text, std::size_t end, EntryLine& e) {
  std::size_t run = 0, begin = 0;
  for (std::size_t i = 0; i < end;) {
    const std::size_t at = i;
    const char32_t c = next_character(text, i);
    if (!is_dot(c) && !(is_blank(c) && run > 0)) {
      run = 0;
      continue;
    }
    if (run == 0) begin = at;
    run += is_dot(c) ? (c == U'…' ? 3 : 1) : 0;
    if (run < 5) continue;
    e.leader = e.paged = e.dotted = true;
    e.words_end = leader_before(text, begin).begin;
    e.locus = e.locus_end = end;
    return;
  }
}

EntryLine read_entry_line(std::string_view text, std::size_t line) {
  EntryLine e;
  e.line = line;
  const std::size_t end = static_cast<std::size_t>(trim(text).data() + trim(text).size() - text.data());
  e.words_end = e.locus = e.locus_end = end;
  std::size_t from = end;
  constexpr std::u32string_view brackets = U"（）()[]【】-–—";
  while (from > 0) {
    const std::size_t last = character_before(text, from);
    const char32_t c = first_character(text.substr(last));
    if (!is_digit(c) && !is_ascii_letter(c) && brackets.find(c) == brackets.npos) break;
    from = last;
  }
  const Number n = read_whole_number(without_brackets(text.substr(from, end - from)));
  const bool page = n && from > 0 && (n.form == Numeral::arabic || n.form == Numeral::roman_lower || n.form == Numeral::roman_upper);
  const Leader l = leader_before(text, page ? from : end, page);
  e.dotted = l.dots >= 5;
  if (page && l.begin > 0 && (l.blanks > 0 || l.dots > 1)) {
    e.paged = true;
    e.leader = l.certain();
    e.words_end = l.begin;
    if (!e.leader) read_broken_leader(text, from, e);
    e.locus = from;
    e.locus_end = end;
  } else if (!page && l.begin > 0 && l.certain()) {  // the page was lost, or stands in a line of its own
    e.leader = true;
    e.words_end = l.begin;
  } else {
    read_broken_leader(text, end, e);
  }
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
  List(const Document& d, const Rules& rules) : d_(d), rules_(rules) {}

  // Reads the list that begins at byte `offset` of line `first`; false if there is none.
  bool read(std::size_t first, std::size_t offset) {
    std::vector<EntryLine> waiting;  // the first lines of an entry that has not come to its page
    for (std::size_t i = first; i < d_.lines.size(); ++i) {
      if (passed_over(i)) continue;
      if (wider_than(d_.lines[i].text, longest_entry) || returns_to_first(i, waiting)) break;
      EntryLine e = read_line(i, i == first ? offset : 0);
      const bool numbered = static_cast<bool>(read_numbering(rules_, words(e)));
      if (lone_page(e) && !waiting.empty()) {  // the page of the line before
        e.paged = true;
        waiting.push_back(e);
        add(waiting);
        continue;
      }
      const bool ends_entry =
          (e.paged && (e.leader || !any_leader_ || numbered || counts_on(e))) || (e.leader && !lone_page_follows(i));
      if (!ends_entry && !may_wait(i, e, waiting.size())) break;
      if (numbered && !waiting.empty() && !bare_number(waiting)) add(waiting);
      any_leader_ = any_leader_ || e.leader;
      waiting.push_back(e);
      if (ends_entry || (paged_ == 0 && entries_.size() >= 3 && !any_leader_ && !wraps(i))) add(waiting);
    }
    if (!waiting.empty() && paged_ * 2 < entries_.size()) add(waiting);
    while (!entries_.empty() && paged_ > 0 && !is_paged(entries_.back()) && !entries_.back().number) entries_.pop_back();
    set_levels();
    return entries_.size() >= 2 && (paged_ > 0 || entries_.size() >= 3) && worded() * 2 > entries_.size();
  }

  std::size_t paged() const { return paged_; }
  std::size_t last_line() const { return entries_.back().lines.back().line; }

  // The title stands in lines [title, title_last], or in the first bytes of the first entry's line.
  void propose(Proposal& out, std::size_t title, std::size_t title_end, std::size_t title_last) const {
    const std::size_t first = entries_.front().lines.front().line;
    const bool inline_title = title == first;
    if (!inline_title && title < first)
      out.block(title, title_last, "head", "level=1\ntype=contents\npart=front", "contents.title", {95, {}});
    out.block(first, last_line(), "contents", inline_title || title > first ? "level=1\ntype=contents\npart=front" : "",
              "contents.list", {90, {}});
    if (inline_title && title_end > 0) out.phrase(d_.lines[title], 0, title_end, "head", "", "contents.title");
    for (const Entry& e : entries_) propose(e, out);
  }

 private:
  bool passed_over(std::size_t i) const { return trim(d_.lines[i].text).empty() || d_.is(d_.lines[i], "fw"); }

  EntryLine read_line(std::size_t i, std::size_t offset) const {
    EntryLine e = read_entry_line(d_.lines[i].text, i);
    e.begin = offset;
    return e;
  }

  std::string_view words(const EntryLine& e) const {
    return e.words_end > e.begin ? std::string_view(d_.lines[e.line].text).substr(e.begin, e.words_end - e.begin)
                                 : std::string_view();
  }
  std::u32string words(const std::vector<EntryLine>& lines) const {
    std::u32string all;
    for (const EntryLine& l : lines) all += folded(words(l));
    return all;
  }

  // A line that is nothing but a page.
  bool lone_page(const EntryLine& e) const {
    const std::string_view text = trim(d_.lines[e.line].text);
    const Number n = read_whole_number(without_brackets(text));
    return n && n.form != Numeral::chinese && n.form != Numeral::symbol && text.size() <= 6;
  }
  bool lone_page_follows(std::size_t i) const {
    for (std::size_t k = i + 1; k < d_.lines.size(); ++k)
      if (!passed_over(k)) return lone_page(read_line(k, 0));
    return false;
  }
  bool bare_number(const std::vector<EntryLine>& lines) const {
    return lines.size() == 1 && trim(d_.lines[lines[0].line].text).size() <= 8 &&
           trim(d_.lines[lines[0].line].text).find_first_not_of("0123456789.") == std::string_view::npos;
  }

  int page_of(const EntryLine& e) const {
    return read_whole_number(without_brackets(trim(d_.lines[e.line].text.substr(e.locus, e.locus_end - e.locus)))).value;
  }
  // Whether the number at the end of a line goes on with the pages of the list.
  bool counts_on(const EntryLine& e) const {
    constexpr int longest_chapter = 60;
    const int page = page_of(e);
    return last_page_ > 0 && page >= last_page_ && page <= last_page_ + longest_chapter;
  }

  // Whether a line without a page may be the first of an entry, or goes on with one.
  bool may_wait(std::size_t i, const EntryLine& e, std::size_t waiting) const {
    if (e.leader) return true;
    if (page_follows(i)) return waiting < ahead;
    return paged_ == 0 && !any_leader_ && columns(d_.lines[i].text) <= longest_unpaged && waiting < 2;
  }

  // In a list without pages: the next line begins as the middle of a sentence does.
  bool wraps(std::size_t i) const {
    for (std::size_t k = i + 1; k < d_.lines.size(); ++k)
      if (!passed_over(k)) return is_lower(first_character(trim(d_.lines[k].text)));
    return false;
  }

  bool page_follows(std::size_t i) const {
    std::size_t seen = 0;
    for (std::size_t k = i + 1; k < d_.lines.size() && seen < ahead; ++k) {
      if (passed_over(k)) continue;
      if (wider_than(d_.lines[k].text, longest_entry)) return false;
      const EntryLine e = read_line(k, 0);
      if (e.leader || (e.paged && (!any_leader_ || counts_on(e)))) return true;
      ++seen;
    }
    return false;
  }

  // The first entry again, now as a heading: whole, or its first words with the same number.
  bool returns_to_first(std::size_t i, const std::vector<EntryLine>& waiting) const {
    if (entries_.size() < 2 || first_.empty() || !waiting.empty()) return false;
    const EntryLine e = read_line(i, 0);
    if (e.leader) return false;
    const std::u32string here = folded(d_.lines[i].text);
    if (here == first_ || (here.size() >= 5 && similarity(here, first_, 0.85) > 0)) return true;
    if (here.size() < 4 || !first_.starts_with(here)) return false;
    return entries_.front().number && read_numbering(rules_, d_.lines[i].text).n == entries_.front().number.n;
  }

  void add(std::vector<EntryLine>& lines) {
    Entry e;
    e.lines = lines;
    std::string all;
    for (const EntryLine& l : lines) all.append(all.empty() ? "" : " ").append(trim(words(l)));
    e.number = read_numbering(rules_, all);
    const std::string_view first = d_.lines[lines.front().line].text;
    e.indent = first.starts_with('\t') && !first.starts_with("\t\t") ? 0 : indent(first);  // a tab stands for no number
    paged_ += is_paged(e);
    if (const int page = e.lines.back().paged ? page_of(e.lines.back()) : 0; page > 0) last_page_ = page;
    entries_.push_back(std::move(e));
    if (first_.empty()) first_ = words(lines);
    lines.clear();
  }

  std::size_t worded() const {
    return static_cast<std::size_t>(std::count_if(entries_.begin(), entries_.end(), [&](const Entry& e) {
      return std::any_of(e.lines.begin(), e.lines.end(), [&](const EntryLine& l) { return !trim(words(l)).empty(); });
    }));
  }

  static bool is_paged(const Entry& e) { return e.lines.back().paged || e.lines.back().leader; }

  // By indentation, where it is used and agrees with the numbers; else numbered entries by the rank of their scheme, and
  // others below or beside the entries before them.
  void set_levels() {
    if (set_levels_by_indent()) return;
    std::set<int> ranks;
    for (const Entry& e : entries_)
      if (e.number) ranks.insert(e.number.rank);
    std::vector<std::pair<std::size_t, int>> path;  // indentation and level of the entries that are open
    for (Entry& e : entries_) {
      while (!path.empty() && path.back().first > e.indent) path.pop_back();
      if (e.number) e.level = 1 + static_cast<int>(std::distance(ranks.begin(), ranks.find(e.number.rank)));
      else if (path.empty()) e.level = 1;
      else e.level = path.back().first + 1 < e.indent ? path.back().second + 1 : beside(path);
      while (!path.empty() && path.back().first >= e.indent) path.pop_back();
      path.emplace_back(e.indent, e.level);
    }
  }

  // Indentations that differ by less than two columns are one; each scheme must have its own.
  bool set_levels_by_indent() {
    std::set<std::size_t> indents;
    for (const Entry& e : entries_) indents.insert(e.indent);
    std::vector<std::size_t> steps;
    for (const std::size_t i : indents)
      if (steps.empty() || i >= steps.back() + 2) steps.push_back(i);
    if (steps.size() < 2 || steps.size() > 5) return false;
    const auto level = [&](const Entry& e) {
      return static_cast<int>(std::upper_bound(steps.begin(), steps.end(), e.indent) - steps.begin());
    };
    std::map<int, std::map<int, int>> of_rank;
    for (const Entry& e : entries_)
      if (e.number) ++of_rank[e.number.rank][level(e)];
    std::map<int, int> level_of_rank;
    int deeper = 0;
    for (const auto& [rank, levels] : of_rank) {
      const auto most = std::max_element(levels.begin(), levels.end(), [](auto& a, auto& b) { return a.second < b.second; });
      int all = 0;
      for (const auto& [l, n] : levels) all += n;
      if (most->second * 5 < all * 3 || most->first <= deeper) return false;
      deeper = level_of_rank[rank] = most->first;
    }
    std::set<int> used;
    for (Entry& e : entries_) used.insert(e.level = e.number ? level_of_rank[e.number.rank] : level(e));
    for (Entry& e : entries_) e.level = 1 + static_cast<int>(std::distance(used.begin(), used.find(e.level)));
    return true;
  }

  // An entry without a number that is set as the numbered one before it stands at the top, like the names of back matter.
  static int beside(const std::vector<std::pair<std::size_t, int>>& path) {
    return path.size() > 1 ? path.back().second : 1;
  }

  void propose(const Entry& e, Proposal& out) const {
    std::string attributes = "level=" + std::to_string(e.level);
    if (e.number) attributes += "\nn=" + e.number.n;
    out.block(e.lines.front().line, e.lines.back().line, "entry", attributes, e.number ? e.number.rule->id : "contents.entry",
              {static_cast<std::uint8_t>(is_paged(e) ? 95 : 80), {}});
    for (const EntryLine& l : e.lines) {
      const Line& line = d_.lines[l.line];
      if (&l == &e.lines.back() && &l != &e.lines.front() && lone_page(l)) {
        const std::string_view text = trim(line.text);
        const auto at = static_cast<std::size_t>(text.data() - line.text.data());
        out.phrase(line, at, at + text.size(), "locus", "", "contents.page");
        continue;
      }
      if (l.leader || (l.paged && &l == &e.lines.back())) {
        out.phrase(line, l.words_end, l.locus, "leader", "", "contents.leader");
        out.phrase(line, l.locus, l.locus_end, "locus", "", "contents.page");
      }
    }
  }

  const Document& d_;
  const Rules& rules_;
  std::vector<Entry> entries_;
  std::u32string first_;
  std::size_t paged_ = 0;
  int last_page_ = 0;
  bool any_leader_ = false;
};

// The title of a contents list that stands at the beginning of a line: how many bytes it takes, blanks behind included.
std::size_t title_in(std::string_view text, const Rules& rules) {
  const std::string_view trimmed = trim(text);
  const auto before = static_cast<std::size_t>(trimmed.data() - text.data());
  if (!wider_than(trimmed, longest_title) && rules.test("contents-title", trimmed) != nullptr) return before + trimmed.size();
  if (wider_than(trimmed, longest_entry)) return 0;
  const EntryLine e = read_entry_line(text, 0);
  if (!e.paged || !e.leader) return 0;
  for (std::size_t blank = trimmed.find(' '); blank != trimmed.npos && blank <= longest_title; blank = trimmed.find(' ', blank + 1))
    if (rules.test("contents-title", trimmed.substr(0, blank)) != nullptr) return before + blank + 1;
  return 0;
}

// A title whose characters were set so far apart that they became lines: 目, then 录. Gives the last of them, or `line`.
std::size_t title_in_pieces(const Document& d, const Rules& rules, std::size_t line) {
  std::string title;
  std::size_t pieces = 0;
  for (std::size_t i = line; i < d.lines.size() && i < line + 6 && pieces < 3; ++i) {
    const std::string_view text = trim(d.lines[i].text);
    if (text.empty()) continue;
    if (columns(text) > 2 || d.lines[i].block >= 0) return line;
    title += text;
    if (++pieces > 1 && rules.test("contents-title", title) != nullptr) return i;
  }
  return line;
}

// A list without a title, or with a misread one: lines that end in leaders, or numbered lines whose last number rises.
class RunOfEntries {
 public:
  static constexpr std::size_t enough = 4;

  // True when the line makes the run long enough.
  bool add(const Document& d, const Rules& rules, const EntryLine& e) {
    const std::string_view text = d.lines[e.line].text;
    const int page = e.paged ? read_whole_number(without_brackets(trim(text.substr(e.locus, e.locus_end - e.locus)))).value : 0;
    const bool rises = page > 0 && page >= page_ && read_numbering(rules, text);
    if (!e.dotted && !rises) {
      if (++plain_ > ahead) length_ = 0, page_ = 0;
      return false;
    }
    if (length_++ == 0) first_ = e.line;
    plain_ = 0;
    page_ = std::max(page_, page);
    if (length_ < (e.dotted ? enough : enough + 1)) return false;
    length_ = 0, page_ = 0;
    return true;
  }
  std::size_t first() const { return first_; }

 private:
  std::size_t length_ = 0, first_ = 0, plain_ = 0;
  int page_ = 0;
};

void run(const Document& d, const Rules& rules, Proposal& out) {
  RunOfEntries run_of_entries;
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    const std::string_view text = d.lines[i].text;
    if (trim(text).empty() || d.lines[i].block >= 0 || text.size() > 3 * longest_entry) continue;
    if (const std::size_t last = title_in_pieces(d, rules, i); last > i) {
      List list(d, rules);
      if (list.read(last + 1, 0)) {
        list.propose(out, i, 0, last);
        i = list.last_line();
        continue;
      }
    }
    if (const std::size_t end = title_in(text, rules); end > 0) {
      const bool alone = end == static_cast<std::size_t>(trim(text).data() + trim(text).size() - text.data());
      List list(d, rules);
      if (!list.read(alone ? i + 1 : i, alone ? 0 : end)) continue;
      list.propose(out, i, alone ? 0 : end, i);
      i = list.last_line();
      continue;
    }
    const EntryLine e = read_entry_line(text, i);
    if (!run_of_entries.add(d, rules, e)) continue;
    List list(d, rules);
    if (!list.read(run_of_entries.first(), 0) || list.paged() < RunOfEntries::enough) continue;
    list.propose(out, d.lines.size(), 0, d.lines.size());
    i = std::max(i, list.last_line());
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
