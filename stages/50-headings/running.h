// Headings that the pages behind them repeat as their running head.
#pragma once
#include <cstddef>
#include <utility>
#include <vector>

#include "pipeline/document/document.h"
#include "stages/50-headings/lines.h"

namespace emend {

/// The first and the last line of each title at the top of a page whose words, over up to three lines, are the running
/// head of a page close behind and of none close before: a chapter begins there. The page has the running head over it,
/// as many books print it; or the text before it has ended, and no page before has the title. Furniture is what an
/// earlier stage named.
std::vector<std::pair<std::size_t, std::size_t>> headings_that_run(const Document&, const HeadingLines&);

}  // namespace emend
