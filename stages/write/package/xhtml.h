// XHTML of an EPUB as a tree: read, asked and written again without a blank changed.
#pragma once
#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace emend {

/// Parses `text` into `document`, white space and all. False if it is not well-formed.
bool parse_xhtml(std::string_view text, pugi::xml_document& document);

/// The tree as text. Elements without content are closed by a tag of their own, but for those that HTML knows as empty,
/// so that readers that take it for HTML see the same tree.
std::string write_xhtml(const pugi::xml_document& document, std::size_t about = 0);

/// The same for XML that is no XHTML: every element without content is one empty tag.
std::string write_xml(const pugi::xml_document& document, std::size_t about = 0);

/// Appends `text` as the content of an element or attribute.
void append_escaped(std::string& out, std::string_view text);

/// Whether the white-space-separated list @class has `name`.
bool has_class(const pugi::xml_node& node, std::string_view name);

/// Sets an attribute, adding it at the end if it is not there.
void set_attribute(pugi::xml_node node, const char* name, const std::string& value);

/// 1 to 6 for h1 to h6, else 0.
int heading_level(const pugi::xml_node& node);

/// The element after `node` in document order that lies below `root`; empty at the end.
pugi::xml_node next_element(pugi::xml_node node, const pugi::xml_node& root);

}  // namespace emend
