// Magazines, catalogues and some publishers set pages before titles. A number before a title is else that of a chapter:
// pages rise by more than one, and the titles return without them.
#include "stages/40-contents/pages_first.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "weights/contents.h"

namespace emend {

namespace {

constexpr std::size_t fewest = 3;  // entries; two numbers rise by chance

// A page and the words behind it; not paged where the line is no such thing.
EntryLine read_line(std::string_view text, std::size_t line) {
  EntryLine e;
  e.line = line;
  const std::string_view trimmed = trim(text);
  const Number page = read_number(trimmed);
  const bool counts = page.form == Numeral::arabic || page.form == Numeral::roman_lower;
  if (!counts || wider_than(trimmed, contents::longest_in_list)) return e;
  std::size_t gap = page.length;
  for (std::size_t next = gap; gap < trimmed.size(); gap = next) {
    const char32_t c = next_character(trimmed, next);
    if (!is_blank(c) && c != '.' && c != U'·') break;
  }
  const std::string_view words = trimmed.substr(gap);
  const bool set_apart = gap > page.length && is_blank(first_character(trimmed.substr(page.length)));
  if (!set_apart || !is_letter(first_character(words))) return e;
  e.locus = static_cast<std::size_t>(trimmed.data() - text.data());
  e.locus_end = e.locus + page.length;
  e.begin = e.locus + gap;
  e.words_end = e.locus + trimmed.size();
  e.paged = true;
  return e;
}

// Whether the pages rise, and by more than the numbers of chapters do.
bool are_pages(const std::vector<ContentsEntry>& entries, bool named) {
  int first = 0, last = 0;
  std::size_t steps = 0;
  for (const ContentsEntry& e : entries) {
    if (e.page.form != Numeral::arabic) continue;
    if (e.page.value < last) return false;
    if (first == 0)
      first = e.page.value;
    else
      ++steps;
    last = e.page.value;
  }
  return named || (steps > 0 && last - first > 2 * static_cast<int>(steps));
}

}  // namespace

bool is_page_first(const EntryLine& line) { return line.paged && line.locus_end <= line.begin && line.locus_end > 0; }

std::vector<ContentsEntry> read_pages_first(const Document& d, const Rules& rules, const TitleIndex& titles,
                                            std::size_t first) {
  std::vector<ContentsEntry> entries;
  std::vector<std::size_t> columns;
  std::size_t known = 0;
  bool named = false;  // a line above says that they are pages
  for (std::size_t i = first; i < d.lines.size(); ++i) {
    const std::string_view text = d.lines[i].text;
    if (trim(text).empty() || d.is(d.lines[i], "fw")) continue;
    if (d.lines[i].block >= 0) break;
    if (rules.test("contents-columns", text) != nullptr) {
      columns.push_back(i), named = true;
      continue;
    }
    const EntryLine line = read_line(text, i);
    if (!line.paged) break;
    ContentsEntry& e = entries.emplace_back();
    e.page = read_number(trim(text));
    e.columns = std::exchange(columns, {});
    e.paged = true;
    e.indent = line.begin;
    e.known = titles.stands_outside(folded(text.substr(line.begin)), first, i);
    e.lines.push_back(line);
    known += e.known;
  }
  const bool enough = entries.size() >= fewest && known * 3 >= entries.size() * 2 && are_pages(entries, named);
  return enough ? entries : std::vector<ContentsEntry>();
}

}  // namespace emend
