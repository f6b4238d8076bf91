// What the source declares of the printed page: the lines at its foot that are of notes, and the words in the text that
// are raised.
#pragma once
#include <vector>

#include "stages/60-notes/book.h"
#include "stages/60-notes/misread_letters.h"

namespace emend {

/// By line, whether the source declares it to be one of a note.
std::vector<bool> seen_note_lines(const Document& d);

/// What the lines that the source declares to be notes show: what their labels look like, and whether their marks can
/// be read.
struct SeenStyle {
  NoteStyle style;
  bool many = false;  // so many pages have such lines that the others have no notes
};
SeenStyle learn_seen(const NotesOfBook&, const std::vector<Lines>& pages);

/// Of the lines of a page, the last that are declared notes and nothing else; other blocks do not stand among them.
Lines seen_notes(const NotesOfBook&, const Lines& page);

/// The notes in those lines. The first lines may finish the last note of the page before, which may be `open`; where
/// nothing tells a number, they are one note. `last` is the number of the last note before.
FoundNotes read_seen_foot(const NotesOfBook&, const Lines& page, const Lines& noted, const NoteStyle&, bool open,
                          int last);

/// Whether the last of those lines fills the measure: then its note may go on on the next page.
bool fills_measure(const NotesOfBook&, const Lines& page, const Lines& noted);

/// The words in the line that the source declares `unsure`, left to right.
std::vector<UnsureWord> unsure_words(const Document& d, std::size_t line);

/// Whether the source declares which words are `unsure`: then the others are sure.
bool tells_unsure(const Document& d);

/// Of `places`, which are in line `line` from index `from` on, those that the source declares raised are said to be
/// seen, and where it tells which words are unsure the others to be sure; raised words that are none of the places are
/// added, in the order of the line.
void see_words(const Document& d, std::size_t line, std::size_t from, bool unsure_told, std::vector<MarkPlace>& places);

}  // namespace emend
