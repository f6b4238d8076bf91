// Items of lists: the marks they begin with, and which of them go on one from the other.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/text/numerals.h"

namespace emend {

/// The number or letter that begins an item: `2.`, `(2)`, `2)`, `②`, `b)`, `iv)`, `（二）`, `[2]`.
struct ItemMark {
  Numeral form = Numeral::none;
  std::uint8_t style = 0;  // of the brackets and points around it; with the form, the kind of list
  int value = 0;
  std::size_t length = 0;  // bytes, brackets and blanks behind it included

  explicit operator bool() const { return form != Numeral::none; }
};

/// The mark that `s` begins with, if text follows it. A mark alone proves nothing: see `find_enumerations`.
ItemMark read_item_mark(std::string_view s);

/// Where a mark stands: an index of the caller's, and how deep its line is indented.
struct MarkedLine {
  std::size_t line = 0, indent = 0;
  ItemMark mark;
};

/// Of marks in reading order, those that are members of a sequence that begins with 1 (or a) and goes on by one, at
/// most `reach` lines apart: for each its chain's number, or -1.
std::vector<int> find_enumerations(const std::vector<MarkedLine>& lines, std::size_t reach);

}  // namespace emend
