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
  bool doctype = false;                          // it has one, which may define entities; none is ever read
};

/// Parses `tei` into `document` and gives its root. Error(Exit::input) if it is not well-formed, with the line, if the
/// root is not TEI's, or if it is nested deeper than `max_depth` of validate.h, which bounds the bridge's recursion.
pugi::xml_node parse_tei(std::string_view tei, pugi::xml_document& document);

/// `tei` are the bytes that `root` was parsed from.
Survey survey(const pugi::xml_node& root, std::string_view tei);

/// The first entity in a text that was parsed, as `&mdash;`, or nothing. Those of XML itself are characters by then.
std::string_view first_entity(std::string_view text);

/// The namespace that the root says it is in; TEI's is `tei_namespace`.
std::string_view namespace_of(const pugi::xml_node& root);
inline constexpr std::string_view tei_namespace = "http://www.tei-c.org/ns/1.0";

/// `id` as XHTML, OOXML and Pandoc can bear it: no blanks, and none of the names that Pandoc gives to its own notes.
std::string safe_id(std::string_view id);

/// `address` as a link of a book may have it, percent-encoded where it must be; empty if no reader could follow it: a
/// relative address, an unknown scheme, a host that is none.
std::string safe_address(std::string_view address);

}  // namespace emend
