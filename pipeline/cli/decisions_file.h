// Changing a decisions file by what a reviewer added and took back, and by nothing else.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace emend {

struct DecisionsChange {
  std::vector<std::string> added, removed;  // lines, without line ends
};

/// What the review page sends: lines that begin with + or -, the decision behind it. Error(Exit::usage) for anything
/// else, and for an added line that is no decision; `where` is what messages call it.
DecisionsChange read_decisions_change(std::string_view body, const std::string& where);

/// The file with that done to it: comments, blank lines and all other decisions stay as they are, byte for byte;
/// removed lines go wherever they stand; added ones that are not there yet come at the end.
std::string changed_decisions(std::string_view file, const DecisionsChange&);

}  // namespace emend
