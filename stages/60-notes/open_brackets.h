// Brackets and quotations that stand open in a paragraph.
#pragma once
#include "pipeline/document/document.h"

namespace emend {

/// Whether `c`, at byte `at` of the line, closes a bracket or a quotation that stands open there: then it is the
/// text's.
bool closes(const Document&, std::size_t line, std::size_t at, char32_t c);

}  // namespace emend
