// What a book says of itself before its text: title, who wrote it, where, when and for whom it was printed.
#pragma once
#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"

namespace emend {

/// Proposes the facts that the opening of the book tells, and names the parts of its title page.
void take_title_page(const Document&, const Rules&, Proposal&);

}  // namespace emend
