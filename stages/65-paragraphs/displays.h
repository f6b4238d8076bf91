// Numbered formulas: lines that stand by themselves, with a number in brackets at the right margin.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "stages/65-paragraphs/page_lines.h"

namespace emend {

/// Lines [first, last] of a formula; the last one is its number, or ends in it.
struct Display {
  std::size_t first = 0, last = 0;
};

/// The numbered formulas among the lines, in order. What stands above and below one is text of its own, as it is set.
std::vector<Display> find_displays(std::span<const BodyLine>);

}  // namespace emend
