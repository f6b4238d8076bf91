// Notes of transcripts, whose marks have a caret: ^①.
#pragma once
#include <vector>

#include "stages/60-notes/book.h"

namespace emend {

/// Where among the lines of a page its notes begin; their number if it has none. Where a note is `open`, lines above
/// the first label that a blank line sets apart finish it, and so does a paragraph at the foot that begins within a sentence
/// though the one above it ends one.
std::size_t raised_foot_of(const NotesOfBook&, const Lines& page, bool open);

/// The notes from there on, and the marks above: every line with a raised label begins a note that is set as the others
/// are, or as its mark is.
FoundNotes read_raised_foot(const NotesOfBook&, const Lines& page, bool open);

}  // namespace emend
