// Notes that the source declares.
#pragma once
#include <vector>

#include "stages/60-notes/book.h"

namespace emend {

/// By line: whether the source says that it is of a note.
std::vector<bool> lines_of_declared_notes(const Document&);

/// The notes that the source declares among the lines of a page, and the marks in its text: one begins with each label,
/// and what has no label goes on with the one before, or with the last of the page before. No notes if a label has a
/// caret, as transcripts set them: those are read by it.
FoundNotes read_declared_foot(const NotesOfBook&, const Lines& page);

}  // namespace emend
