// What a book says of itself: read from the TEI header, written as Pandoc's metadata.
#pragma once
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "stages/write/package/book_facts.h"

namespace emend {

/// The local name of a TEI element: "p" for <p> and <tei:p>.
std::string_view local_name(const pugi::xml_node& node);

/// All text below `node`, with runs of white space as one space and none at the ends. Of a choice, the corrected
/// reading.
std::string plain_text(const pugi::xml_node& node);

/// The metadata of the book whose root element is `root` and whose bytes are `tei`. A title is always found: the
/// header's, else the title page's, else the first heading's, else "Untitled".
BookMetadata book_metadata(const pugi::xml_node& root, std::string_view tei);

/// The value of "meta" in Pandoc's JSON.
std::string metadata_json(const BookMetadata& metadata);

}  // namespace emend
