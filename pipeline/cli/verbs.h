// The verbs of the program; `main` has their table.
#pragma once
#include "pipeline/cli/options.h"

namespace emend {

extern const Verb verb_convert, verb_batch, verb_export, verb_validate, verb_verify, verb_undo, verb_explain,
    verb_review, verb_diff, verb_cite, verb_stages, verb_stage;

/// "emend: MESSAGE" on standard error, on one line.
void complain(std::string_view message);

}  // namespace emend
