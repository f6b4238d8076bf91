// Runs of another language within a paragraph, as far as scripts and quotation marks show them.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace emend {

/// Bytes [begin, end) of a paragraph that may be in another language than what is around it.
struct ForeignRun {
  std::size_t begin = 0, end = 0;
  std::size_t words = 0;  // of letters; of Han text, its characters
  bool han = false;
};

/// Within Chinese, Japanese or Korean (`in_han`): runs of Latin letters with their blanks and marks, of five words and
/// more. Within other text: runs of Han of six characters and more, and what stands in quotation marks, of eight words
/// and more. Addresses and formulas are none. Line feeds are blanks.
std::vector<ForeignRun> foreign_runs(std::string_view text, bool in_han);

}  // namespace emend
