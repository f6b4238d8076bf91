// Abbreviations that a blank splits: "W TFO", "C N K I". Only the whole book can tell.
#pragma once
#include <string>
#include <vector>

#include "stages/70-letters/repaired.h"

namespace emend {

/// A capital, a blank and capitals: possibly one abbreviation.
struct SplitAbbreviation {
  std::size_t line, begin, end;
  std::string joined;
  bool bracketed = false;  // alone in brackets behind a Chinese word
};

/// Notes "W TFO" with its blank at `blank`, or "C N K I" with its first one there.
void note_split(const RepairedPassage&, std::size_t l, std::size_t blank, std::vector<SplitAbbreviation>& splits);
/// Joins those that the book has whole elsewhere.
void join_abbreviations(RepairedPassage&, const std::vector<SplitAbbreviation>&);

}  // namespace emend
