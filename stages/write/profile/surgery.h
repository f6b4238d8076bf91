// What a mapping does to the elements of a tree.
#pragma once
#include <pugixml.hpp>
#include <string>
#include <vector>

namespace emend {

/// Puts the content of the element in its place.
void unwrap_element(pugi::xml_node node);

/// Ends the elements of these names that the element stands in before it; what follows it goes on in others like them.
void set_apart(pugi::xml_node node, const std::vector<std::string>& names);

/// Moves the element, and what stands between, to the end of the last `sibling` before it; nothing, if there is none.
void join_to(pugi::xml_node node, const std::string& sibling);

/// A blank before the element, unless it is the first in its parent or one stands there.
void blank_before(pugi::xml_node node);

}  // namespace emend
