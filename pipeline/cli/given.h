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
  std::string ledger_sha256;  // of its bytes as they are
};

/// Tells `IN TEI LEDGER`, `TEI LEDGER`, `IN TEI` and `TEI` apart, and reads the last two. Error(Exit::usage) if there
/// is no ledger, or if standard input is to be read twice.
Given given_edition(const std::vector<std::string>& operands);

/// Error(Exit::invalid) if the ledger is not, byte for byte, the one that the edition says it was written with.
void check_seal(const Given&);

/// The source out of the text and the ledger of the edition alone. Error(Exit::invalid) if they do not give it.
std::string source_of(const Given&);

}  // namespace emend
