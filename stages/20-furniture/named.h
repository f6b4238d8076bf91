// How a line of furniture is named.
#pragma once
#include "pipeline/document/proposal.h"
#include "stages/20-furniture/edge_shape.h"

namespace emend {

/// Names the line a running head or foot, or a page number where its shape has no words, with the number that it shows.
void name_furniture(Proposal& out, std::size_t line, bool top, const EdgeShape& shape, Because because);

}  // namespace emend
