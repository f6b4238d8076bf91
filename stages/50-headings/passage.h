// Numbered headings of a passage that begins in the middle of its book.
#pragma once
#include "stages/50-headings/found.h"

namespace emend {

/// In a book numbers count from the first; a passage of a page or two may have `4.2 Results` and nothing that it counts
/// on from. Such a line is a heading where it is set off on both sides, reads as a title, and has prose below it, or the
/// first of the sections within it; and where the numbers of its kind only rise and no item of a list has the one beside
/// it.
void find_within_passage(Found&);

}  // namespace emend
