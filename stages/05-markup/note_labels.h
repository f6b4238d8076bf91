// The labels that notes begin with in Markdown, by their spelling.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace emend {

struct SpelledLabel {
  std::string mark;     // as 1 or ①; empty if there is none
  std::size_t end = 0;  // of the label, as bytes of the line
};

/// ① or [1] at byte `from` of a line; and 1, 1. or 1) if the line is known to be a note.
SpelledLabel note_label(std::string_view line, std::size_t from, bool note);

/// `model.[1](#page-0-0)`: whether the words of a link are the mark of a note: a number right behind a word, linked to
/// a place in the text. `before` ends with the bracket that opens the link.
bool links_to_note(std::string_view before, std::string_view words, std::string_view target);

}  // namespace emend
