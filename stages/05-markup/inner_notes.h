// Definitions of notes that hold the labels that were printed: what Mathpix makes of the foot of a page.
#pragma once
#include <cstddef>
#include <vector>

#include "pipeline/document/document.h"

namespace emend {

/// By line: what is no word of a note there, from the beginning of the line. `[^0]:    1) Text` defines by the number
/// of the foot, and the note is 1; a `[^0]` alone above it says where the foot stood; the line below may begin with
/// `2)`.
struct InnerNote {
  std::size_t hidden = 0;  // bytes
  bool label = false;      // a printed label begins behind them
};
/// Empty where the text has no such definitions.
std::vector<InnerNote> find_inner_notes(const Document&);

}  // namespace emend
