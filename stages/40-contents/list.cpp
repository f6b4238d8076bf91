// Reading a contents list.
#include "stages/40-contents/list.h"

#include <algorithm>
#include <utility>

#include "pipeline/rules/matter.h"
#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "stages/40-contents/list_lines.h"
#include "weights/contents.h"

namespace emend {

namespace {

class Reader {
 public:
  Reader(const Document& d, const Rules& rules, const TitleIndex& titles)
      : d_(d), rules_(rules), lines_(d, rules, titles) {}

  std::vector<ContentsEntry> read(std::size_t first, std::size_t offset) {
    lines_.begin = first;
    for (std::size_t i = first; i < d_.lines.size(); ++i) {
      if (lines_.passed_over(i)) continue;
      if (heads_columns(i)) {
        columns_.push_back(i);
        continue;
      }
      const EntryLine e = lines_.read_line(i, i == first ? offset : 0);
      if (lines_.too_long(e) || returns_to_first(i) || begins_other_list(i, first)) break;
      if (lines_.paged == 0 && returns_to_numbered(i)) {
        leave_title_of_text();
        break;
      }
      if (is_lone_locus(d_.lines[i].text) && takes_lone_page(i)) continue;
      if (const std::size_t last = read_known(e); last != nothing)
        i = last;
      else if (!read_by_layout(i, e))
        break;
    }
    finish();
    const bool enough =
        entries_.size() >= 2 && (lines_.paged > 0 || entries_.size() >= 3) && worded() * 2 > entries_.size();
    if (!enough) return {};
    set_contents_levels(d_, entries_);
    return std::move(entries_);
  }

 private:
  static constexpr std::size_t nothing = static_cast<std::size_t>(-1);

  // A number alone that is the page of the entry above, or of the list itself.
  bool takes_lone_page(std::size_t i) {
    if (waiting_.empty() && !entries_.empty() && loose_page(i)) return true;
    if (!is_own_page(i)) return false;
    own_pages_.push_back(i);
    return true;
  }

  // An entry that begins with the line and that the text has as a heading; gives its last line, or `nothing`.
  std::size_t read_known(const EntryLine& e) {
    if (!waiting_.empty() && !lines_.is_known(waiting_) && !lines_.lone_number(waiting_)) return nothing;
    const std::vector<EntryLine> pieces = lines_.known_entry(e);
    if (pieces.empty() || (lines_.paged >= 2 && !pieces.back().paged && !goes_on(pieces.back().line))) return nothing;
    if (!waiting_.empty() && !(lines_.lone_number(waiting_) && !lines_.is_numbered(pieces.front()))) add();
    waiting_.insert(waiting_.end(), pieces.begin(), pieces.end());
    const std::size_t last = pieces.back().line;
    lines_.any_leader = lines_.any_leader || pieces.back().leader;
    if (pieces.back().paged || !(lines_.lone_page_follows(last) || lines_.lone_number(waiting_))) add();
    return last;
  }

  // What waits at the end is an entry where few have pages; what has none at the end of those that have is text.
  void finish() {
    if (!waiting_.empty() && lines_.paged * 2 < entries_.size() && (known_ == 0 || lines_.is_known(waiting_))) add();
    while (!entries_.empty() && lines_.paged > 0 && !entries_.back().paged && !entries_.back().number &&
           !entries_.back().known)
      entries_.pop_back();
  }

  // A line as leaders, pages and numbers show it; false where the list has ended.
  bool read_by_layout(std::size_t i, EntryLine e) {
    if (is_lone_locus(d_.lines[i].text) && !waiting_.empty() && !lines_.are_years(i)) {  // the page of the line before
      e.paged = true;
      waiting_.push_back(e);
      add();
      return true;
    }
    const bool numbered = lines_.is_numbered(e);
    if (stands_behind_gap(i)) add();
    const bool ends_entry = (e.paged && (e.leader || !lines_.any_leader || numbered || counts_on(e))) ||
                            (e.leader && !lines_.lone_page_follows(i));
    if (!ends_entry && !may_wait(i, e)) return false;
    const bool titled_below = lines_.bare_number(waiting_) || (lines_.lone_number(waiting_) && !numbered);
    if (!waiting_.empty() && (numbered || lines_.is_known(waiting_)) && !titled_below) add();
    lines_.any_leader = lines_.any_leader || e.leader;
    waiting_.push_back(e);
    if (ends_entry || (lines_.paged == 0 && entries_.size() >= 3 && !lines_.any_leader && !wraps(i))) add();
    return true;
  }

  // The title of a list of figures or of another contents list.
  bool begins_other_list(std::size_t i, std::size_t first) const {
    const std::string_view text = trim(d_.lines[i].text);
    if (i == first || wider_than(text, contents::longest_unpaged)) return false;
    if (rules_.test("contents-title", text) != nullptr) return true;
    const Rule* rule = read_matter(rules_, text);
    return rule != nullptr && rule->fact("type") == "lists" && !lines_.lone_page_follows(i);
  }

