// The keywords that a book prints below its abstracts.
#pragma once
#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"

namespace emend {

/// Proposes each keyword as a fact of the book, in the language of its list.
void take_keywords(const Document&, const Rules&, Proposal&);

}  // namespace emend
