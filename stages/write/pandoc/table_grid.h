// Where the cells of a TEI table lie, once spans that overlap or overhang are cut to what fits: Pandoc's writers trust
// a table to be a rectangle.
#pragma once
#include <pugixml.hpp>
#include <vector>

namespace emend {

struct GridCell {
  pugi::xml_node cell;  // empty where the row is filled up
  int rows = 1, cols = 1;
};

struct GridRow {
  pugi::xml_node row;
  std::vector<GridCell> cells;
  std::vector<pugi::xml_node> breaks;  // page breaks before it and between its cells
};

struct TableGrid {
  std::vector<GridRow> head, body;     // `head`: the rows at the beginning that @role calls labels
  std::vector<pugi::xml_node> strays;  // what stands in the table but in no cell
  int columns = 0;                     // 0: no cells, or so uneven that filling it up would dwarf it
};

TableGrid table_grid(const pugi::xml_node& table);

}  // namespace emend
