// Reads the notes that are gathered at the end of a chapter or of the book.
#pragma once
#include <vector>

#include "stages/60-notes/book.h"

namespace emend {

/// The note of a line that begins with `mark`.
Note labelled_note(const Document& d, std::size_t line, const Mark& mark);

/// The notes in these lines, and their marks in `text`: labels that count on, from 1 anew where another chapter's notes
/// begin. Of all lines that may be labels the best such chain is taken, so that one misread number costs nothing but
/// its own certainty. No note reaches over a heading, or over one of `titles`, sorted, which are not among the lines.
FoundNotes read_gathered_notes(const NotesOfBook&, const Lines& text, const Lines& lines, const Lines& titles);

/// The notes among the same lines whose labels are set in another way, as （注1） behind 〔5〕, if most of their marks
/// stand in the text. The notes of the first series end where one of these begins.
FoundNotes read_other_series(const NotesOfBook&, const Lines& text, const Lines& lines, const Lines& titles,
                             FoundNotes& first);

}  // namespace emend
