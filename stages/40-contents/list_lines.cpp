// Reads lines of a contents list by leaders, pages, numbers, and by the headings of the text.
#include "stages/40-contents/list_lines.h"

#include <algorithm>
#include <utility>

#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "pipeline/text/synopsis.h"
#include "weights/contents.h"

namespace emend {

namespace {

bool has_word(std::u32string_view s) {
  return std::any_of(s.begin(), s.end(), [](char32_t c) { return is_letter(c) || is_cjk(c); });
}

}  // namespace

bool ListLines::passed_over(std::size_t i) const { return trim(d_.lines[i].text).empty() || d_.is(d_.lines[i], "fw"); }

bool ListLines::too_long(const EntryLine& e) const {
  constexpr std::size_t longest_leader = 900;    // bytes
  if (d_.lines[e.line].block >= 0) return true;  // the source says that it is another thing
  return d_.lines[e.line].text.size() > longest_leader + 3 * contents::longest_in_list ||
         wider_than(words(e), contents::longest_in_list);
}

EntryLine ListLines::read_line(std::size_t i, std::size_t offset) const {
  EntryLine e = read_entry_line(d_.lines[i].text, i);
  e.begin = std::max(e.begin, offset);
  if (e.paged && are_years(i)) e.paged = e.leader = false, e.words_end = e.locus = e.locus_end;
  if (e.paged && !e.leader)  // CHAPTER II: the number is the chapter's, even where others have pages
    if (const Numbering n = read_numbering(rules_, d_.lines[i].text.substr(e.begin));
        n && (paged == 0 || is_upper(first_character(n.shown))) && e.begin + n.words >= e.locus_end &&
        e.locus < e.begin + n.words)
      e.paged = false, e.words_end = e.locus = e.locus_end;
  return e;
}

std::string_view ListLines::words(const EntryLine& e) const {
  return e.words_end > e.begin ? std::string_view(d_.lines[e.line].text).substr(e.begin, e.words_end - e.begin)
                               : std::string_view();
}
std::u32string ListLines::words(const std::vector<EntryLine>& lines) const {
  std::u32string all;
  for (const EntryLine& l : lines) all += folded(words(l));
  return all;
}

bool ListLines::is_known(const std::vector<EntryLine>& lines) const {
  if (lines.empty()) return false;
  const std::u32string all = words(lines);
  return has_word(all) && titles_.stands_outside(all, begin, lines.back().line);
}
// The lines from `e` on that the text has as a heading; the words of the heading end those of the line where a leader
// was misread.
std::vector<EntryLine> ListLines::known_entry(EntryLine e) const {
  std::vector<EntryLine> pieces, best;
  for (std::size_t i = e.line; i < d_.lines.size() && pieces.size() < contents::most_lines; ++i) {
    if (passed_over(i)) continue;
    if (i != e.line) e = read_line(i, 0);
    if (too_long(e) || (!pieces.empty() && is_lone_locus(d_.lines[i].text))) break;
    pieces.push_back(e);
    if (is_known(pieces)) best = pieces;
    if (e.paged || e.leader) break;
  }
  if (best.empty() && !pieces.empty() && any_leader) cut_behind_title(pieces, best);
  finish_synopsis(best);
  return best;
}

// The synopsis of a chapter returns below its number, broken into other lines: the entry goes on up to its page.
void ListLines::finish_synopsis(std::vector<EntryLine>& lines) const {
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

void ListLines::cut_behind_title(std::vector<EntryLine> pieces, std::vector<EntryLine>& best) const {
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

bool ListLines::lone_page_follows(std::size_t i) const {
  for (std::size_t k = i + 1; k < d_.lines.size(); ++k)
    if (!passed_over(k)) return is_lone_locus(d_.lines[k].text);
  return false;
}

bool ListLines::is_numbered(const EntryLine& e) const { return static_cast<bool>(read_numbering(rules_, words(e))); }

// 第三章 or 1.5.1, whose title stands in the next line.
bool ListLines::lone_number(const std::vector<EntryLine>& lines) const {
  if (lines.size() != 1) return false;
  const Numbering n = read_numbering(rules_, words(lines[0]));
  return bare_number(lines) || (n && n.words >= trim(words(lines[0])).size());
}

bool ListLines::bare_number(const std::vector<EntryLine>& lines) const {
  if (lines.size() != 1) return false;
  const std::string_view text = trim(d_.lines[lines[0].line].text);
  return text.size() <= 8 && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

// 1815-1822 in a line of its own: the years that a part tells of, unless the pages have come that far.
bool ListLines::are_years(std::size_t i) const {
  constexpr int first_year = 1000, last_year = 2100;
  const std::string_view text = trim(d_.lines[i].text);
  const Number from = read_number(text);
  if (!from || from.length != 4 || from.value < first_year || last_page + contents::longest_chapter >= from.value)
    return false;
  const std::string_view rest = text.substr(4);
  const std::size_t digits = rest.find_first_of("0123456789");
  if (digits == 0 || digits == rest.npos || !is_leader(rest.substr(0, digits))) return false;
  const Number to = read_number(rest.substr(digits));
  return to && to.length == 4 && to.value >= from.value && to.value <= last_year &&
         trim(rest.substr(digits + 4)).size() <= 1;
}

}  // namespace emend
