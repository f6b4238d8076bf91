// A table of pages. The title has 20 of its letters to a line in all of them, as `break_title` counts on.
#include "stages/write/docx/layouts.h"

#include <algorithm>

namespace emend {
namespace {

// For any book: A4, as it leaves an office.
// thesis: GB/T 7713.1 asks for A4 with 25 mm at the head and the binding and 20 mm at the other sides or more, and for
// chapters on pages of their own; sizes are those that Chinese universities name: text 小四, chapters 小二, sections
// 小三 and 四号, and lines of one and a half.
// book: six by nine inches, the trade page of Western publishers; words are divided at line ends, for the lines are
// short.
constexpr std::array layouts{
    DocxLayout{"", 11906, 16838, 1587, 1474, 1474, 1474, 22, 44, {34, 28, 25, 23, 22, 22}, 0, false, false},
    DocxLayout{"thesis", 11906, 16838, 1587, 1361, 1474, 1587, 24, 44, {36, 30, 28, 24, 24, 24}, 360, true, false},
    DocxLayout{"book", 8640, 12960, 1304, 1077, 1191, 1077, 21, 32, {28, 24, 22, 21, 21, 21}, 0, true, true}};

}  // namespace

std::vector<std::string_view> docx_layout_names() {
  std::vector<std::string_view> names;
  for (const DocxLayout& layout : layouts) {
    if (!layout.name.empty()) names.push_back(layout.name);
  }
  return names;
}

const DocxLayout& docx_layout(std::string_view name) {
  const auto found = std::ranges::find(layouts, name, &DocxLayout::name);
  return found == layouts.end() ? layouts.front() : *found;
}

}  // namespace emend
