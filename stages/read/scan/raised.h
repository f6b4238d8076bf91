// Words that stand above their line, or end in something that does: what is left of a note's mark, as the page shows
// it.
#pragma once
#include <cstddef>
#include <vector>

#include "stages/read/scan/scan.h"

namespace emend {

using WordRow = std::vector<const ScanWord*>;

/// How far the lines of a page fall from left to right, in units down for a unit across: scans are askew.
double slope_of(const std::vector<WordRow>& rows);

/// The places in the row of the words that are raised: small ones whose foot stands above the line, and words of which
/// something stands above the tall letters beside them. Words of which the file says so are among them.
std::vector<std::size_t> raised_words(const WordRow& row, double slope);

}  // namespace emend
