// The names at the beginning of a Western citation whose title stands bare.
#pragma once
#include <cstddef>
#include <optional>

#include "stages/82-citations/draft.h"

namespace emend {

/// Up to a year in parentheses, to a colon, to a full stop, or to commas; nothing if the text does not begin with
/// names.
std::optional<Range> leading_names(const CitationDraft&, CitationForm, std::size_t begin);

}  // namespace emend
