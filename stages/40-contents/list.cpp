// Reading a contents list.
#include "stages/40-contents/list.h"

#include <algorithm>
#include <utility>

#include "pipeline/rules/matter.h"
#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "pipeline/text/synopsis.h"
#include "weights/contents.h"

namespace emend {

namespace {

class Reader {
 public:
  Reader(const Document& d, const Rules& rules, const TitleIndex& titles) : d_(d), rules_(rules), titles_(titles) {}

  std::vector<ContentsEntry> read(std::size_t first, std::size_t offset) {
    begin_ = first;
    for (std::size_t i = first; i < d_.lines.size(); ++i) {
      if (passed_over(i)) continue;
      if (heads_columns(i)) {
        columns_.push_back(i);
        continue;
      }
      EntryLine e = read_line(i, i == first ? offset : 0);
      if (too_long(e) || returns_to_first(i) || begins_other_list(i, first)) break;
      if (paged_ == 0 && returns_to_numbered(i)) {
        leave_title_of_text();
        break;
      }
      if (is_lone_locus(d_.lines[i].text) && waiting_.empty() && !entries_.empty() && loose_page(i)) continue;
      if (is_lone_locus(d_.lines[i].text) && is_own_page(i)) {
        own_pages_.push_back(i);
        continue;
      }
      if (waiting_.empty() || is_known(waiting_) || lone_number(waiting_))
        if (const std::vector<EntryLine> pieces = known_entry(e);
            !pieces.empty() && (paged_ < 2 || pieces.back().paged || goes_on(pieces.back().line))) {
          if (!waiting_.empty() && !(lone_number(waiting_) && !is_numbered(pieces.front()))) add();
          waiting_.insert(waiting_.end(), pieces.begin(), pieces.end());
          i = pieces.back().line;
          any_leader_ = any_leader_ || pieces.back().leader;
          if (pieces.back().paged || !(lone_page_follows(i) || lone_number(waiting_))) add();
          continue;
        }
      if (!read_by_layout(i, e)) break;
    }
    if (!waiting_.empty() && paged_ * 2 < entries_.size() && (known_ == 0 || is_known(waiting_))) add();
    while (!entries_.empty() && paged_ > 0 && !entries_.back().paged && !entries_.back().number &&
           !entries_.back().known)
      entries_.pop_back();
    const bool enough = entries_.size() >= 2 && (paged_ > 0 || entries_.size() >= 3) && worded() * 2 > entries_.size();
    if (!enough) return {};
    set_contents_levels(d_, entries_);
    return std::move(entries_);
  }

 private:
  // A line as leaders, pages and numbers show it; false where the list has ended.
  bool read_by_layout(std::size_t i, EntryLine e) {
    if (is_lone_locus(d_.lines[i].text) && !waiting_.empty() && !are_years(i)) {  // the page of the line before
      e.paged = true;
      waiting_.push_back(e);
      add();
      return true;
    }
    const bool numbered = is_numbered(e);
    if (stands_behind_gap(i)) add();
    const bool ends_entry =
        (e.paged && (e.leader || !any_leader_ || numbered || counts_on(e))) || (e.leader && !lone_page_follows(i));
    if (!ends_entry && !may_wait(i, e)) return false;
    const bool titled_below = bare_number(waiting_) || (lone_number(waiting_) && !numbered);
    if (!waiting_.empty() && (numbered || is_known(waiting_)) && !titled_below) add();
    any_leader_ = any_leader_ || e.leader;
    waiting_.push_back(e);
    if (ends_entry || (paged_ == 0 && entries_.size() >= 3 && !any_leader_ && !wraps(i))) add();
    return true;
  }

  // The title of a list of figures or of another contents list.
  bool begins_other_list(std::size_t i, std::size_t first) const {
    const std::string_view text = trim(d_.lines[i].text);
    if (i == first || wider_than(text, contents::longest_unpaged)) return false;
    if (rules_.test("contents-title", text) != nullptr) return true;
    const Rule* rule = read_matter(rules_, text);
    return rule != nullptr && rule->fact("type") == "lists" && !lone_page_follows(i);
  }

  bool passed_over(std::size_t i) const { return trim(d_.lines[i].text).empty() || d_.is(d_.lines[i], "fw"); }

