// Texts of Project Gutenberg, and others that follow its conventions.
#pragma once
#include "pipeline/document/proposal.h"

namespace emend {

/// Whether the text has the frame that Project Gutenberg puts around its books.
bool is_from_gutenberg(const Document&);

/// Hides the marks and says what they mean: _words_ are in italics, =words= in bold, both over line ends as well;
/// [Illustration: words] is a figure with that caption, and [Illustration] a figure of which nothing is left. The notice and
/// the notes in brackets are for other stages. What does not close within its paragraph is text.
void read_gutenberg(const Document&, Proposal&);

}  // namespace emend
