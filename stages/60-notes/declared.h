// Notes that the source declares.
#pragma once
#include <vector>

#include "stages/60-notes/foot.h"

namespace emend {

/// By line: whether the source says that it is of a note.
std::vector<bool> lines_of_declared_notes(const Document&);

/// The notes that the source declares among `lines`, which are of one page: one begins with each label, and what has no
/// label goes on with the one before, or with the last of the page before. None if a label has a caret, as transcripts
/// set them: those are read by it.
std::vector<Note> read_declared_notes(const Document&, const std::vector<bool>& declared,
                                      const std::vector<std::size_t>& lines);

}  // namespace emend
