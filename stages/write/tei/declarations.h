// The encodingDesc: by which program, stages and rules the text became what it is, counted from the ledger.
#pragma once
#include <pugixml.hpp>

#include "pipeline/document/ledger.h"

namespace emend {

/// `text` is the text of the edition, already written.
void write_encoding(pugi::xml_node header, pugi::xml_node text, const Document&, const BookOptions&);

}  // namespace emend
