// The lines of a PDF's page in the order in which they are read.
#pragma once
#include <vector>

#include "stages/read/scan/scan.h"

namespace emend {

/// What stands side by side becomes one line, as the number of a heading and its words do; columns of running text are
/// read one after the other; what is turned on its side comes last, without places. No word is left out.
std::vector<ScanLine> in_reading_order(std::vector<ScanLine> lines);

}  // namespace emend
