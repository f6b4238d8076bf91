// A contents list of which neither title nor pages are left: lines that return, in their order, as numbered headings.
#pragma once
#include <vector>

#include "pipeline/document/document.h"
#include "pipeline/rules/rules.h"
#include "stages/40-contents/list.h"

namespace emend {

/// The entries of such a list on one of the first pages; none where there is no such list.
std::vector<ContentsEntry> find_title_run(const Document& d, const Rules& rules);

}  // namespace emend
