// Contents lists that a tool took for tables.
#pragma once
#include <cstddef>
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "stages/05-markup/line_form.h"

namespace emend {

/// Whether the rows [first, end) of a table with pipes are a contents list: their last cells are page numbers that
/// rise, and a heading stands right above, which says so or has several rows of two cells below it.
bool is_contents_table(const Document&, const Rules&, const std::vector<LineForm>&, std::size_t first, std::size_t end);

/// Lets the rows read as entries, each with a gap before its page.
void read_contents_table(const Document&, const std::vector<LineForm>&, std::size_t first, std::size_t end, Proposal&);

}  // namespace emend
