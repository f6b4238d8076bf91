// Finds the printed contents list and reads its entries: their number, words, leader and page, and their level.
//
// A list begins at its title or where leaders follow each other; `read_contents_list` says what belongs to it.
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "pipeline/document/printed_pages.h"
#include "pipeline/document/proposal.h"
#include "pipeline/rules/matter.h"
#include "pipeline/rules/numbering.h"
#include "pipeline/text/script.h"
#include "stages/40-contents/list.h"
#include "stages/40-contents/pages_first.h"
#include "stages/40-contents/title_run.h"
#include "weights/contents.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_structure;
}

namespace {

class List {
 public:
  List(const Document& d, std::vector<ContentsEntry> entries) : d_(d), entries_(std::move(entries)) {}

  explicit operator bool() const { return !entries_.empty(); }
  std::size_t paged() const {
    return static_cast<std::size_t>(
        std::count_if(entries_.begin(), entries_.end(), [](const ContentsEntry& e) { return e.paged; }));
  }
  std::size_t size() const { return entries_.size(); }
  std::size_t last_line() const { return entries_.back().lines.back().line; }
  bool credible(bool titled) const { return is_credible(d_, entries_, titled); }
  // Most books have it in front; it stands at the end where it lies in the last half and no text follows as long.
  // The blanks of a laid out cover do not count.
  bool at_end() const {
    const std::size_t first = entries_.front().lines.front().line;
    std::size_t before = 0, all = 0;
    for (std::size_t i = 0; i < d_.lines.size(); ++i) {
      all += trim(d_.lines[i].text).size();
      if (i + 1 == first) before = all;
    }
    return before > all / 2;
  }
  std::string attributes() const {
    return figures    ? "level=1\ntype=lists\npart=front"
           : at_end() ? "level=1\ntype=contents\npart=back"
                      : "level=1\ntype=contents\npart=front";
  }
  bool figures = false;  // a list of figures or tables: its entries are captions, and lead to no heading

  // The title stands in lines [title, title_last], or in the first bytes of the first entry's line.
  void propose(Proposal& out, std::size_t title, std::size_t title_end, std::size_t title_last) const {
    const std::size_t first = entries_.front().lines.front().line;
    const bool inline_title = title == first;
    if (!inline_title && title < first) out.block(title, title_last, "head", attributes(), "contents.title", {95, {}});
    std::string of_block = inline_title || title > first ? attributes() : "";
    if (figures) of_block += "lists=yes";
    out.block(first, last_line(), "contents", of_block, "contents.list", {90, {}});
    if (const std::size_t falls = falling_pages(entries_); falls > 0)
      out.doubt(d_.hull(first, last_line()), "contents.pages",
                {60, "of the pages in the contents list, " + std::to_string(falls) + " are lower than the one before"});
    if (inline_title && title_end > 0) out.phrase(d_.lines[title], 0, title_end, "head", "", "contents.title");
    for (const ContentsEntry& e : entries_) propose(e, out);
  }

 private:
  // What OCR made of dots may look like words: then it is no leader, which may be absent, but is set aside in sight.
  void propose_leader(const Line& line, const EntryLine& l, Proposal& out) const {
    const std::size_t end = l.author_end > 0 ? l.author : l.locus;
    if (is_leader(line.text.substr(l.words_end, end - l.words_end)))
      out.phrase(line, l.words_end, end, "leader", "", "contents.leader");
    else
      out.phrase(line, l.words_end, end, "fw", "type=leader", "contents.misread-leader",
                 {70, "what stands between the title and its page looks like misread dots"});
    if (l.author_end == 0) return;
    out.phrase(line, l.author, l.author_end, "byline", "", "contents.author", {85, {}});
    if (l.author_end < l.locus) out.phrase(line, l.author_end, l.locus, "leader", "", "contents.leader");
  }

