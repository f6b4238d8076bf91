// An edition that is handed over to be proven or undone: its TEI, and its ledger, which may be in the TEI or beside it.
#pragma once
#include <string>
#include <vector>

#include "pipeline/document/ledger.h"

namespace emend {

struct Given {
  std::string source_path;  // empty if the text that was converted was not given
  std::string tei_path, tei;
  std::string ledger_path;  // empty if the ledger is in the TEI
  Ledger ledger;
};

/// Tells `IN TEI LEDGER`, `TEI LEDGER`, `IN TEI` and `TEI` apart, and reads the last two. Error(Exit::usage) if there
/// is no ledger, or if standard input is to be read twice.
Given given_edition(const std::vector<std::string>& operands);

/// The source out of the text and the ledger of the edition alone. Error(Exit::invalid) if they do not give it.
std::string source_of(const Given&);

}  // namespace emend
