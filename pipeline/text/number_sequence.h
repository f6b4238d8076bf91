// Which of the numbers at the beginning of lines count: headings, and not items of lists or numbers in the text.
#pragma once
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "pipeline/rules/numbering.h"
#include "pipeline/text/heading_lines.h"

namespace emend {

/// A line that begins with a number.
struct NumberedLine {
  std::size_t line = 0;
  Numbering number;
  bool apart = false;  // see `HeadingLines::stands_apart`
  bool known = false;  // it is a heading for other reasons
};

/// Reads I. as a letter where letters count up to it: H., I., J. and A., B., C. are no Roman numbers. The numbers are
/// in the order of the text.
void settle_letters(const std::vector<Numbering*>& numbers);

/// Indices of those that are headings: each follows the last of its scheme, or begins anew at one below a higher
/// heading. A scheme is believed if more of its numbers count than do not. Schemes that lists use as well, such as
/// plain numbers, must stand apart and have text between them. `listed` are the schemes that the contents list uses.
std::vector<std::size_t> numbers_that_count(const std::vector<NumberedLine>& lines, const HeadingLines& look,
                                            const std::set<std::string, std::less<>>& listed);

}  // namespace emend
