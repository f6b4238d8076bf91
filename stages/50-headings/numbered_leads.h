// Titles with numbers that stand in the first line of their paragraph, before a gap: 一、源头　河湾的水…
#pragma once
#include "stages/50-headings/found.h"

namespace emend {

/// Doubts the first of them where several count on from 1: the paragraph is left whole.
void doubt_numbered_leads(const Found&, Proposal& out);

}  // namespace emend
