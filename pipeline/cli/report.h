// What a conversion found, repaired and doubts, told to a person at a glance, or to a machine.
#pragma once
#include <string>
#include <vector>

#include "pipeline/cli/findings.h"
#include "pipeline/cli/outputs.h"
#include "pipeline/cli/terminal.h"
#include "pipeline/document/error.h"

namespace emend {

/// Some ten lines. `shown_input` is what the user called the input.
std::string summary(const Findings&, const std::string& shown_input, const std::vector<Output>& made, const Paint&);

/// The same as one line of JSON; the manual lists its keys.
std::string summary_json(const Findings&, const std::string& input, const std::vector<Output>& made);
/// The line for a book that could not be converted.
std::string failure_json(const std::string& input, const Error&);

}  // namespace emend
