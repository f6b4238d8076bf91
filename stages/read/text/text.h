// Bytes to a document: plain text, as OCR and PDF extraction leave it.
#pragma once
#include <string>
#include <string_view>

#include "pipeline/document/document.h"

namespace emend {

/// `name` is what messages and the header call the input. Error(Exit::input) if it is empty, larger than 4 GiB, holds
/// NUL bytes or mostly bytes that are no text; bytes that are not UTF-8 are kept, for a stage to mark (a text in
/// another encoding is decoded before it comes here: stages/read/text/encoding.h).
Document read_text(std::string name, std::string bytes);

/// What the bytes are by how they begin and end, if that is markup that is not read as text: "XML", "HTML", "RTF",
/// "LaTeX" or "JSON"; else nothing: a book about one of them, or a Markdown with some of it, is text.
std::string_view markup_of(std::string_view bytes);

}  // namespace emend
