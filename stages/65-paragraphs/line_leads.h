// How lines of the running text begin: with a bullet, with the words before keywords.
#pragma once
#include <span>

#include "pipeline/rules/rules.h"
#include "stages/65-paragraphs/page_lines.h"

namespace emend {

/// Sets `lead` of each line, and `hang` of those behind a bullet, by the rules of classes `marker` and `keywords`.
void read_leads(std::span<BodyLine> lines, const Rules& rules);

}  // namespace emend
