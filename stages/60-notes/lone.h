// Notes that stand among the paragraphs of a marked-up text, as paragraphs or list items of their own.
#pragma once
#include <vector>

#include "stages/60-notes/told.h"

namespace emend {

/// Tools that write Markdown leave notes where the page had them, and most spell marks and labels in two ways:
/// `word<sup>3</sup>`, `word [3]` or `word. 3` above, `3 Text`, `3Text` or `- 3. Text` below. Paragraphs whose numbers
/// count on are notes if marks above with those numbers are theirs, and if they stand where a page ends or cut a
/// sentence in two; elsewhere only raised marks tell so much. What was told is left alone.
std::vector<LoneNote> find_lone_notes(const NotesOfBook&, const Told&);

}  // namespace emend
