// The headings that a printed contents list names.
#pragma once
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "stages/50-headings/found.h"
#include "stages/50-headings/titles.h"

namespace emend {

/// An entry of a contents list.
struct Entry {
  const Node* node = nullptr;
  Title title;
  Numbering number;
  int level = 1;
  std::string printed;
  std::string page;  // as printed
};

/// An entry whose words no line has, with the headings between which its own must stand.
struct Missing {
  Entry entry;
  std::size_t after = 0, before = 0;  // lines
};

/// What became of the entries: those that lead to a heading, by its first line, and those that lead to none.
struct ListedEntries {
  std::vector<std::pair<Entry, std::size_t>> found;
  std::vector<Missing> missing;
};

/// Aligns the lists with the text that they speak for, adds the headings that they name, and gives the entries. The
/// levels are the list's; in one that tells none, those that running heads and neighbours tell.
ListedEntries find_listed(Found&, Proposal&);

}  // namespace emend
