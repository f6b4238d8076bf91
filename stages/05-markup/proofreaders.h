// The marks of Distributed Proofreaders: pages that are parted by the names of their images, lines that are held.
#pragma once
#include "pipeline/document/proposal.h"

namespace emend {

/// Whether the text is the pages of a project there: it begins with a page's separator.
bool is_from_proofreaders(const Document&);
/// Hides the marks; proposes pages, verse, quotations, and words in italics or small capitals.
void read_proofreaders(const Document&, Proposal&);

}  // namespace emend
