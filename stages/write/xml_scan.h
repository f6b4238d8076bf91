// The tags and texts of an XML document, one behind the other, without a tree: an audit of a large book needs no room
// for one. It is for editions as they are written, without DTD or names for characters of their own.
#pragma once
#include <functional>
#include <string_view>

namespace emend {

/// What is met in the order of the document. Texts come in pieces, which are characters and no references to them.
struct XmlVisitor {
  std::function<void(std::string_view name, std::string_view attributes)> open;
  std::function<void()> close;
  std::function<void(std::string_view)> text;
};

/// False if it breaks off, its tags do not match, or something is met that no edition has.
bool scan_xml(std::string_view xml, const XmlVisitor&);

/// The value of an attribute as it stands in the tag, with its references; nothing if it is not there.
std::string_view attribute_in(std::string_view attributes, std::string_view name);

/// Calls f with the pieces of what stands in a tag or between tags. False if a reference is not known.
bool each_piece_of_text(std::string_view written, const std::function<void(std::string_view)>& f);

}  // namespace emend
