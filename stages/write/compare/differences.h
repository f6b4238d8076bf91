// How two editions of a text differ, in words: what a passage is, what it says, which notes and readings it has.
#pragma once
#include <string>
#include <vector>

#include "stages/write/compare/passages.h"

namespace emend {

struct Difference {
  std::string place, what;         // "page 12", "paragraph, now heading of level 2"
  std::vector<std::string> words;  // what it says, a line each, without line ends: "… of the [-tbe-]{+the+} hill …"
};

/// All differences, in the order of the book; none if both say the same. What is gone is in [-…-], what is new in
/// {+…+}, as wdiff has it, and ¶ is where a passage ends. The time is nearly linear in what both have, but for what is
/// quite another.
std::vector<Difference> differences(const ComparedText& before, const ComparedText& after);

}  // namespace emend
