// The edition: a document as TEI P5, in one sweep over its lines.
#pragma once
#include <string>

#include "pipeline/document/ledger.h"

namespace emend {

/// TEI of the profile (`schemas/emend.odd`). A pure function of the document and of what the user said about the book:
/// no clock, no path, no locale.
std::string write_tei(const Document&, const BookOptions&);

}  // namespace emend
