// Ends a note where text goes on behind it, as at the foot of a first column.
#pragma once
#include <vector>

#include "pipeline/rules/rules.h"
#include "stages/60-notes/foot.h"

namespace emend {

/// A note does not reach over much text behind a finished sentence that a blank line sets apart, or over lines in the
/// measure of the page where the note is set wider, in smaller type: that is the next column. Where the text above the
/// notes breaks off (`torn`) it goes on behind them, and a short line ends the note as well. In Markdown each blank line
/// ends a paragraph, and with it the note. `measure`: the usual width of the page's lines.
void end_before_text(const Document& d, const std::vector<FootLine>& lines, Note& note, std::size_t measure, bool torn);

/// Nor over what publishers set below the notes, behind a blank line: licence, ISSN, address.
void end_before_imprint(const Rules&, const std::vector<FootLine>& lines, Note& note);

}  // namespace emend
