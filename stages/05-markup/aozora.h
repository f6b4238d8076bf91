// Texts of Aozora Bunko, and others that follow its conventions (青空文庫 注記一覧).
#pragma once
#include "pipeline/document/proposal.h"

namespace emend {

/// Whether the text explains Aozora's signs at its head, or has several of its annotations.
bool is_from_aozora(const Document&);

/// Hides the annotations ［＃…］ that tell how words are set, and says what they mean: headings of three grades, pages,
/// bold and slanted words. Readings 《…》 are text, and stand in brackets behind their words. What describes a character
/// or a picture, and whatever is unknown, is left as it is. The explanation of the signs and the note on the
/// copy-text are the archive's frame.
void read_aozora(const Document&, Proposal&);

}  // namespace emend
