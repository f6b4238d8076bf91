// The heading of an abstract that stands in the first line of its text, as journals set it: `Abstract—We measured …`.
#pragma once
#include <optional>
#include <string_view>

#include "stages/read/text/broken_lines.h"

namespace emend {

/// Where the heading of the abstract ends in the line that it begins; nothing where no line does so, or where
/// Markdown declares the headings.
std::optional<BrokenLine> find_run_in_abstract(std::string_view text);

}  // namespace emend
