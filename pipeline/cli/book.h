// A book as the user hands it over: a text or a half-done document, and what they say about it.
#pragma once
#include <string>
#include <vector>

#include "pipeline/cli/options.h"
#include "pipeline/document/ledger.h"
#include "pipeline/run/plan.h"
#include "stages/read/columns.h"
#include "stages/read/entry_lines.h"

namespace emend {

struct Book {
  Document document;
  BookOptions options;  // in the order of the keys below, so that it does not matter who said what
  bool begun = false;   // it came down a pipe from `emend stage`, so the stages wanted have run
  std::vector<std::string> ran;  // those stages
};

/// What stands beside a text: its facts (BOOK.meta) and what was decided about it (BOOK.decisions); empty: none.
struct Sidecars {
  std::string meta, decisions;
};

/// Reads `input` ("-" is standard input). Facts come from the document that a pipe hands on, then from the sidecar,
/// then from `said`; the later wins. Decisions become part of the options and rulings of the document; those of a file
/// replace what a pipe hands on. A text that is not UTF-8 is decoded, and the options then say
/// from which encoding and which places of it must be kept as bytes.
Book open_book(const std::string& input, const Sidecars&, const BookOptions& said);

/// A document for the next of a chain; it says which stages have run, which no change tells of one that found nothing.
std::string write_for_pipe(const Book&);

/// Where the text stands in two columns, as the options record it.
std::vector<Columns> columns_of(const BookOptions&);
/// Where it had contents lists in pieces, once its columns stood one after the other.
std::vector<EntryLines> entries_of(const BookOptions&);

/// The text that `ledger` was made from, out of the file that was converted: decoded as the ledger says, and proven to
/// give the file back byte for byte when encoded again. Error(Exit::invalid) if it cannot be that file.
std::string source_of(const std::string& input, const Ledger& ledger);

/// The file that was converted, out of the text that its ledger was made from: columns side by side and encoded as it
/// was.
std::string encoded(std::string source, const Ledger& ledger);

/// The facts that the options --title, --author, --date, --publisher, --language, --encoding, --columns and --changes
/// give. Error(Exit::usage) for what no edition could hold.
BookOptions facts_said(const Arguments&);

/// Reads lines `key: value`; blank lines and those that begin with # are skipped. Error(Exit::usage) "file:line: …".
BookOptions read_sidecar(const std::string& path);

/// The sidecars to use for `input`: those that --meta and --decisions name, else INPUT.meta and INPUT.decisions in
/// place of its extension, where they are there.
Sidecars sidecars_for(const std::string& input, const Arguments&);

/// The bytes of the files that --rules names, and a plan with them. The plan views the bytes.
struct Machine {
  explicit Machine(const std::vector<std::string>& rule_files);
  std::vector<std::string> texts;
  Plan plan;
};

/// The stage, or Error(Exit::usage) with the nearest name.
const Stage& stage_named(const Plan&, const std::string& name);

}  // namespace emend
