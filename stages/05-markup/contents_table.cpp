// An entry is its cells, joined; the page is the figures that its last cell ends with, behind leaders.
#include "stages/05-markup/contents_table.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "pipeline/text/script.h"
#include "stages/05-markup/phrases.h"

namespace emend {

namespace {

constexpr std::size_t fewest_rows = 3, longest_page = 7;  // rows of a list, and bytes of a page number
constexpr std::size_t near_heading = 3;                   // lines between a heading and its list
constexpr std::size_t of_five = 4;  // rows of five that have a page, and that do not go back; OCR spoils some

constexpr std::size_t shortest_leader = 4;  // bytes between a word and its page: 0.55 has none
constexpr std::size_t rows_untitled = 5;    // of a list whose title is elsewhere; it has two columns

constexpr std::string_view leaders = ". \t\xC2\xB7\xE2\x80\xA6|";  // dots, their signs byte by byte, and the border

struct Range {
  std::size_t begin, end;
};

// The cells of a row that have words or figures, without the blanks around them.
std::vector<Range> cells_of(std::string_view row) {
  std::vector<Range> cells;
  for (std::size_t begin = 0; begin < row.size();) {
    std::size_t end = begin;
    while (end < row.size() && (row[end] != '|' || (end > 0 && row[end - 1] == '\\'))) ++end;
    const std::size_t first = row.find_first_not_of(" \t", begin);
    if (first < end) cells.push_back({first, row.find_last_not_of(" \t", end - 1) + 1});
    begin = end + 1;
  }
  return cells;
}

// Where the page number stands that ends the row, and where the words end before it.
struct Entry {
  std::size_t words_end = 0, page = 0, page_end = 0;
  bool has_page() const { return page > 0; }
};

Entry entry_of(std::string_view row, const std::vector<Range>& cells) {
  if (cells.empty()) return {};
  const Range last = cells.back();
  const std::string_view figures = row.substr(0, last.end).find_last_not_of("0123456789") + 1 < last.end
                                       ? std::string_view("0123456789")
                                       : std::string_view("ivxlcIVXLC");
  const std::size_t page = std::max(last.begin, row.substr(0, last.end).find_last_not_of(figures) + 1);
  if (page == last.end || last.end - page > longest_page) return {};
  const std::size_t words = row.find_last_not_of(leaders, page - 1) + 1;
  const std::string_view between = row.substr(words, page - words);
  const bool apart =
      page == last.begin || between.find_first_of(" \t|") != row.npos || between.size() >= shortest_leader;
  return apart && words > cells.front().begin ? Entry{words, page, last.end} : Entry{};
}

// The words of the heading right above, or nothing.
std::string_view heading_above(const Document& d, const std::vector<LineForm>& forms, std::size_t line) {
  for (std::size_t i = line, seen = 0; i-- > 0 && seen < near_heading;) {
    if (forms[i] == LineForm::blank) continue;
    ++seen;
    if (forms[i] != LineForm::heading) continue;
    const HashHeading h = hash_heading(d.lines[i].text);
    const std::string_view words = d.lines[i].text.substr(h.begin, h.end - h.begin);
    const std::size_t begin = words.find_first_not_of("*_ "), end = words.find_last_not_of("*_ ");
    return begin == words.npos ? words : words.substr(begin, end + 1 - begin);
  }
  return {};
}

bool has_letter(std::string_view s) {
  return std::any_of(s.begin(), s.end(),
                     [](char c) { return is_ascii_letter(static_cast<unsigned char>(c)) || (c & 0x80) != 0; });
}

}  // namespace

bool is_contents_table(const Document& d, const Rules& rules, const std::vector<LineForm>& forms, std::size_t first,
                       std::size_t end) {
  const std::string_view heading = heading_above(d, forms, first);
  if (heading.empty()) return false;
  std::size_t rows = 0, numbered = 0, rising = 0, widest = 0;
  int page = 0;
  for (std::size_t k = first; k < end; ++k) {
    const std::string_view row = d.lines[k].text;
    const std::vector<Range> cells = cells_of(row);
    if (forms[k] == LineForm::delimiter_row || cells.empty()) continue;
    ++rows;
    widest = std::max(widest, cells.size());
    const Entry entry = entry_of(row, cells);
    if (!entry.has_page()) continue;
    const std::string_view words = row.substr(cells.front().begin, entry.words_end - cells.front().begin);
    numbered += has_letter(words);
    const int here = std::atoi(std::string(row.substr(entry.page, entry.page_end - entry.page)).c_str());
    rising += here == 0 || here >= page;
    if (here > 0) page = here;
  }
  const bool titled = rules.test("contents-title", heading) != nullptr;
  if (widest < 2 || (!titled && (widest > 2 || rows < rows_untitled))) return false;
  return rows >= fewest_rows && numbered * 5 >= rows * of_five && rising * 5 >= numbered * of_five;
}

void read_contents_table(const Document& d, const std::vector<LineForm>& forms, std::size_t first, std::size_t end,
                         Proposal& out) {
  const auto hide = [&](const Line& line, std::size_t from, std::size_t to, std::string_view instead) {
    if (from < to) out.edit(line, from, to, instead, instead.empty() ? "markup.hidden" : "markup.contents");
  };
  for (std::size_t k = first; k < end; ++k) {
    const Line& line = d.lines[k];
    std::vector<Range> cells = cells_of(line.text);
    if (forms[k] == LineForm::delimiter_row || cells.empty()) {
      hide(line, 0, line.text.size(), "");
      continue;
    }
    const Entry entry = entry_of(line.text, cells);
    hide(line, 0, cells.front().begin, "");
    const std::size_t words_end = entry.has_page() ? entry.words_end : cells.back().end;
    std::size_t at = cells.front().begin;
    for (const Range& cell : cells) {
      if (cell.begin >= words_end) break;
      if (cell.begin > at) hide(line, at, cell.begin, " ");
      at = std::min(cell.end, words_end);
      read_phrases(line, cell.begin, at, PhraseSetting::text, out);
    }
    if (entry.has_page()) hide(line, words_end, entry.page, "\t");
    hide(line, entry.has_page() ? entry.page_end : words_end, line.text.size(), "");
  }
}

}  // namespace emend
