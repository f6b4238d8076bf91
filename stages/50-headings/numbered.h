// Headings whose numbers count on.
#pragma once
#include "stages/50-headings/found.h"

namespace emend {

/// Adds them, with the levels of all numbered headings.
void find_numbered(Found&, Proposal&);

/// The number of the only chapter, where nothing else has shown that it is a heading.
void find_sole_chapter(Found& f, Proposal& out);

}  // namespace emend
