// The teiHeader: what the edition is, where it comes from, and what was done to it.
#pragma once
#include <pugixml.hpp>
#include <string>

#include "pipeline/document/ledger.h"

namespace emend {

/// What is known of the book as a whole, under `key` (title, author, language …): what the user said, else what the
/// text says, else what must be assumed (the title from the file's name, language `und`).
std::string book_fact(const Document&, const BookOptions&, std::string_view key);

/// Fills the header of an edition whose text is written.
void write_header(pugi::xml_node header, pugi::xml_node text, const Document&, const BookOptions&);

}  // namespace emend
