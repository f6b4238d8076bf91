// The headings that the source itself marks.
#pragma once
#include "stages/50-headings/found.h"

namespace emend {

/// Adds them; false if the source marks none. Its levels are taken where it uses more than one and they agree with the
/// numbers, those of listed headings too; else numbers tell them, as they do in a text without markup, and what has no
/// number stands at the top or below the numbered one before.
bool find_declared(Found&, Proposal&);

}  // namespace emend
