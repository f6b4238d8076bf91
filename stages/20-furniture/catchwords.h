// Catchwords and the signatures of gatherings at the foot of pages.
#pragma once
#include <vector>

#include "pipeline/document/proposal.h"
#include "stages/20-furniture/page_edges.h"

namespace emend {

/// Names the catchwords, each the first word of the next page, and the signatures beside or above them; marks them in
/// `done`, whose lines are no text.
void name_catchwords(const Document&, const std::vector<Sheet>&, std::vector<bool>& done, Proposal& out);

}  // namespace emend
