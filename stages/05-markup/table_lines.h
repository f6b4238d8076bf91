// Rows and cells of tables in Markdown: with pipes, and in HTML.
#pragma once
#include "pipeline/document/proposal.h"

namespace emend {

/// Lines [first, last] are a table with pipes; the second line may be a row of dashes.
void read_pipe_table(const Document&, std::size_t first, std::size_t last, Proposal&);

/// The last line of the HTML table that begins in line `first`: that of its </table>, or `first` if it does not close
/// before `most` lines.
std::size_t end_of_html_table(const Document&, std::size_t first, std::size_t most);

/// Lines [first, last] are a table in HTML. Its tags are kept as gaps between cells.
void read_html_table(const Document&, std::size_t first, std::size_t last, Proposal&);

}  // namespace emend
