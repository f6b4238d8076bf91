// What the printed book says of itself, in the header of its edition.
#pragma once
#include <pugixml.hpp>

#include "pipeline/document/document.h"
#include "stages/write/tei/header.h"

namespace emend {

/// Titles, authors, editors and translators, into `titleStmt`; what the user says stands instead of what was read.
void write_titles_and_persons(pugi::xml_node title_statement, const Document&, const BookOptions&);
/// Imprint, thesis, series and numbers of the printed book, into `sourceDesc`: nothing if the book tells nothing.
void write_printed_book(pugi::xml_node source_description, const Document&);

}  // namespace emend
