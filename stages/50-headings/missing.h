// Entries of the contents list that lead to no heading.
#pragma once
#include <vector>

#include "stages/50-headings/listed.h"

namespace emend {

/// Entries that no line reads, of which as many stand for one page as there are headings on that page which no entry
/// names, between the same two headings, are these: OCR spoils the small letters of a list more than headings. The
/// others are one doubt.
void find_missing(Found&, const std::vector<Missing>&, Proposal&);

}  // namespace emend
