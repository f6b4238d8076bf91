// The edition: a document as TEI P5, in one sweep over its lines.
#pragma once
#include <string>

#include "pipeline/document/ledger.h"

namespace emend {

struct Edition {
  std::string tei;
  std::string ledger;  // with the steps from this TEI's text to the source; empty unless it was asked for
};

/// TEI of the profile (`schemas/emend.odd`), and the ledger that goes with it. A pure function of the document and of
/// what the user said about the book: no clock, no path, no locale. If the changes are to be shown inline, the TEI
/// holds the ledger, too.
Edition write_edition(const Document&, const BookOptions&, bool with_ledger = false);

inline std::string write_tei(const Document& d, const BookOptions& options) { return write_edition(d, options).tei; }

/// What a ledger's steps refer to: all text below /TEI/text; the ledger within the TEI if there is one; and the SHA-256
/// of the ledger that it was written with, as its header says it. Error(Exit::input) naming `where`, if this is no TEI.
struct EditionText {
  std::string text, ledger, seal;
};
EditionText read_edition(const std::string& tei, const std::string& where);

/// The source that an edition was made from, out of its TEI and its ledger, proven by its size and SHA-256.
/// Error(Exit::invalid) if the text of the edition is not as it was written, or the ledger was written without one.
std::string source_from(const std::string& text, const Ledger&, const std::string& where);

}  // namespace emend
