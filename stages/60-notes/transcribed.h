// Reads notes as transcribers of printed books write them, behind the paragraph of their mark: `[Footnote 1: …]`.
#pragma once
#include <vector>

#include "stages/60-notes/foot.h"
#include "stages/60-notes/marks.h"

namespace emend {

struct TranscribedNote {
  Note note;
  NoteLabel word;       // the bracket and the word before the label, which are the transcriber's
  MarkPlace mark;       // the nearest `[1]` before it
  bool marked = false;  // there is one
};

/// The notes of that form, in the order of the text. A note ends with the bracket that closes its own.
std::vector<TranscribedNote> read_transcribed_notes(const Document& d);

}  // namespace emend
