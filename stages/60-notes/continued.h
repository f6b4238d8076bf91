// The part of a note that stands at the foot of the next page.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "stages/60-notes/foot.h"

namespace emend {

/// The lines above the first label (`first`, or the number of lines) that finish the last note of the page before:
/// longer than the lines of the text, as smaller type makes them, or set apart by a blank line and beginning within a
/// sentence, as `broken`, the last line of that note, ends within one. `measure`: the usual width of the page's lines.
std::optional<Note> find_continued(const std::vector<FootLine>& lines, std::size_t first, std::string_view broken,
                                   std::size_t measure);

}  // namespace emend
