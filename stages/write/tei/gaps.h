// What is said of text that is missing: in the text, and in the header.
#pragma once
#include <pugixml.hpp>

#include "pipeline/document/document.h"

namespace emend {

/// Tells in the description of the source what it lacks, if it lacks something.
void write_missing(pugi::xml_node bibl, const Document&);

}  // namespace emend
