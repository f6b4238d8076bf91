// The change policies: which readings an edition shows.
#pragma once
#include "pipeline/document/ledger.h"

namespace emend {

/// The policies of --changes, recorded in the ledger as the option `changes`.
enum class Shows {
  corrected,   // `ledger`: the corrected text; what it read before is in the ledger
  both,        // `inline`: each change is a choice of the old and the new reading
  diplomatic,  // `none`: the text as it stands in the source
};

/// The policy that the options name; `corrected` if they name none.
Shows shown_changes(const BookOptions&);

}  // namespace emend
