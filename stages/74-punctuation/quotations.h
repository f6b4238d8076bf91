// Quotation marks of a passage, judged in pairs.
#pragma once
#include <vector>

#include "stages/74-punctuation/judged.h"

namespace emend {

struct QuotationMark {
  std::size_t line, at, han;  // `han`: characters of the passage before it
  char32_t c;                 // " “ ”
};

/// Straight marks open and close in turn, and agree with the curly ones between them; else none is touched.
void decide_quotations(JudgedPassage&, const std::vector<QuotationMark>&);

}  // namespace emend
