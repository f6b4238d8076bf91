// Tables among the lines of the running text: rows of cells set apart by blanks, tabs or pipes.
#pragma once
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "pipeline/document/document.h"
#include "stages/65-paragraphs/page_lines.h"

namespace emend {

using ByteRange = std::pair<std::size_t, std::size_t>;  // of a line's current text

struct TableRow {
  std::size_t line = 0;            // index of the body line
  std::vector<ByteRange> gaps;     // between two cells each; two that touch leave an empty cell
  std::vector<ByteRange> borders;  // what is drawn around them: outer pipes, a whole line of dashes
  bool label = false;              // it names the columns
  bool drawn = false;              // nothing but a border: no row of its own
};

struct CellTable {
  std::size_t first = 0, last = 0;  // body lines
  std::vector<TableRow> rows;
  bool certain = true;  // otherwise `rows` is empty: the lines may be a table whose columns cannot be told
};

/// Tables of at least three rows whose columns are aligned, or which have the same number of cells in all rows (at
/// least three, or tabs or pipes between them). A numbered list, running text and a contents list are none.
std::vector<CellTable> find_tables(const Document& d, std::span<const BodyLine> lines);

}  // namespace emend