  void propose(const ContentsEntry& e, Proposal& out) const {
    for (const std::size_t i : e.own_pages)
      out.block(i, i, "fw", "type=pageNum\nplace=bottom", "contents.own-page",
                {75, "it does not go on with the pages of the entries"});
    for (const std::size_t i : e.columns) out.block(i, i, "fw", "type=header\nplace=top", "contents.columns", {90, {}});
    std::string attributes = "level=" + std::to_string(e.level);
    if (e.number) attributes += "\nn=" + e.number.n;
    out.block(e.lines.front().line, e.lines.back().line, "entry", attributes,
              e.number ? e.number.rule->id : "contents.entry",
              {static_cast<std::uint8_t>(e.paged || e.known ? 95 : 80), {}});
    for (const EntryLine& l : e.lines) {
      const Line& line = d_.lines[l.line];
      if (const std::size_t words = end_of_bullet(line.text); words > 0 && l.begin == words)
        out.phrase(line, 0, words, "markup", "", "contents.bullet");
      if (is_page_first(l)) {
        out.phrase(line, l.locus, l.locus_end, "locus", "", "contents.page");
        out.phrase(line, l.locus_end, l.begin, "leader", "", "contents.leader");
      } else if (is_page_line(d_, e, l)) {
        const std::string_view text = trim(line.text);
        const auto at = static_cast<std::size_t>(text.data() - line.text.data());
        out.phrase(line, at, at + text.size(), "locus", "", "contents.page");
      } else if (l.leader || (l.paged && &l == &e.lines.back())) {
        propose_leader(line, l, out);
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
  if (!wider_than(trimmed, contents::longest_title) && rules.test("contents-title", trimmed) != nullptr)
    return before + trimmed.size();
  if (wider_than(trimmed, contents::longest_entry)) return 0;
  const EntryLine e = read_entry_line(text, 0);
  if (!e.paged || !e.leader) return 0;
  for (std::size_t blank = trimmed.find(' '); blank != trimmed.npos && blank <= contents::longest_title;
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
  // True when the line makes the run long enough.
  bool add(const Document& d, const Rules& rules, const EntryLine& e) {
    const std::string_view text = d.lines[e.line].text;
    const int page = e.paged ? read_locus(text.substr(e.locus, e.locus_end - e.locus)).value : 0;
    const bool rises = page > 0 && page >= page_ && read_numbering(rules, text.substr(e.begin));
    if (!e.dotted && !rises) {
      if (++plain_ > contents::most_plain) length_ = 0, page_ = 0;
      return false;
    }
    if (length_++ == 0) first_ = e.line;
    plain_ = 0;
    page_ = std::max(page_, page);
    if (length_ < (e.dotted ? contents::shortest_run : contents::shortest_run + 1)) return false;
    length_ = 0, page_ = 0;
    return true;
  }
  std::size_t first() const { return first_; }

 private:
  std::size_t length_ = 0, first_ = 0, plain_ = 0;
  int page_ = 0;
};

// A list whose title and leaders were lost: short lines that end in pages which rise from the book's first to its last.
class RunOfPages {
 public:
  explicit RunOfPages(const Document& d) {
    for (const Number& n : printed_pages(d))
      if (n.form == Numeral::arabic) last_ = std::max(last_, n.value);
  }
  // True where a run ends with this line that spans the book.
  bool add(const Document& d, const EntryLine& e) {
    const std::string_view text = d.lines[e.line].text;
    const Number page = e.paged ? read_locus(text.substr(e.locus, e.locus_end - e.locus)) : Number{};
    if (page.form != Numeral::arabic || page.value > last_ || wider_than(text, contents::widest_in_run)) {
      if (++plain_ > 1) length_ = 0;
      return false;
    }
    if (length_ > 0 && page.value < page_) length_ = 0;
    if (length_ == 0) first_ = e.line, lowest_ = page.value;
    plain_ = 0;
    page_ = page.value;
    return ++length_ >= contents::shortest_spanning && lowest_ * 4 <= last_ && page_ * 4 >= last_ * 3 && last_ >= 8;
  }
  std::size_t first() const { return first_; }

 private:
  int last_ = 0, lowest_ = 0, page_ = 0;  // the book's last page; the run's first and last
  std::size_t length_ = 0, first_ = 0, plain_ = 0;
};

// Made when the first list is met: most books have one or none.
class Lists {
 public:
  Lists(const Document& d, const Rules& rules) : d_(d), rules_(rules) {}
  List read(std::size_t first, std::size_t offset) {
    if (!titles_) titles_.emplace(d_);
    return {d_, read_contents_list(d_, rules_, *titles_, first, offset)};
  }
  // Below a title of contents lists.
  List read_titled(std::size_t first, std::size_t offset) {
    if (!titles_) titles_.emplace(d_);
    if (std::vector<ContentsEntry> entries = read_pages_first(d_, rules_, *titles_, first); !entries.empty())
      return {d_, std::move(entries)};
    return read(first, offset);
  }

 private:
  const Document& d_;
  const Rules& rules_;
  std::optional<TitleIndex> titles_;
};

// The title of a list of figures, tables or maps; but not of abbreviations, which have no pages.
bool is_figures_title(std::string_view text, const Rules& rules) {
  if (wider_than(trim(text), contents::longest_title)) return false;
  const Rule* rule = read_matter(rules, trim(text));
  return rule != nullptr && rule->fact("type") == "lists";
}

// Goes through the text from one list to the next.
class ListsOfBook {
 public:
  ListsOfBook(const Document& d, const Rules& rules, Proposal& out)
      : d_(d), rules_(rules), out_(out), lists_(d, rules), run_of_pages_(d) {}

  // Whether there is a contents list.
  bool run() {
    for (std::size_t i = 0; i < d_.lines.size(); ++i) {
      const std::string_view text = d_.lines[i].text;
      if (trim(text).empty() || d_.lines[i].block >= 0 || text.size() > 3 * contents::longest_entry) continue;
      if (const std::size_t last = below_pieces(i); last != nothing)
        i = last;
      else if (const std::size_t end = title_in(text, rules_); end > 0)
        i = below_title(i, end);
      else if (const std::size_t of_figures = below_figures_title(i); of_figures != nothing)
        i = of_figures;
      else
        i = without_title(i);
    }
    return any_;
  }

 private:
  static constexpr std::size_t nothing = static_cast<std::size_t>(-1);

  // Each of these takes the line where a list may begin, and gives the last line that was read.
  std::size_t below_pieces(std::size_t i) {
    const std::size_t last = title_in_pieces(d_, rules_, i);
    if (last == i) return nothing;
    const List list = lists_.read(last + 1, 0);
    if (!list || !list.credible(true)) return nothing;
    return take(list, i, 0, last);
  }

  std::size_t below_title(std::size_t i, std::size_t end) {
    const std::string_view text = d_.lines[i].text;
    const bool alone = end == static_cast<std::size_t>(trim(text).data() + trim(text).size() - text.data());
    const List list = alone ? lists_.read_titled(i + 1, 0) : lists_.read(i, end);
    if (!list) return i;
    if (list.credible(true)) return take(list, i, alone ? 0 : end, i);
    out_.doubt(d_.lines[i].at, "contents.refused",
               {50, "what follows a title of contents lists was not taken for one: neither pages nor headings agree"});
    return i;
  }

  std::size_t below_figures_title(std::size_t i) {
    if (!is_figures_title(d_.lines[i].text, rules_)) return nothing;
    List list = lists_.read(i + 1, 0);
    if (!list || list.paged() * 2 <= list.size() || !list.credible(true)) return nothing;
    list.figures = true;
    list.propose(out_, i, 0, i);
    return list.last_line();
  }

  std::size_t without_title(std::size_t i) {
    const EntryLine e = read_entry_line(d_.lines[i].text, i);
    const bool spans = run_of_pages_.add(d_, e);
    if (!run_of_entries_.add(d_, rules_, e) && !spans) return i;
    const std::size_t first = spans ? run_of_pages_.first() : run_of_entries_.first();
    if (first < refused_) return i;
    const List list = lists_.read(first, 0);
    if (!list) return i;
    if (list.paged() >= contents::shortest_run && list.credible(spans))
      return std::max(i, take(list, d_.lines.size(), 0, d_.lines.size()));
    refused_ = list.last_line() + 1;
    return i;
  }

  std::size_t take(const List& list, std::size_t title, std::size_t title_end, std::size_t title_last) {
    list.propose(out_, title, title_end, title_last);
    any_ = true;
    return list.last_line();
  }

  const Document& d_;
  const Rules& rules_;
  Proposal& out_;
  Lists lists_;
  RunOfEntries run_of_entries_;
  RunOfPages run_of_pages_;
  std::size_t refused_ = 0;  // the line behind a run that was no list
  bool any_ = false;
};

void run(const Document& d, const Rules& rules, Proposal& out) {
  for (const Span place : d.gathered)
    out.doubt(place, "contents.gathered",
              {70, "its titles and pages stood apart, and were put together by their order"});
  if (ListsOfBook(d, rules, out).run() || !d.meta("markup").empty()) return;
  if (const List list(d, find_title_run(d, rules)); list) list.propose(out, d.lines.size(), 0, d.lines.size());
}

}  // namespace

extern const Stage stage_contents{.name = "contents",
                                  .summary = "Read the printed contents list",
                                  .needs = "furniture pages",
                                  .provides = "contents",
                                  .rules = &embedded::rules_structure,
                                  .run = run};

}  // namespace emend
