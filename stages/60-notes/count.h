// The numbers of notes that run on through a book whose labels were misread here and there.
#pragma once
#include <vector>

#include "stages/60-notes/book.h"

namespace emend {

struct CountedLabel {
  std::size_t line = 0;
  int value = 0;
};

/// Of the labels that can be read, one a page, those that count on: the best chain of rising numbers that no page has
/// too many of, and that chapters begin anew. In the order of the text; none if the book's notes are read well, or
/// begin anew on each page.
std::vector<CountedLabel> read_count(const NotesOfBook&, const std::vector<Lines>& pages, const NoteStyle&);

/// What the count says of a page: the number before its notes is `above` at least, its notes stay below `below`, and
/// `here`, if it is not 0, is the number of one of the first.
struct Due {
  int above = 0, here = 0, below = 1000;
  bool anew = true;     // a chapter may have begun since the last label
  bool begins = false;  // one has begun before the next, which is not its first
};
Due due_on(const std::vector<CountedLabel>&, const Lines& page);

}  // namespace emend
