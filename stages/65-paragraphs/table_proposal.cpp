// Rows of a table as blocks, and what is no cell in them as phrases.
#include "stages/65-paragraphs/table_proposal.h"

namespace emend {

void propose_rows(const CellTable& table, const Document& d, std::span<const BodyLine> lines, Proposal& out) {
  const auto name_parts = [&](const TableRow& row) {
    const Line& line = d.lines[lines[row.line].line];
    for (const auto& [begin, end] : row.borders) out.phrase(line, begin, end, "leader", "", "par.border");
    for (const auto& [begin, end] : row.gaps) out.phrase(line, begin, end, "gap", "", "par.gap");
  };
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const TableRow& row = table.rows[r];
    name_parts(row);
    if (row.drawn) continue;
    std::size_t last = row.line;  // a line that is drawn below a row goes with it
    while (r + 1 < table.rows.size() && table.rows[r + 1].drawn) {
      name_parts(table.rows[++r]);
      last = table.rows[r].line;
    }
    out.block(lines[row.line].line, lines[last].line, "row", row.label ? "role=label" : "", "par.row", {90, {}});
  }
}

}  // namespace emend
