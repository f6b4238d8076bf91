// What the second reader says of the decisions of others: how certain they are, and where it reads otherwise.
#pragma once
#include <vector>

#include "pipeline/document/proposal.h"
#include "stages/88-second-reader/model.h"

namespace emend::reader {

/// Weighs headings, notes, furniture and beginnings of paragraphs by the probability of their first line's role, and
/// the links of notes with them; and doubts runs of other lines that were probably made what they are not.
void tell_certainty(const Sight&, const std::vector<Scores>& probabilities, const Model&, Proposal&);

}  // namespace emend::reader
