// Furniture that the source declares.
#pragma once
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"

namespace emend {

/// Names the lines that the source says are running heads, feet, page numbers, watermarks, catchwords or signatures,
/// and marks them and lines of notes `taken`; but not those that stand once and open a part of the book, which are
/// headings that a tool took for running heads. Those are doubts.
void name_declared(const Document&, const Rules&, std::vector<bool>& taken, Proposal& out);

}  // namespace emend
