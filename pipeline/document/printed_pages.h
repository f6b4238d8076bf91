// The page numbers as the furniture shows them, before the labels of pages are settled.
#pragma once
#include <vector>

#include "pipeline/document/document.h"
#include "pipeline/text/numerals.h"

namespace emend {

/// For each page of the document its printed number, read in its furniture or told by that of the pages beside it; none
/// where neither tells.
std::vector<Number> printed_pages(const Document&);

}  // namespace emend
