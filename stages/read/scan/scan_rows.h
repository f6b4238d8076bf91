// The lines of a scanned page as its text has them.
#pragma once
#include <vector>

#include "stages/read/scan/raised.h"
#include "stages/read/scan/scan.h"

namespace emend {

/// A line of the page's text: one of the file, or several that stand side by side on one height.
struct ScanRow {
  WordRow words;
  Box box;
  bool begins = false;
  ScanRole role = ScanRole::none;
  int level = 0;
  bool numbered = false;  // one of the lines is a page number
  bool noted = false;     // a link leads to it from the mark of its note
};

/// In the order of the file.
std::vector<ScanRow> rows_of(const ScanPage& page);

}  // namespace emend