  // CHAPTER … PAGE above the entries, or between those of two parts.
  bool heads_columns(std::size_t i) const {
    return waiting_.empty() && d_.lines[i].block < 0 && rules_.test("contents-columns", d_.lines[i].text) != nullptr;
  }

  // A page that extraction set apart from its entry: it goes on with the pages, and so does the list.
  bool loose_page(std::size_t i) {
    const Number n = read_locus(d_.lines[i].text);
    if (lines_.last_page > 0 && (n.value < lines_.last_page || n.value > lines_.last_page + contents::longest_chapter))
      return false;
    if (!goes_on(i)) return false;
    EntryLine e = lines_.read_line(i, 0);
    e.paged = true;
    entries_.back().lines.push_back(e);
    lines_.last_page = std::max(lines_.last_page, n.value);
    if (!entries_.back().paged) ++lines_.paged;
    if (!entries_.back().page) entries_.back().page = n;
    entries_.back().paged = true;
    return true;
  }

  // The number of a page that the list itself stands on: it does not go on with the pages, but the list does.
  bool is_own_page(std::size_t i) const {
    if (entries_.empty() || (!waiting_.empty() && !lines_.lone_number(waiting_))) return false;
    const Number n = read_locus(d_.lines[i].text);
    const bool roman = n.form == Numeral::roman_lower || n.form == Numeral::roman_upper;
    return (roman ? entries_.back().page.form == Numeral::arabic : n.value < lines_.last_page) && goes_on(i);
  }

  int page_of(const EntryLine& e) const {
    return read_locus(d_.lines[e.line].text.substr(e.locus, e.locus_end - e.locus)).value;
  }
  // Whether the number at the end of a line goes on with the pages of the list.
  bool counts_on(const EntryLine& e) const {
    const int page = page_of(e);
    return lines_.last_page > 0 && page >= lines_.last_page && page <= lines_.last_page + contents::longest_chapter;
  }

  // Whether a line without a page may be the first of an entry, or goes on with one.
  bool may_wait(std::size_t i, const EntryLine& e) const {
    if (e.leader) return true;
    if (goes_on(i)) return waiting_.size() < contents::most_waiting;
    if (known_ * 2 > entries_.size()) return false;
    return lines_.paged == 0 && !lines_.any_leader && columns(d_.lines[i].text) <= contents::longest_unpaged &&
           waiting_.size() < contents::most_lines;
  }

  // In a list without pages, a blank line ends the entry above: the name of a part, with its years, before the
  // chapters.
  bool stands_behind_gap(std::size_t i) const {
    return lines_.paged == 0 && !lines_.any_leader && !waiting_.empty() && i > waiting_.back().line + 1 &&
           !goes_on(i) && !lines_.lone_number(waiting_) && !is_lower(first_character(trim(d_.lines[i].text)));
  }

  // In a list without pages: the next line begins as the middle of a sentence does.
  bool wraps(std::size_t i) const {
    for (std::size_t k = i + 1; k < d_.lines.size(); ++k)
      if (!lines_.passed_over(k)) return is_lower(first_character(trim(d_.lines[k].text)));
    return false;
  }

  static bool counts_on(const Numbering& last, const Numbering& n) {
    return last && n && last.rank == n.rank && last.scheme == n.scheme && last.above == n.above &&
           n.value == last.value + 1;
  }

  // The number that the next entry counts on from: that of the line, if it counts on itself, or the last above it.
  Numbering last_number(std::size_t i) const {
    Numbering last;
    for (const EntryLine& l : waiting_)
      if (!last) last = read_numbering(rules_, lines_.words(l));
    const auto above =
        std::find_if(entries_.rbegin(), entries_.rend(), [](const ContentsEntry& e) { return e.number; });
    if (!last && above != entries_.rend()) last = above->number;
    const Numbering here = read_numbering(rules_, lines_.words(lines_.read_line(i, 0)));
    return !here ? last : counts_on(last, here) ? here : Numbering();
  }

  // Whether an entry follows soon: one with a page, one whose number counts on from the last, or in a list without
  // pages one that the text knows.
  bool goes_on(std::size_t i) const {
    std::size_t seen = 0;
    const Numbering last = lines_.paged > 0 && lines_.any_leader ? last_number(i) : Numbering();
    for (std::size_t k = i + 1; k < d_.lines.size() && seen < contents::most_waiting; ++k) {
      if (lines_.passed_over(k)) continue;
      const EntryLine e = lines_.read_line(k, 0);
      if (lines_.too_long(e)) return false;
      if (e.leader || (e.paged && (!lines_.any_leader || counts_on(e)))) return true;
      if (last && counts_on(last, read_numbering(rules_, lines_.words(e)))) return true;
      if (is_lone_locus(d_.lines[k].text) && lines_.last_page > 0 &&
          read_locus(d_.lines[k].text).value >= lines_.last_page)
        return true;
      if (lines_.paged == 0 && known_ > 1 && !returns_to_first(k) && seen < 2 && lines_.is_known({e})) return true;
      ++seen;
    }
    return false;
  }

