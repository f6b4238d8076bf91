// The pages that a DOCX can be laid out for.
#pragma once
#include <array>
#include <string_view>
#include <vector>

namespace emend {

/// A page and its type. Lengths are twips (1/1440 inch) and sizes half points, as Word has them.
struct DocxLayout {
  std::string_view name;
  int width, height, top, right, bottom, left;
  int text, title;              // sizes
  std::array<int, 6> headings;  // sizes, by level
  int line;                     // its height in 240ths; 0: as the language has it
  bool chapters_break;          // each begins a page, however short the book
  bool hyphenated;

  int measure() const { return width - left - right; }
};

/// The names that can be asked for.
std::vector<std::string_view> docx_layout_names();

/// The layout of this name; of no name, or one that there is not, the one for any book.
const DocxLayout& docx_layout(std::string_view name);

}  // namespace emend
