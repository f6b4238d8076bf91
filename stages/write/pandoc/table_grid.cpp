// Lays cells out as HTML does, row by row into the leftmost free columns, within the head and within the body.
#include "stages/write/pandoc/table_grid.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "stages/write/tei/metadata.h"

namespace emend {
namespace {

using pugi::xml_node;
constexpr int most_span = 100;

int span_of(const xml_node& cell, const char* name) { return std::clamp(cell.attribute(name).as_int(1), 1, most_span); }

/// Columns that rows above reach into, with how many rows from here on.
using Covered = std::vector<int>;

void lay_out(GridRow& laid, int rows_left, Covered& covered) {
  std::size_t column = 0;
  const auto is_covered = [&](std::size_t c) { return c < covered.size() && covered[c] > 0; };
  for (const xml_node& cell : laid.row.children()) {
    if (local_name(cell) != "cell") continue;
    while (is_covered(column)) ++column;
    const int rows = std::min(span_of(cell, "rows"), rows_left);
    int cols = 0;
    for (const int wanted = span_of(cell, "cols"); cols < wanted && !is_covered(column); ++cols, ++column) {
      if (column >= covered.size()) covered.resize(column + 1, 0);
      covered[column] = -rows;  // taken by this row; counted down with the others below
    }
    laid.cells.push_back({cell, rows, cols});
  }
}

/// Fills rows up to `columns` cells.
void fill_up(std::vector<GridRow>& rows, int columns) {
  Covered covered(static_cast<std::size_t>(columns), 0);
  for (GridRow& row : rows) {
    std::size_t column = 0;
    for (const GridCell& cell : row.cells) {
      while (covered[column] > 0) ++column;
      for (int i = 0; i < cell.cols; ++i) covered[column++] = cell.rows;
    }
    for (; column < covered.size(); ++column) {
      if (covered[column] > 0) continue;
      row.cells.push_back({xml_node(), 1, 1});
      covered[column] = 1;
    }
    for (int& rows_left : covered) --rows_left;
  }
}

int lay_out_all(std::vector<GridRow>& rows) {
  Covered covered;
  int left = static_cast<int>(rows.size());
  for (GridRow& row : rows) {
    lay_out(row, left--, covered);
    for (int& rows_left : covered) rows_left = std::max(0, rows_left < 0 ? -rows_left - 1 : rows_left - 1);
  }
  return static_cast<int>(covered.size());
}

}  // namespace

TableGrid table_grid(const xml_node& table) {
  TableGrid grid;
  std::vector<xml_node> breaks;
  for (const xml_node& row : table.children()) {
    const std::string_view name = local_name(row);
    if (name == "pb") {
      breaks.push_back(row);
    } else if (name == "row") {
      const bool is_label = row.attribute("role").value() == std::string_view("label");
      auto& rows = is_label && grid.body.empty() ? grid.head : grid.body;
      rows.push_back({row, {}, std::move(breaks)});
      breaks.clear();
      for (const xml_node& child : row.children()) {
        if (local_name(child) == "cell") continue;
        (local_name(child) == "pb" ? rows.back().breaks : grid.strays).push_back(child);
      }
    } else if (name != "head") {
      grid.strays.push_back(row);
    }
  }
  grid.strays.insert(grid.strays.end(), breaks.begin(), breaks.end());
  grid.columns = std::max(lay_out_all(grid.head), lay_out_all(grid.body));
  std::size_t cells = 0;
  for (const auto* rows : {&grid.head, &grid.body}) {
    for (const GridRow& row : *rows) cells += row.cells.size();
  }
  const std::size_t area = static_cast<std::size_t>(grid.columns) * (grid.head.size() + grid.body.size());
  if (area > 20 * cells + 10000) grid.columns = 0;
  if (grid.columns == 0) return grid;
  fill_up(grid.head, grid.columns);
  fill_up(grid.body, grid.columns);
  return grid;
}

}  // namespace emend
