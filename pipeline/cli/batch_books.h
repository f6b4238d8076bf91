// The books of a batch: which, and which of them are this machine's.
#pragma once
#include <string>
#include <vector>

#include "pipeline/cli/options.h"

namespace emend {

struct BatchBook {
  std::string input;
  std::string below;  // the folder where it stands, below the folder that was given; empty: in that, or given itself
};

/// Files as they were given; of folders, the texts in them and in all folders below, by name; of --files-from, a name a
/// line, or with a NUL behind each. Then the share that --shards and --shard leave. Error(Exit::usage), or
/// Error(Exit::input) for a folder or list that cannot be read; a book that is not there is told in its turn.
std::vector<BatchBook> books_of(const Arguments&);

/// The whole number that an option says, or `otherwise`. Error(Exit::usage) if it is none.
std::size_t number_said(const Arguments&, const std::string& option, std::size_t otherwise);

}  // namespace emend
