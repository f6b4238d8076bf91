// What of a book may be absent from the reading text of its edition: a closed list, which the writer obeys and the
// account holds every edition against. Whatever is not on it is text.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "pipeline/document/document.h"

namespace emend {

/// Why characters that the document has stand nowhere in the text of its edition. (Hyphens that a join removed are
/// edits, and so no longer characters of the document; furniture is written, as `fw`.)
enum class Absent : std::uint8_t {
  no,      // they are text, and are written
  mark,    // the mark of a note: the note stands in its place
  label,   // the label of a note: it is the note's n
  leader,  // dots between a title and its page, the border of a table; nothing else can be one
  gap,     // between two cells, which are elements
  markup,  // what a reader declared to be markup of its format
};
constexpr std::size_t absent_classes = 6;

/// Whether the characters of a phrase may be absent, and as what. A leader or gap that holds a letter, a digit or an
/// ideograph is text, whoever named it so; and so is a label that is not the n of its note,
/// and a mark that is another number than its note's.
Absent absent(const Document&, const Node& phrase);

/// Whether the name of a phrase says only how it is absent; where such a phrase is text, it is no element.
bool may_be_absent(std::string_view name);

/// The class in words, for people: "labels of notes".
std::string_view in_words(Absent);

}  // namespace emend
