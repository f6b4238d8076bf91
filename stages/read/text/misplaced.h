// What extraction set beside its place: a bullet behind the line that it begins, and the label of a note where a word
// at the end of the page lost its hyphen. Both are put right where the text is read, as contents lists in pieces are.
#pragma once
#include <string_view>
#include <vector>

#include "stages/read/text/entry_lines.h"

namespace emend {

/// The places of `text` where that is certain, in order, disjoint: what `unroll` reads in order and `roll_up` gives
/// back.
std::vector<EntryLines> find_misplaced(std::string_view text);

}  // namespace emend
