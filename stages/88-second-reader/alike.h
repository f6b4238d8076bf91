// What the lines of a book that look alike were made: a book sets what is alike alike.
#pragma once
#include <vector>

#include "stages/88-second-reader/model.h"

namespace emend::reader {

/// For each line, of the other lines that look like it the share that was made the same, as a logit; 0 for a line that
/// was made nothing.
std::vector<float> made_alike(const Sight&, const Model&);

}  // namespace emend::reader
