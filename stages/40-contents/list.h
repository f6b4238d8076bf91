// A printed contents list, line by line: where it ends, and which lines make which entry.
#pragma once
#include <string>
#include <vector>

#include "pipeline/document/document.h"
#include "pipeline/rules/numbering.h"
#include "stages/40-contents/line.h"
#include "stages/40-contents/title_index.h"

namespace emend {

/// An entry: the lines that it takes, in the order of the text, with its number and level.
struct ContentsEntry {
  std::vector<EntryLine> lines;
  std::vector<std::size_t>
      own_pages;  // lines before it, or between its own: numbers of the pages that the list stands on
  Numbering number;
  std::string matter;  // the type of front or back matter that it names, or empty
  std::size_t indent = 0;
  int level = 1;
  bool paged = false;                // has a page, or a leader to one that was lost
  std::vector<std::size_t> columns;  // lines before it that head the columns of the list: CHAPTER … PAGE
  Number page;                       // as printed; none where it was not read
  bool known = false;                // the text has a heading that reads so
};

/// Reads the list that begins at byte `offset` of line `first`; empty if there is none. What returns as a heading in
/// the text is an entry, however it is set; else leaders and pages tell. The list ends where its first entry returns,
/// or where neither goes on.
std::vector<ContentsEntry> read_contents_list(const Document& d, const Rules& rules, const TitleIndex& titles,
                                              std::size_t first, std::size_t offset);

/// Whether the entries are evidence enough that they are a contents list, and not speech with ellipses, a data sheet, a
/// catalogue or chapters: pages that rise, titles that the text has elsewhere, numbers. `titled`: a title stands above.
bool is_credible(const Document& d, const std::vector<ContentsEntry>&, bool titled);

/// How many of the pages are lower than the page before, of those in one kind of numerals.
std::size_t falling_pages(const std::vector<ContentsEntry>&);

/// Whether nothing but a page stands in a line of the entry behind its first.
bool is_page_line(const Document& d, const ContentsEntry& e, const EntryLine& line);

/// Sets the levels of entries: by indentation, where it is used and agrees with the numbers; else by their numbers, and
/// what has none by what it stands between.
void set_contents_levels(const Document&, std::vector<ContentsEntry>& entries);

}  // namespace emend
