// Entries of the contents list that lead to no heading, or read otherwise than theirs.
#pragma once
#include "stages/50-headings/listed.h"

namespace emend {

/// OCR spoils the small letters of a list more than headings. Entries that no line reads are aligned with the headings
/// that no entry names, and with lines on their pages that are set as headings, between the same two headings: by page,
/// by the figures of their numbers and by what is left of their words. The others are one doubt each. Entries whose
/// words were misread are given those of their headings.
void find_missing(Found&, const ListedEntries&, Proposal&);

}  // namespace emend
