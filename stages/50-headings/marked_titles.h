// Titles that bear the first mark of notes: of essays that were gathered, each with a note on where it first stood.
#pragma once
#include "stages/50-headings/found.h"

namespace emend {

/// Lines set far in and apart, without a sentence, that end with the mark of note 1 (说胡须〔１〕), where several of the
/// book do and no chapter has a number of its own. What is numbered below them moves down.
void find_marked_titles(Found&);

}  // namespace emend