  // The first entry again, now as a heading: whole, or its first words with the same number.
  bool returns_to_first(std::size_t i) const {
    if (entries_.size() < 2 || first_.empty() || (!waiting_.empty() && !lines_.is_known(waiting_))) return false;
    const EntryLine e = lines_.read_line(i, 0);
    if (e.leader) return false;
    const std::u32string here = folded(d_.lines[i].text);
    if (here == first_ || (here.size() >= 5 && similarity(here, first_, 0.85) > 0)) return true;
    if (here.size() < 4 || !first_.starts_with(here)) return false;
    return entries_.front().number && read_numbering(rules_, d_.lines[i].text).n == entries_.front().number.n;
  }

  // The first entry that has a number, in a list without pages: 1. To a Friend, where the text has 1 above the words.
  bool returns_to_numbered(std::size_t i) const {
    const std::u32string here = folded(d_.lines[i].text);
    const auto numbered =
        std::find_if(entries_.begin(), entries_.end(), [](const ContentsEntry& e) { return e.number; });
    if (numbered == entries_.end() || numbered->lines.back().line >= i || here.empty()) return false;
    const std::u32string entry = lines_.words(numbered->lines);
    if (here == entry) return numbered + 1 != entries_.end();
    const Numbering alone = read_lone_numbering(rules_, d_.lines[i].text);
    if (!alone || alone.n != numbered->number.n || !entry.starts_with(here)) return false;
    for (std::size_t k = i + 1; k < d_.lines.size(); ++k)
      if (!lines_.passed_over(k)) return folded(d_.lines[k].text) == entry.substr(here.size());
    return false;
  }

  // What stands between the last number and the first heading is the title of the text.
  void leave_title_of_text() {
    waiting_.clear();
    while (!entries_.empty() && !entries_.back().number && !entries_.back().known) entries_.pop_back();
  }

  void add() {
    ContentsEntry e;
    e.lines = std::move(waiting_);
    waiting_.clear();
    e.own_pages = std::exchange(own_pages_, {});
    e.columns = std::exchange(columns_, {});
    std::string all;
    for (const EntryLine& l : e.lines) all.append(all.empty() ? "" : " ").append(trim(lines_.words(l)));
    e.number = read_numbering(rules_, all);
    if (const Rule* rule = e.number ? nullptr : read_matter(rules_, trim(all))) e.matter = rule->fact("type");
    const std::string_view first = d_.lines[e.lines.front().line].text;
    e.indent = first.starts_with('\t') && !first.starts_with("\t\t") ? 0 : indent(first);  // a tab stands for no number
    e.paged = e.lines.back().paged || e.lines.back().leader;
    e.known = lines_.is_known(e.lines);
    lines_.paged += e.paged;
    known_ += e.known;
    if (const EntryLine& l = e.lines.back(); l.paged) {
      const std::string_view text = d_.lines[l.line].text;
      e.page = read_locus(is_page_line(d_, e, l) ? text : text.substr(l.locus, l.locus_end - l.locus));
    }
    if (e.page.value > 0) lines_.last_page = e.page.value;
    if (first_.empty()) first_ = lines_.words(e.lines);
    entries_.push_back(std::move(e));
  }

  std::size_t worded() const {
    return static_cast<std::size_t>(std::count_if(entries_.begin(), entries_.end(), [&](const ContentsEntry& e) {
      return std::any_of(e.lines.begin(), e.lines.end(),
                         [&](const EntryLine& l) { return !trim(lines_.words(l)).empty(); });
    }));
  }

  const Document& d_;
  const Rules& rules_;
  ListLines lines_;
  std::vector<ContentsEntry> entries_;
  std::vector<EntryLine> waiting_;      // the first lines of an entry that has not come to its page
  std::vector<std::size_t> own_pages_;  // since the last entry
  std::vector<std::size_t> columns_;    // heads of columns since then
  std::u32string first_;
  std::size_t known_ = 0;
};

}  // namespace

std::vector<ContentsEntry> read_contents_list(const Document& d, const Rules& rules, const TitleIndex& titles,
                                              std::size_t first, std::size_t offset) {
  return Reader(d, rules, titles).read(first, offset);
}

bool is_page_line(const Document& d, const ContentsEntry& e, const EntryLine& line) {
  return &line != &e.lines.front() && is_lone_locus(d.lines[line.line].text);
}

}  // namespace emend
