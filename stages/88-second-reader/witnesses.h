// The witnesses of a book as text: what tests/bench/fit.py fits the weights to, so that there is no second reading.
#pragma once
#include <string>

#include "pipeline/document/document.h"
#include "pipeline/rules/rules.h"

namespace emend {

/// A line for each line that is not blank: its place; how it stands to the one before (next, gap or page); what the
/// stages made of it, whether it is the first line of that, and how certain they were, or `-`; and the names of what is
/// seen of it; with tabs between.
///   1024+71<TAB>next<TAB>paragraph-more<TAB>-<TAB>95<TAB>edge.inner label.none …
std::string witnesses_of(const Document&, const Rules&);

}  // namespace emend
