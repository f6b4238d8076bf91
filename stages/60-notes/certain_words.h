// How much speaks for a mark where the engine tells how sure it is of what it read.
#pragma once
#include <string_view>
#include <vector>

#include "stages/60-notes/marks.h"

namespace emend {

/// Sets the weight of a place in `text`, which is the line's: by the word that it stands in, if that is one of
/// `unsure`, and else as one that the engine is sure of. Marks that can be read as such are left alone, but for bare
/// figures.
void weigh_by_certainty(std::string_view text, const std::vector<UnsureWord>& unsure, MarkPlace&);

}  // namespace emend
