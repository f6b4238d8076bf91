// How the book sets and counts its notes, learnt from those whose labels and marks are printed clearly.
#pragma once
#include <vector>

#include "stages/60-notes/book.h"

namespace emend {

/// The forms of notes that the book has, in no order; at most one is `usual`. A book whose labels or marks were nearly
/// all misread has the form with which most feet find their marks; one whose marks were lost and whose labels were not,
/// circled numbers that count on to the end of pages, anew on each.
std::vector<NoteStyle> learn_styles(const NotesOfBook&, const std::vector<Lines>& pages);

/// Where a column of a page may end: above its headings.
std::vector<std::size_t> column_ends(const NotesOfBook&, const Lines& page);

}  // namespace emend
