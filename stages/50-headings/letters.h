// The letters that head the entries of a dictionary, a glossary or a list of names.
#pragma once
#include <cstddef>
#include <vector>

#include "stages/50-headings/found.h"

namespace emend {

/// Lines of nothing but a letter, taken, so that they are read as no numbers: runs that rise through the alphabet, each
/// above entries that begin with it.
std::vector<std::size_t> take_letters(Found&);
/// Makes headings of them, each below the heading of its list; those of an index stay in it.
void put_letters(Found&, const std::vector<std::size_t>& lines);

}  // namespace emend
