// What the lines of a book that look alike were made: a book sets what is alike alike.
#pragma once
#include <vector>

#include "stages/88-second-reader/model.h"

namespace emend::reader {

/// Of the other lines that look like this one, as logits: how many were made the same, and how probable that is for
/// them.
struct Alike {
  float made, read;
};

/// For each line; what was made nothing is like nothing.
std::vector<Alike> find_alike(const Sight&, const std::vector<Scores>& probabilities, const Model&);

}  // namespace emend::reader
