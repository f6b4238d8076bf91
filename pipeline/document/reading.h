// From places in the source to places in what a line reads now.
#pragma once
#include <cstddef>
#include <cstdint>

#include "pipeline/document/document.h"

namespace emend {

/// Where a byte of the source stands in the current text of its line; where an edit made it part of something, behind
/// that unless it begins it.
std::size_t in_text(const Document&, const Line&, std::uint32_t at);

}  // namespace emend
