// Whether the identifiers of a document are unique and its references lead somewhere: the first pattern of
// schemas/emend.sch, done in one pass over what the parser noted, as every conversion asks for it.
#pragma once
#include "stages/write/validate/tree.h"

namespace emend {

/// What is wrong with identifiers and then with references, each in the order of the document, `most` at the most.
std::vector<Problem> reference_problems(const Parsed&, std::size_t most);

}  // namespace emend
