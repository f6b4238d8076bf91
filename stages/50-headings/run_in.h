// Headings that were set in the first line of their paragraph, and that extraction gave a line of their own.
#pragma once
#include "stages/50-headings/found.h"

namespace emend {

void find_run_in(Found&);

}  // namespace emend
