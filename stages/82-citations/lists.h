// Lists of works: what stands below a heading that says so, and reads as citations.
#pragma once
#include <set>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "stages/82-citations/cited.h"

namespace emend {

/// Writes the entries of the lists, and gives the blocks below headings of works.
std::set<std::size_t> read_lists(const Document&, const Rules&, Proposal&, CitedWorks&);

}  // namespace emend
