// Headings without number that no contents list names: known by how the book sets those that are certain.
#pragma once
#include <cstddef>
#include <vector>

#include "pipeline/document/document.h"
#include "pipeline/rules/rules.h"
#include "stages/50-headings/lines.h"

namespace emend {

/// A heading found by its look.
struct LookedAt {
  std::size_t line = 0;
  bool learned = false;  // it is set as the certain headings are, and as no other line
  bool tight = false;    // no gap sets it apart, but that it is short between full lines
};

/// Lines that read as headings (short, no sentence, before text that is one) and are set apart as the certain headings
/// (`examples`) of this book are and its other lines are not: what stands before and behind a line, learned from the
/// certain ones as positive examples (naive Bayes over the two gaps; bootstrapped as in Yarowsky 1995). Where the gaps
/// do not tell headings from paragraphs, such lines are taken only if `alone`: nothing else in the book tells its
/// headings. Then short lines between full ones are headings of a lower kind.
std::vector<LookedAt> headings_by_look(const Document& d, const Rules& rules, const HeadingLines& lines,
                                       const std::vector<std::size_t>& examples, bool alone);

}  // namespace emend
