// The furniture of a text whose pages the input does not mark.
#pragma once
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"

namespace emend {

/// Names it by what is left of pages: numbers that count them in lines of their own, page numbers that a contents list
/// names, short lines that return where sentences are torn. `taken` lines are none; in a `framed` text an archive has
/// taken the running heads out already.
void name_in_transcript(const Document&, const Rules&, const std::vector<bool>& taken, bool framed, Proposal& out);

}  // namespace emend
