// What a rule's word is worth: the certainty that stages state, set right by how often they were right on the bench.
#pragma once
#include <span>

#include "pipeline/document/document.h"

namespace emend {

/// Gives each change the certainty that `stages/calibration.table` has for its rule and what it said, if it is there.
void calibrate(std::span<Change>);

}  // namespace emend
