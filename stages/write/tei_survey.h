// A first look through a TEI tree, so that the bridge knows which identifiers exist and which of them are linked to.
#pragma once
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <unordered_set>

namespace emend {

struct Survey {
  std::unordered_set<std::string_view> present;  // every xml:id in the text; the views live as long as the tree
  std::unordered_set<std::string_view> wanted;   // every #target in it, without the #
};

/// Parses `tei` into `document` and gives its root. Error(Exit::input) if it is not well-formed, with the line, if the
/// root is not TEI's, or if it is nested deeper than `max_depth` of validate.h, which bounds the bridge's recursion.
pugi::xml_node parse_tei(std::string_view tei, pugi::xml_document& document);

Survey survey(const pugi::xml_node& root);

/// `id` as XHTML, OOXML and Pandoc can bear it: no blanks, and none of the names that Pandoc gives to its own notes.
std::string safe_id(std::string_view id);

/// `address` as a link of a book may have it, percent-encoded where it must be; empty if no reader could follow it: a
/// relative address, an unknown scheme, a host that is none.
std::string safe_address(std::string_view address);

}  // namespace emend
