// Two lists of the same titles, one of them misread, shortened or with gaps: the printed contents and the headings.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace emend {

/// A title as it is compared: folded (see `folded`), with and without its number.
struct Title {
  std::u32string words, bare;
  std::string n;     // the number, normalised; empty if it has none
  bool own = false;  // the number is of a kind that nothing but headings has
  int rank = 0;      // of that kind
  bool above = false;  // the number stands in a line of its own above the words
};

/// Lines [first, last] of a text, read as one title. Several may begin at the same line.
struct TitleLines {
  std::size_t first = 0, last = 0;
  Title title;
};

/// For each title of `list` the index of the lines that are it, or -1. The lines are in the order of the text, and so
/// are those that are chosen; they do not overlap. Titles that are read alike are paired and the longest chain that
/// rises in both lists is kept (Fredman 1975: longest increasing subsequence); between the links of the chain the most
/// similar lines are taken, or else those with the same number, if it is of the headings' own kind, in the list as well
/// or in one place of the text only, or if it stands above the words as the numbers of other titles do; or else those
/// that have the words without the number. Costs O(n log n) for what is alike, and a bounded number of comparisons a
/// line for the rest.
std::vector<std::ptrdiff_t> align_titles(const std::vector<Title>& list, const std::vector<TitleLines>& lines);

}  // namespace emend
