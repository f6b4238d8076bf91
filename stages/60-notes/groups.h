// Notes of texts without pages, in groups below the text of their page or chapter.
#pragma once
#include <vector>

#include "stages/60-notes/book.h"

namespace emend {

/// Where no page ends: groups set apart by blank lines, with labels of one form that count on, and with their marks in
/// the text since the group before.
std::vector<FoundNotes> find_groups(const NotesOfBook&, const Lines&);

}  // namespace emend
