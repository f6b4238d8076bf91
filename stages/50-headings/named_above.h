// Headings that OCR spoiled, and that running heads name.
#pragma once
#include "stages/50-headings/found.h"

namespace emend {

/// Running heads are set in small clear type on many pages, where a title is large and stands once: `第二章 …` above
/// the pages of a chapter of which no heading was found tells that the chapter begins where the running head does. The
/// first line of that page, or of the page before if that has no such running head, is the heading, if it may be a
/// misreading of the words; it is given them.
void find_named_above(Found&, Proposal&);

}  // namespace emend
