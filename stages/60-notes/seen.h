// What the source declares of the printed page: the lines at its foot that are of notes, and the words in the text that
// are raised.
#pragma once
#include <vector>

#include "stages/60-notes/foot.h"
#include "stages/60-notes/marks.h"

namespace emend {

/// By line, whether the source declares it to be one of a note.
std::vector<bool> seen_note_lines(const Document& d);

/// Whether a declared raised word begins the line.
bool begins_raised(const Document& d, const Line& line);

/// How the book sets its notes, by the labels that can be read in `feet`, the declared lines of each page.
NoteStyle style_of_seen(const std::vector<std::vector<FootLine>>& feet);

/// Whether the source declares which words are `unsure`: then the others are sure.
bool tells_unsure(const Document& d);

/// Of `places`, which are in line `line` from index `from` on, those that the source declares raised are said to be
/// seen, and where it tells which words are unsure the others to be sure; raised words that are none of the places are
/// added, in the order of the line.
void see_words(const Document& d, std::size_t line, std::size_t from, bool unsure_told, std::vector<MarkPlace>& places);

}  // namespace emend
