// Whether a text is Markdown: told by what only Markdown has.
#pragma once
#include "pipeline/document/document.h"

namespace emend {

/// True if a person said so, or if the text itself shows it: headings with #, tables, images, fences, definitions of
/// notes. A name that ends in .md lets less evidence do.
bool is_markdown(const Document&);

}  // namespace emend
