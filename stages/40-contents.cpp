// Finds the printed contents list and reads its entries: their number, words, leader and page, and their level.
//
// A list begins at its title or where leaders follow each other; `read_contents_list` says what belongs to it.
#include <algorithm>
#include <optional>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/numbering.h"
#include "pipeline/text/contents_list.h"
#include "pipeline/text/script.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_structure;
}

namespace {

constexpr std::size_t longest_title = 40, longest_entry = 240;  // columns
constexpr std::size_t ahead = 4;                                // lines between two that are entries

class List {
 public:
  List(const Document& d, std::vector<ContentsEntry> entries) : d_(d), entries_(std::move(entries)) {}

  explicit operator bool() const { return !entries_.empty(); }
  std::size_t paged() const {
    return static_cast<std::size_t>(
        std::count_if(entries_.begin(), entries_.end(), [](const ContentsEntry& e) { return e.paged; }));
  }
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
    for (const ContentsEntry& e : entries_) propose(e, out);
  }

 private:
  void propose(const ContentsEntry& e, Proposal& out) const {
    std::string attributes = "level=" + std::to_string(e.level);
    if (e.number) attributes += "\nn=" + e.number.n;
    out.block(e.lines.front().line, e.lines.back().line, "entry", attributes,
              e.number ? e.number.rule->id : "contents.entry",
              {static_cast<std::uint8_t>(e.paged || e.known ? 95 : 80), {}});
    for (const EntryLine& l : e.lines) {
      const Line& line = d_.lines[l.line];
      if (is_page_line(d_, e, l)) {
        const std::string_view text = trim(line.text);
        const auto at = static_cast<std::size_t>(text.data() - line.text.data());
        out.phrase(line, at, at + text.size(), "locus", "", "contents.page");
      } else if (l.leader || (l.paged && &l == &e.lines.back())) {
        out.phrase(line, l.words_end, l.locus, "leader", "", "contents.leader");
        out.phrase(line, l.locus, l.locus_end, "locus", "", "contents.page");
      }
    }
  }

  const Document& d_;
  std::vector<ContentsEntry> entries_;
};

// The title of a contents list that stands at the beginning of a line: how many bytes it takes, blanks behind included.
std::size_t title_in(std::string_view text, const Rules& rules) {
  const std::string_view trimmed = trim(text);
  const auto before = static_cast<std::size_t>(trimmed.data() - text.data());
  if (!wider_than(trimmed, longest_title) && rules.test("contents-title", trimmed) != nullptr)
    return before + trimmed.size();
  if (wider_than(trimmed, longest_entry)) return 0;
  const EntryLine e = read_entry_line(text, 0);
  if (!e.paged || !e.leader) return 0;
  for (std::size_t blank = trimmed.find(' '); blank != trimmed.npos && blank <= longest_title;
       blank = trimmed.find(' ', blank + 1))
    if (rules.test("contents-title", trimmed.substr(0, blank)) != nullptr) return before + blank + 1;
  return 0;
}

// A title whose characters were set so far apart that they became lines: 目, then 录. Gives the last of them, or
// `line`.
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
    const int page = e.paged ? read_locus(text.substr(e.locus, e.locus_end - e.locus)).value : 0;
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

// Made when the first list is met: most books have one or none.
class Lists {
 public:
  Lists(const Document& d, const Rules& rules) : d_(d), rules_(rules) {}
  List read(std::size_t first, std::size_t offset) {
    if (!titles_) titles_.emplace(d_);
    return {d_, read_contents_list(d_, rules_, *titles_, first, offset)};
  }

 private:
  const Document& d_;
  const Rules& rules_;
  std::optional<TitleIndex> titles_;
};

void run(const Document& d, const Rules& rules, Proposal& out) {
  RunOfEntries run_of_entries;
  Lists lists(d, rules);
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    const std::string_view text = d.lines[i].text;
    if (trim(text).empty() || d.lines[i].block >= 0 || text.size() > 3 * longest_entry) continue;
    if (const std::size_t last = title_in_pieces(d, rules, i); last > i) {
      if (const List list = lists.read(last + 1, 0)) {
        list.propose(out, i, 0, last);
        i = list.last_line();
        continue;
      }
    }
    if (const std::size_t end = title_in(text, rules); end > 0) {
      const bool alone = end == static_cast<std::size_t>(trim(text).data() + trim(text).size() - text.data());
      const List list = lists.read(alone ? i + 1 : i, alone ? 0 : end);
      if (!list) continue;
      list.propose(out, i, alone ? 0 : end, i);
      i = list.last_line();
      continue;
    }
    const EntryLine e = read_entry_line(text, i);
    if (!run_of_entries.add(d, rules, e)) continue;
    const List list = lists.read(run_of_entries.first(), 0);
    if (!list || list.paged() < RunOfEntries::enough) continue;
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
