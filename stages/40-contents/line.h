// One line of a printed contents list, taken apart: its words, the leader, the page.
#pragma once
#include <cstddef>
#include <string_view>

#include "pipeline/text/locus.h"

namespace emend {

/// A line of a contents list in parts; offsets into its current text.
struct EntryLine {
  std::size_t line = 0;
  std::size_t begin = 0;      // of the words: behind a bullet, or a title that stands in the same line
  std::size_t words_end = 0;  // where the leader begins
  std::size_t author = 0, author_end = 0;  // what stands between the leader and the page: empty, or who wrote it
  std::size_t locus = 0, locus_end = 0;
  bool leader = false;  // a tab, dots or a gap, and not a single blank, stands before the page
  bool paged = false;
  bool dotted = false;  // a long run of dots, which no sentence has
};

/// Where the words begin that the bullet of a list item stands before, as in Markdown; 0 where the line has none.
std::size_t end_of_bullet(std::string_view text);

/// Takes `text` apart, whose number as a line is `line`. A leader that OCR misread in part is recognised by the dots
/// that are left, one that it read as letters (`cece eee`) by these. What else stands behind dots is text.
EntryLine read_entry_line(std::string_view text, std::size_t line);

/// Whether nothing but leader characters stands there: dots of any kind, blanks, underscores, dashes.
bool is_leader(std::string_view s);
/// Whether OCR may have made this of a leader: no ideograph, and letters that are round and low for the most part, as dots are.
bool may_be_misread_leader(std::string_view);

}  // namespace emend
