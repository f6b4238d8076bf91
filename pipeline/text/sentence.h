// Where sentences and notes begin and end, as far as one line can tell.
#pragma once
#include <cstdint>
#include <string_view>

#include "pipeline/text/numerals.h"

namespace emend {

/// How a mark is set: ^① as transcripts write superscripts, ①, [1], (1), ¹, or a bare 1 or *. `closed` is 1) or *),
/// which only those tell from a bare one who look for notes.
enum class MarkForm : std::uint8_t {
  none,
  raised,
  circled,
  bracketed,
  parenthesised,
  symbol,
  bare,
  superscript,
  closed
};

/// A note mark, in the text or at the head of a note.
struct Mark {
  Number number;
  MarkForm form = MarkForm::none;
  bool raised = false;     // it has a caret
  std::size_t length = 0;  // bytes, caret and brackets included
  std::string_view shown;  // as printed, without the caret: ①, [1], (1), *

  explicit operator bool() const { return form != MarkForm::none; }
};

/// The mark that `s` begins with, if it does.
Mark read_mark(std::string_view s);
/// Whether the line begins with a mark that transcripts set before a note: raised, followed by text.
bool opens_note(std::string_view line);
/// Whether a sentence can end with the last character of `s` (quotation marks and note marks behind it are passed
/// over).
bool ends_sentence(std::string_view s);
/// `s` without a bracket that stands behind the end of its sentence, as the source of a quotation does:
/// 。（1981a，第1页）
std::string_view without_source(std::string_view s);
/// Whether the line ends with who said it, behind a dash that follows a quotation: “…” — Anna Moor, 1820.
bool ends_with_speaker(std::string_view line);
/// Whether a line of running text (long, not a title) breaks off within a sentence.
bool seems_torn(std::string_view line);
/// Whether `s` begins as the middle of a sentence does: with a lower-case letter, Han, or a closing mark.
bool continues_sentence(std::string_view s);
/// Whether `s` begins with an internet address.
bool begins_with_address(std::string_view s);

}  // namespace emend
