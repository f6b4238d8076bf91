// Whether the text of a PDF can be read at all.
#pragma once
#include <string>
#include <vector>

#include "stages/read/scan/scan.h"

namespace emend {

/// Error(Exit::input), with the command that makes a text layer, if the pages hold no text, or one whose glyphs nobody
/// can tell.
void check_layer(const std::string& name, const std::vector<std::vector<ScanLine>>& pages);

}  // namespace emend
