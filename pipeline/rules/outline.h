// Which kind of number stands below which: I. above A. above 1. in one book, A. above I. in another.
#pragma once
#include <map>
#include <vector>

namespace emend {

/// A numbered heading, as far as its place in the outline goes.
struct OutlineItem {
  int rank = 0;   // of its scheme in the rule table
  int value = 0;  // of its last component
};

/// The level, from 1, of each rank that the headings, in the order of the text, use. The table's order is kept, but
/// kinds of numbers that have no place of their own (plain arabic, roman, letters, 一、) go where they are seen: what
/// begins anew behind a heading is below it, what counts on behind it is above it, and the more frequent observation
/// wins. Parts, chapters and the like stay in the order of the table, unless one begins anew behind the other and
/// nothing speaks for the table.
std::map<int, int> outline_levels(const std::vector<OutlineItem>& items);

/// Whether the table's place of a rank is only a proposal.
bool is_movable_rank(int rank);

}  // namespace emend
