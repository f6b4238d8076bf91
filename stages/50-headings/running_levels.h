// What running heads tell of levels: a section whose pages keep the title of an earlier one over them is part of it.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "pipeline/document/document.h"

namespace emend {

/// A heading: its first line and its words, folded (see `folded`).
struct Titled {
  std::size_t line = 0;
  std::u32string words;
};

/// Of each of the headings, which are in the order of the text, whether the running heads behind it say an earlier
/// heading and never its own. A title that runs over headings with running heads of their own, as that of a part over
/// chapters, tells nothing.
std::vector<bool> below_earlier_titles(const Document&, const std::vector<Titled>& headings);

}  // namespace emend
