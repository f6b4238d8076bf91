// One line of a printed contents list, taken apart: its words, the leader, the page.
#pragma once
#include <cstddef>
#include <string_view>

#include "pipeline/text/numerals.h"

namespace emend {

/// A line of a contents list in parts; offsets into its current text.
struct EntryLine {
  std::size_t line = 0;
  std::size_t begin = 0;      // of the words: behind a title that stands in the same line
  std::size_t words_end = 0;  // where the leader begins
  std::size_t locus = 0, locus_end = 0;
  bool leader = false;  // a tab, dots or a gap, and not a single blank, stands before the page
  bool paged = false;
  bool dotted = false;  // a long run of dots, which no sentence has
};

/// Takes `text` apart, whose number as a line is `line`. A leader that OCR misread in part is recognised by the dots
/// that are left, one that it read as letters (`cece eee`) by these.
EntryLine read_entry_line(std::string_view text, std::size_t line);

/// The page that a line, or the end of one, is: 12, xii, (12), - 12 -; none if it is anything else.
Number read_locus(std::string_view s);

/// Whether nothing but a page stands in the line.
bool is_lone_locus(std::string_view line);

}  // namespace emend
