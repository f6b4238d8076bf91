// Rules across the page that mark where pages end.
#pragma once
#include <vector>

#include "pipeline/document/document.h"
#include "stages/05-markup/line_form.h"

namespace emend {

/// Whether --- returns as a mark of pages: a page number, or the middle of a sentence, stands beside most of them.
bool rules_mark_pages(const Document& d, const std::vector<LineForm>& forms);

}  // namespace emend