  // CHAPTER … PAGE above the entries, or between those of two parts.
  bool heads_columns(std::size_t i) const {
    return waiting_.empty() && d_.lines[i].block < 0 && rules_.test("contents-columns", d_.lines[i].text) != nullptr;
  }

  bool too_long(const EntryLine& e) const {
    constexpr std::size_t longest_leader = 900;    // bytes
    if (d_.lines[e.line].block >= 0) return true;  // the source says that it is another thing
    return d_.lines[e.line].text.size() > longest_leader + 3 * contents::longest_in_list ||
           wider_than(words(e), contents::longest_in_list);
  }

  EntryLine read_line(std::size_t i, std::size_t offset) const {
    EntryLine e = read_entry_line(d_.lines[i].text, i);
    e.begin = std::max(e.begin, offset);
    if (e.paged && are_years(i)) e.paged = e.leader = false, e.words_end = e.locus = e.locus_end;
    if (e.paged && !e.leader)  // CHAPTER II: the number is the chapter's, even where others have pages
      if (const Numbering n = read_numbering(rules_, d_.lines[i].text.substr(e.begin));
          n && (paged_ == 0 || is_upper(first_character(n.shown))) && e.begin + n.words >= e.locus_end &&
          e.locus < e.begin + n.words)
        e.paged = false, e.words_end = e.locus = e.locus_end;
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

  bool is_known(const std::vector<EntryLine>& lines) const {
    if (lines.empty()) return false;
    const std::u32string all = words(lines);
    return has_word(all) && titles_.stands_outside(all, begin_, lines.back().line);
  }
  static bool has_word(std::u32string_view s) {
    return std::any_of(s.begin(), s.end(), [](char32_t c) { return is_letter(c) || is_cjk(c); });
  }

  // The lines from `e` on that the text has as a heading; the words of the heading end those of the line where a leader
  // was misread.
  std::vector<EntryLine> known_entry(EntryLine e) const {
    std::vector<EntryLine> pieces, best;
    for (std::size_t i = e.line; i < d_.lines.size() && pieces.size() < contents::most_lines; ++i) {
      if (passed_over(i)) continue;
      if (i != e.line) e = read_line(i, 0);
      if (too_long(e) || (!pieces.empty() && is_lone_locus(d_.lines[i].text))) break;
      pieces.push_back(e);
      if (is_known(pieces)) best = pieces;
      if (e.paged || e.leader) break;
    }
    if (best.empty() && !pieces.empty() && any_leader_) cut_behind_title(pieces, best);
    finish_synopsis(best);
    return best;
  }

  // The synopsis of a chapter returns below its number, broken into other lines: the entry goes on up to its page.
  void finish_synopsis(std::vector<EntryLine>& lines) const {
    std::string all;
    for (const EntryLine& l : lines) all.append(words(l)).append(" ");
    if (lines.empty() || lines.back().paged || lines.back().leader || !is_synopsis(all)) return;
    std::vector<EntryLine> pieces = lines;
    for (std::size_t i = lines.back().line + 1; i < d_.lines.size() && pieces.size() < contents::most_waiting; ++i) {
      if (trim(d_.lines[i].text).empty()) return;
      if (passed_over(i)) continue;
      const EntryLine e = read_line(i, 0);
      if (too_long(e) || is_numbered(e)) return;
      pieces.push_back(e);
      if (!e.paged && !e.leader) continue;
      lines = std::move(pieces);
      return;
    }
  }

  void cut_behind_title(std::vector<EntryLine> pieces, std::vector<EntryLine>& best) const {
    const EntryLine whole = pieces.front();
    const std::string_view text = d_.lines[whole.line].text;
    const std::u32string all = folded(text.substr(whole.begin));
    const std::size_t n = titles_.longest_beginning(all, whole.line);
    if (n == 0 || !whole.paged || n + contents::shortest_leader > all.size()) return;
    EntryLine e = whole;
    std::size_t at = e.begin;
    for (std::size_t taken = 0; at < text.size() && taken < n;) {
      std::size_t next = at;
      next_character(text, next);
      taken += folded(text.substr(at, next - at)).size();
      at = next;
    }
    if (!may_be_misread_leader(text.substr(at, e.locus - at))) return;
    e.words_end = at;
    e.leader = true;
    best = {e};
  }

  bool lone_page_follows(std::size_t i) const {
    for (std::size_t k = i + 1; k < d_.lines.size(); ++k)
      if (!passed_over(k)) return is_lone_locus(d_.lines[k].text);
    return false;
  }

  // A page that extraction set apart from its entry: it goes on with the pages, and so does the list.
  bool loose_page(std::size_t i) {
    const Number n = read_locus(d_.lines[i].text);
    if (last_page_ > 0 && (n.value < last_page_ || n.value > last_page_ + contents::longest_chapter)) return false;
    if (!goes_on(i)) return false;
    EntryLine e = read_line(i, 0);
    e.paged = true;
    entries_.back().lines.push_back(e);
    last_page_ = std::max(last_page_, n.value);
    if (!entries_.back().paged) ++paged_;
    if (!entries_.back().page) entries_.back().page = n;
    entries_.back().paged = true;
    return true;
  }

  // The number of a page that the list itself stands on: it does not go on with the pages, but the list does.
  bool is_own_page(std::size_t i) const {
    if (entries_.empty() || (!waiting_.empty() && !lone_number(waiting_))) return false;
    const Number n = read_locus(d_.lines[i].text);
    const bool roman = n.form == Numeral::roman_lower || n.form == Numeral::roman_upper;
    return (roman ? entries_.back().page.form == Numeral::arabic : n.value < last_page_) && goes_on(i);
  }

  bool is_numbered(const EntryLine& e) const { return static_cast<bool>(read_numbering(rules_, words(e))); }

  // 第三章 or 1.5.1, whose title stands in the next line.
  bool lone_number(const std::vector<EntryLine>& lines) const {
    if (lines.size() != 1) return false;
    const Numbering n = read_numbering(rules_, words(lines[0]));
    return bare_number(lines) || (n && n.words >= trim(words(lines[0])).size());
  }

  bool bare_number(const std::vector<EntryLine>& lines) const {
    if (lines.size() != 1) return false;
    const std::string_view text = trim(d_.lines[lines[0].line].text);
    return text.size() <= 8 && text.find_first_not_of("0123456789.") == std::string_view::npos;
  }

  int page_of(const EntryLine& e) const {
    return read_locus(d_.lines[e.line].text.substr(e.locus, e.locus_end - e.locus)).value;
  }
  // Whether the number at the end of a line goes on with the pages of the list.
  bool counts_on(const EntryLine& e) const {
    const int page = page_of(e);
    return last_page_ > 0 && page >= last_page_ && page <= last_page_ + contents::longest_chapter;
  }

  // 1815-1822 in a line of its own: the years that a part tells of, unless the pages have come that far.
  bool are_years(std::size_t i) const {
    constexpr int first_year = 1000, last_year = 2100;
    const std::string_view text = trim(d_.lines[i].text);
    const Number from = read_number(text);
    if (!from || from.length != 4 || from.value < first_year || last_page_ + contents::longest_chapter >= from.value)
      return false;
    const std::string_view rest = text.substr(4);
    const std::size_t digits = rest.find_first_of("0123456789");
    if (digits == 0 || digits == rest.npos || !is_leader(rest.substr(0, digits))) return false;
    const Number to = read_number(rest.substr(digits));
    return to && to.length == 4 && to.value >= from.value && to.value <= last_year &&
           trim(rest.substr(digits + 4)).size() <= 1;
  }

  // Whether a line without a page may be the first of an entry, or goes on with one.
  bool may_wait(std::size_t i, const EntryLine& e) const {
    if (e.leader) return true;
    if (goes_on(i)) return waiting_.size() < contents::most_waiting;
    if (known_ * 2 > entries_.size()) return false;
    return paged_ == 0 && !any_leader_ && columns(d_.lines[i].text) <= contents::longest_unpaged &&
           waiting_.size() < contents::most_lines;
  }

  // In a list without pages, a blank line ends the entry above: the name of a part, with its years, before the
  // chapters.
  bool stands_behind_gap(std::size_t i) const {
    return paged_ == 0 && !any_leader_ && !waiting_.empty() && i > waiting_.back().line + 1 && !goes_on(i) &&
           !lone_number(waiting_) && !is_lower(first_character(trim(d_.lines[i].text)));
  }

  // In a list without pages: the next line begins as the middle of a sentence does.
  bool wraps(std::size_t i) const {
    for (std::size_t k = i + 1; k < d_.lines.size(); ++k)
      if (!passed_over(k)) return is_lower(first_character(trim(d_.lines[k].text)));
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
      if (!last) last = read_numbering(rules_, words(l));
    const auto above =
        std::find_if(entries_.rbegin(), entries_.rend(), [](const ContentsEntry& e) { return e.number; });
    if (!last && above != entries_.rend()) last = above->number;
    const Numbering here = read_numbering(rules_, words(read_line(i, 0)));
    return !here ? last : counts_on(last, here) ? here : Numbering();
  }

  // Whether an entry follows soon: one with a page, one whose number counts on from the last, or in a list without
  // pages one that the text knows.
  bool goes_on(std::size_t i) const {
    std::size_t seen = 0;
    const Numbering last = paged_ > 0 && any_leader_ ? last_number(i) : Numbering();
    for (std::size_t k = i + 1; k < d_.lines.size() && seen < contents::most_waiting; ++k) {
      if (passed_over(k)) continue;
      const EntryLine e = read_line(k, 0);
      if (too_long(e)) return false;
      if (e.leader || (e.paged && (!any_leader_ || counts_on(e)))) return true;
      if (last && counts_on(last, read_numbering(rules_, words(e)))) return true;
      if (is_lone_locus(d_.lines[k].text) && last_page_ > 0 && read_locus(d_.lines[k].text).value >= last_page_)
        return true;
      if (paged_ == 0 && known_ > 1 && !returns_to_first(k) && seen < 2 && is_known({e})) return true;
      ++seen;
    }
    return false;
  }

  // The first entry again, now as a heading: whole, or its first words with the same number.
  bool returns_to_first(std::size_t i) const {
    if (entries_.size() < 2 || first_.empty() || (!waiting_.empty() && !is_known(waiting_))) return false;
    const EntryLine e = read_line(i, 0);
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
    const std::u32string entry = words(numbered->lines);
    if (here == entry) return numbered + 1 != entries_.end();
    const Numbering alone = read_lone_numbering(rules_, d_.lines[i].text);
    if (!alone || alone.n != numbered->number.n || !entry.starts_with(here)) return false;
    for (std::size_t k = i + 1; k < d_.lines.size(); ++k)
      if (!passed_over(k)) return folded(d_.lines[k].text) == entry.substr(here.size());
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
    for (const EntryLine& l : e.lines) all.append(all.empty() ? "" : " ").append(trim(words(l)));
    e.number = read_numbering(rules_, all);
    if (const Rule* rule = e.number ? nullptr : read_matter(rules_, trim(all))) e.matter = rule->fact("type");
    const std::string_view first = d_.lines[e.lines.front().line].text;
    e.indent = first.starts_with('\t') && !first.starts_with("\t\t") ? 0 : indent(first);  // a tab stands for no number
    e.paged = e.lines.back().paged || e.lines.back().leader;
    e.known = is_known(e.lines);
    paged_ += e.paged;
    known_ += e.known;
    if (const EntryLine& l = e.lines.back(); l.paged) {
      const std::string_view text = d_.lines[l.line].text;
      e.page = read_locus(is_page_line(d_, e, l) ? text : text.substr(l.locus, l.locus_end - l.locus));
    }
    if (e.page.value > 0) last_page_ = e.page.value;
    if (first_.empty()) first_ = words(e.lines);
    entries_.push_back(std::move(e));
  }

  std::size_t worded() const {
    return static_cast<std::size_t>(std::count_if(entries_.begin(), entries_.end(), [&](const ContentsEntry& e) {
      return std::any_of(e.lines.begin(), e.lines.end(), [&](const EntryLine& l) { return !trim(words(l)).empty(); });
    }));
  }

  const Document& d_;
  const Rules& rules_;
  const TitleIndex& titles_;
  std::vector<ContentsEntry> entries_;
  std::vector<EntryLine> waiting_;      // the first lines of an entry that has not come to its page
  std::vector<std::size_t> own_pages_;  // since the last entry
  std::vector<std::size_t> columns_;    // heads of columns since then
  std::u32string first_;
  std::size_t begin_ = 0, paged_ = 0, known_ = 0;
  int last_page_ = 0;
  bool any_leader_ = false;
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
