// What must hold for every edition of every text, whatever it shows of its changes.
#pragma once
#include <array>
#include <string>

#include "pipeline/document/error.h"
#include "pipeline/document/ledger.h"
#include "stages/write/account.h"
#include "stages/write/tei/changes.h"
#include "stages/write/tei/tei.h"
#include "stages/write/validate/validate.h"

namespace emend {

/// Why `tei` is not proven by itself and the ledger (empty: the one within it); empty if it is.
inline std::string not_proven(const std::string& tei, std::string ledger_bytes) {
  try {
    const EditionText edition = read_edition(tei, "edition");
    if (ledger_bytes.empty()) ledger_bytes = edition.ledger;
    Ledger ledger = read_ledger(ledger_bytes, "ledger");
    const BookOptions options = ledger.options;
    const Document d = replay(source_from(edition.text, ledger, "edition"), ledger);
    return write_tei(d, options) == tei ? "" : "source and ledger do not make it";
  } catch (const Error& e) {
    return e.what();
  }
}

/// What is wrong with an edition of `d` that shows its changes in this way; empty if nothing is.
inline std::string wrong_with_edition(const Document& d, BookOptions options, const std::string& changes) {
  if (changes != "ledger") options.emplace_back("changes", changes);
  const Edition edition = write_edition(d, options, true);
  for (const Problem& p : validate(edition.tei, emend_grammar()))
    return changes + ": not valid: line " + std::to_string(p.line) + ": " + p.path + ": " + p.message;
  for (const std::string& problem : account_for(d, edition.tei, shown_changes(options)).problems)
    return changes + ": does not account: " + problem;
  const Ledger ledger = read_ledger(edition.ledger, "ledger");
  if (source_from(read_edition(edition.tei, "edition").text, ledger, "edition") != d.source)
    return changes + ": does not give its source back";
  const std::string fault = not_proven(edition.tei, changes == "inline" ? "" : edition.ledger);
  return fault.empty() ? "" : changes + ": " + fault;
}

}  // namespace emend
