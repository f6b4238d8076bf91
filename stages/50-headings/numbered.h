// Headings whose numbers count on.
#pragma once
#include "stages/50-headings/found.h"

namespace emend {

/// Adds them, with the levels of all numbered headings.
void find_numbered(Found&, Proposal&);

}  // namespace emend
