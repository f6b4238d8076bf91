// The furniture of pages whose ends are known.
#pragma once
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"

namespace emend {

/// Names what returns at the same edge of neighbouring pages, numbers that count with the pages, and catchwords.
/// `ends`: a page ends with that line; `done` lines are no furniture, or are named already.
void name_by_edges(const Document&, const Rules&, const std::vector<bool>& ends, std::vector<bool> done, Proposal& out);

}  // namespace emend
