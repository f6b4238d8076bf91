// Words that a hyphen and a blank cut within a line, where line ends became blanks: "power- ful".
#pragma once
#include <vector>

#include "pipeline/text/vocabulary.h"
#include "stages/70-letters/repaired.h"

namespace emend {

/// A hyphen and a blank within a line, and the word that they may cut.
struct TornWord {
  std::size_t line, hyphen;
  CutWord word;
};

void note_torn(const RepairedPassage&, std::size_t l, std::vector<TornWord>& torn);
/// Joins those that the book has whole elsewhere.
void join_torn(RepairedPassage&, const std::vector<TornWord>&);

}  // namespace emend
