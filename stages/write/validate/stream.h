// A verdict on a document as its bytes go by: most are valid, and then no tree of them need be built.
#pragma once
#include <libxml/relaxng.h>

#include <string_view>

namespace emend {

/// Whether the grammar accepts the document, its identifiers are unique, and each reference leads to one of them. False
/// also where this way of reading cannot tell; what is wrong is told by the tree.
bool surely_valid(std::string_view xml, xmlRelaxNG& schema);

}  // namespace emend
