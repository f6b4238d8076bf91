// How lines of the running text begin and end: with a bullet, with the words before keywords; with an abbreviation.
#pragma once
#include <span>

#include "pipeline/rules/rules.h"
#include "stages/65-paragraphs/page_lines.h"

namespace emend {

/// Sets `lead` of each line, and `hang` of those behind a bullet, by the rules of classes `marker` and `keywords`.
void read_leads(std::span<BodyLine> lines, const Rules& rules);
/// Corrects `ending` by the last words, by the rules of classes `abbreviated` and `runs-on`: the stop of an
/// abbreviation ends no sentence, and a line that ends with an article no paragraph.
void read_last_words(std::span<BodyLine> lines, const Rules& rules);

}  // namespace emend
