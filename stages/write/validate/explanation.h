// Why a document is not valid, in words: libxml2 judges well and explains badly, so a document that fails is read a
// second time, along the same grammar, to say what is wrong and what was expected.
#pragma once
#include "stages/write/validate/grammar.h"

namespace emend {

/// The problems of a document, in its order, `most` at the most; none if these rules find nothing amiss.
std::vector<Problem> explain_invalid(const xmlNode& root, const Elements&, std::string_view name_space,
                                     std::size_t most);

}  // namespace emend
