// Headings of a series whose numbers OCR spoiled: CAPÍTULO IM between II and IV.
#pragma once
#include "stages/50-headings/found.h"

namespace emend {

/// Of headings with the same word before their number, or around it, some numbers may be missing: lines between them
/// that have the word and something short in the place of the number are these, if there are as many as are missing,
/// and, at the end of the series, if what stands there is like the number that is due.
void find_spoiled_numbers(Found&);

}  // namespace emend
