// DOCX of our own look: the reference document that Pandoc takes its styles from, and what its writer leaves out.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "stages/write/package/book_facts.h"

namespace emend {

/// A reference document for the book: the parts of styles/docx with fonts, languages and indents for its language,
/// running heads from its chapters, and page numbers, laid out as `layouts.h` has it under that name. The same facts
/// and layout give the same bytes.
std::string reference_docx(const BookFacts& facts, std::string_view layout = "");

/// The DOCX that Pandoc made, with a contents field, endnotes as such, the languages of its words, East Asian quotation
/// marks in East Asian fonts, and document properties. A part that is not as expected stays as it is, and `warnings`
/// names it. Error(Exit::pandoc) if `docx` is no complete DOCX.
std::string finish_docx(std::string_view docx, const BookFacts& facts, std::vector<std::string>& warnings);

/// How the bridge tells `finish_docx` what Pandoc's writer has no words for: as bookmarks around it, which are taken
/// out again. `number` makes them unlike.
std::string docx_language_mark(std::string_view language, int number);
std::string docx_endnote_mark(int number);
inline constexpr std::string_view docx_body_mark = "emend-body";

}  // namespace emend
