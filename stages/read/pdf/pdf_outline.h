// The outline of a PDF, which readers of it show beside its pages, held against the lines that the pages have.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "stages/read/scan/scan.h"

namespace emend {

struct OutlineEntry {
  int level = 1;         // from 1
  std::size_t page = 0;  // from 0
  std::string title;
};

/// Lines that say what an entry of their page says, with its number or without, become headings of its level. What no
/// line says is left out: outlines are often made by programs, and name pages or files.
void mark_headings(const std::vector<OutlineEntry>&, std::vector<std::vector<ScanLine>>& pages);

}  // namespace emend
