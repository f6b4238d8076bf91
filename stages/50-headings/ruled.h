// What a person decided about headings.
#pragma once
#include "stages/50-headings/found.h"

namespace emend {

/// Adds the lines that a person called headings.
void find_ruled(Found&);
/// A level that a person set moves the heading's siblings with it, and what is below each of them as far.
void heed_levels(Found&);

}  // namespace emend
