// What tools write for Markdown, as CommonMark would have it.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// A formula that stands in [begin, end) of a line, within fences of this many bytes.
struct Formula {
  std::size_t begin, end, fence;
};

/// A copy of a line for the parser's eyes, byte for byte as long: a formula is a word, and emphasis is set off from its
/// neighbours, which CommonMark asks for and Chinese does not have.
struct StandIn {
  std::string text;
  std::vector<Formula> formulas;  // in order
};

/// Linear in the line.
StandIn stand_in(std::string_view line);

}  // namespace emend
