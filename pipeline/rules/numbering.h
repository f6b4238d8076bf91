// The number of a heading, read by the rules of class `numbering`.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/rules/rules.h"

namespace emend {

struct Numbering {
  const Rule* rule = nullptr;
  std::string_view scheme, type;
  int rank = 0;           // of the scheme: the smaller, the higher in the book
  std::string n;          // normalised: 第三章 and CHAPTER III give "3", ２．３ gives "2.3"
  std::string shown;      // the number as it is printed: 三, III
  int value = 0;          // of the last component
  std::string above;      // the components before the last: "2" for "2.3"
  bool between = false;   // 19a, set between 19 and 20
  std::size_t words = 0;  // where the words of the heading begin, in bytes

  explicit operator bool() const { return rule != nullptr; }
};

/// Reads the number that the line begins with; false if it has none.
Numbering read_numbering(const Rules& rules, std::string_view line);
/// The same for numbers that only the headings of some books have, and other lines of most: 一 or 3 alone in a line.
Numbering read_lone_numbering(const Rules& rules, std::string_view line);

/// Reads I. as a letter where letters count up to it: H., I., J. and A., B., C. are no Roman numbers. The numbers are
/// in the order of the text.
void settle_letters(const std::vector<Numbering*>& numbers);

}  // namespace emend
