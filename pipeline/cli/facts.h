// What is said about a book, as options of its ledger: its title, its authors, its encoding; on the command line or
// beside it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/cli/options.h"
#include "pipeline/document/ledger.h"

namespace emend {

/// What stands beside a text: its facts (BOOK.meta) and what was decided about it (BOOK.decisions); empty: none.
struct Sidecars {
  std::string meta, decisions;
};

/// The facts that the options --title, --author, --date, --publisher, --language, --encoding, --columns and --changes
/// give. Error(Exit::usage) for what no edition could hold.
BookOptions facts_said(const Arguments&);

/// Reads lines `key: value`; blank lines and those that begin with # are skipped. Error(Exit::usage) "file:line: …".
BookOptions read_sidecar(const std::string& path);

/// The sidecars to use for `input`: those that --meta and --decisions name, else INPUT.meta and INPUT.decisions in
/// place of its extension, where they are there.
Sidecars sidecars_for(const std::string& input, const Arguments&);

/// The facts that decisions tell (`fact title: …`). Error(Exit::usage) for what no edition could hold; `where` is the
/// file.
BookOptions facts_decided(const std::vector<std::string>& decisions, const std::string& where);

/// Each key once but author; in the order of the keys. What `stronger` says of a key replaces all that `weaker` says.
BookOptions merged(const BookOptions& weaker, const BookOptions& stronger);
/// The first value of a key; empty if nothing says it.
std::string option_of(const BookOptions&, std::string_view key);

/// What is recorded in the same way, and never said by users.
namespace recorded {
constexpr std::string_view kept_bytes = "encoding-bytes";  // what a place of the text is encoded as
constexpr std::string_view columns_at = "columns-at";      // a place in two columns
constexpr std::string_view entries_at = "entries-at";      // a contents list in pieces
constexpr std::string_view pieces_at = "pieces-at";        // what was set beside its place
constexpr std::string_view breaks_at = "breaks-at";        // a line that was broken in two
constexpr std::string_view file_digest = "file-sha256";    // of a PDF, whose text is the source
constexpr std::string_view stage_ran = "stage";            // between two of a chain only
constexpr std::string_view decision = "decision";          // a line of the decisions file
}  // namespace recorded

/// The value of `changes` that is what happens anyway.
constexpr std::string_view changes_in_ledger = "ledger";

}  // namespace emend
