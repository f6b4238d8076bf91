// What a conversion found, repaired and doubts, for a person to read at a glance.
#pragma once
#include <string>
#include <vector>

#include "pipeline/cli/outputs.h"
#include "pipeline/document/ledger.h"

namespace emend {

/// Whether a person should look at it: a doubt that a stage stated, or a decision that is less than certain.
bool needs_a_look(const Change&);
std::size_t doubts(const std::vector<Change>&);

/// Some ten lines. `shown_input` is what the user called the input.
std::string summary(const Document&, const BookOptions&, const std::string& shown_input,
                    const std::vector<Output>& made);

/// Where the title of the edition comes from: "given", "from the text" or "from the file name".
std::string_view origin_of_title(const Document&, const BookOptions&);

}  // namespace emend
