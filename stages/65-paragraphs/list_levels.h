// Lists in lists: which level each of several items in a row stands on.
#pragma once
#include <cstdint>
#include <vector>

namespace emend {

/// An item of some list: its paragraphs' lines, and what tells the lists apart.
struct ListItem {
  std::size_t first = 0, end = 0;  // body lines
  int key = 0;                     // of its list: the enumeration it is a member of, or its bullet
  std::size_t indent = 0;
  bool opens = false;  // it may be the first of its list
  int level = 0;
};

/// Sets the levels of `items`, which follow each other; the first is on level 0. A list of another kind is one in the
/// item before it if it is indented, or if the list around it goes on behind it; where it is neither, another list
/// begins, and the items from there on are dropped.
void set_levels(std::vector<ListItem>& items);

}  // namespace emend
