// The frame that an archive of texts puts around a book: a notice before it and a licence behind it.
#pragma once
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"

namespace emend {

/// Names the lines up to the mark that begins the book and from the one that ends it as furniture, a paragraph each,
/// and marks them in `taken`.
void name_frame(const Document&, const Rules&, std::vector<bool>& taken, Proposal&);

/// Names the notices that a digitizer bound before a book, from their first words to the address that ends them.
void name_notices(const Document&, const Rules&, std::vector<bool>& taken, Proposal&);

}  // namespace emend
