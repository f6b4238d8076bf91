// Which note belongs to which mark: two ordered sequences, aligned as a whole.
#pragma once
#include <string_view>
#include <vector>

#include "stages/60-notes/foot.h"
#include "stages/60-notes/marks.h"

namespace emend {

struct NoteLink {
  std::size_t place = 0, note = 0;  // indices
  std::uint8_t sure = 0;
  std::string_view rule, reason;  // static
};

/// The best alignment of marks and notes that keeps the order of both: marks may be lost, doubled or misread, and notes
/// may have lost theirs (global alignment with gaps, Needleman and Wunsch 1970). Odd characters are taken for a mark
/// only where their own weight, the number that they show, or the words before them, which the note repeats, speak for
/// it; in a book whose style is not `noisy` much must. The cost is marks times notes, up to a band around the diagonal.
std::vector<NoteLink> align_notes(const Document& d, const std::vector<MarkPlace>& places,
                                  const std::vector<Note>& notes, const NoteStyle& style);

/// Where a note without a mark belongs: in a line, behind the words that the note begins with, if a blank or a single
/// odd Han character stands there that may be what is left of the mark. No weight if there is no such place.
MarkPlace place_by_words(const Document& d, std::size_t line, const Note& note);

/// The words a note begins with, folded; labels are left out.
std::u32string head_of(const Document& d, const Note& note);

}  // namespace emend
