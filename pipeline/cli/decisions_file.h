// Changing a decisions file by what a reviewer added and took back, and by nothing else.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace emend {

struct DecisionsChange {
  std::vector<std::string> added, removed;  // lines, without line ends
  std::string stamp;                        // "# 2026-11-29 23:20, Ada Quill": when the added ones were, and whose
  std::string known;                        // the SHA-256 of the file that was changed; empty: whatever it is
};

/// What the review page sends: lines that begin with + or -, the decision behind it, at most one stamp (#), and at most
/// one digest (=). Error(Exit::usage) for anything else, and for an added line that is no decision; `where` is what
/// messages call it.
DecisionsChange read_decisions_change(std::string_view body, const std::string& where);

/// The file with that done to it: comments, blank lines and all other decisions stay as they are, byte for byte;
/// removed lines go wherever they stand; added ones that are not there yet come at the end, below their stamp. A stamp
/// below which nothing is left goes, too.
std::string changed_decisions(std::string_view file, const DecisionsChange&);

}  // namespace emend
