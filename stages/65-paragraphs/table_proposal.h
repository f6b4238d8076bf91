// Says of a table that was found what its lines are: rows, and within them gaps and borders.
#pragma once
#include <span>

#include "pipeline/document/proposal.h"
#include "stages/65-paragraphs/tables.h"

namespace emend {

/// Names the rows of a certain table, one a line, and what stands between their cells. The table itself is the caller's
/// to name, since a caption may belong to it.
void propose_rows(const CellTable& table, const Document& d, std::span<const BodyLine> lines, Proposal& out);

}  // namespace emend
