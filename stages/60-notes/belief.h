// Whether what was read as the notes at the foot of a page are notes.
#pragma once
#include <vector>

#include "stages/60-notes/book.h"

namespace emend {

/// Whether labels of that form, from lines[from] on, number examples: paragraphs of the text, set apart by blank lines,
/// stand between (1) and (2).
bool has_text_between(const std::vector<FootLine>& lines, std::size_t from, MarkForm);

/// Whether the labels are the figures of a table or a drawing: many stand in lines of their own, and few of them have
/// text below.
bool are_figures(const std::vector<FootLine>& lines, MarkForm);

/// How far a foot that has notes is to be believed, by its labels, its marks and the count: nothing if not at all.
/// `last` is the number of the last note before.
double believe(const NotesOfBook&, const Lines& page, const std::vector<FootLine>&, const Foot&, const NoteStyle&,
               int last);

/// Whether the foot, with a heading of the next column below it, is one: its notes are due, and each has its mark
/// above.
bool ends_column(const NotesOfBook&, const Lines& column, const Foot&, const NoteStyle&, int last);
}  // namespace emend
