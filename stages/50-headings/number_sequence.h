// Which of the numbers at the beginning of lines count: headings, and not items of lists or numbers in the text.
#pragma once
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "pipeline/rules/numbering.h"
#include "stages/50-headings/lines.h"

namespace emend {

/// The scheme of a number in a line of its own, of one that a title in the next line follows, and of 2.1 without one.
inline constexpr std::string_view lone_number = "arabic-alone", titled_number = "arabic-titled",
                                  lone_decimal = "decimal-alone";

/// Whether it is 2.1 or the like.
bool is_decimal(const Numbering& n);

/// A line that begins with a number.
struct NumberedLine {
  std::size_t line = 0;
  Numbering number;
  bool apart = false;        // see `HeadingLines::stands_apart`
  bool known = false;        // it is a heading for other reasons
  bool behind_text = false;  // what stands before it has come to an end
  bool bracketed = false;    // CHAP. VI.] as running heads have it
};

/// Indices of those that are headings: each follows the last of its scheme, or begins anew at one below a higher
/// heading; where the scheme's numbers count on through the higher headings, they need not begin anew. A decimal number
/// counts below the number that it begins with, whatever decimals tables and axes have elsewhere. A number of a kind
/// that nothing but headings has may leave some out: their lines are spoiled. A scheme is believed if more of its
/// numbers count than do not. Schemes that lists use as well, such as plain numbers, must stand apart and have text
/// between them; one that does not counts if it alone lacks between two that do. `listed` are the schemes that the
/// contents list uses; below its depth such a scheme is that of lists where more of its numbers begin sentences, which
/// `in_text` counts by scheme, than headings.
std::vector<std::size_t> numbers_that_count(const std::vector<NumberedLine>& lines, const HeadingLines& look,
                                            const std::set<std::string, std::less<>>& listed,
                                            const std::map<std::string, int, std::less<>>& in_text);

/// Indices of a chapter's number that no other follows, as in a sample of a book.
std::vector<std::size_t> sole_chapters(const std::vector<NumberedLine>& lines, const HeadingLines& look);

}  // namespace emend
