// Which words stand in the text as lines of their own: a contents list is known by what returns as a heading.
#pragma once
#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "pipeline/document/document.h"

namespace emend {

/// An index of the lines at which a heading may begin, each alone and with the one or two lines behind it. Hashes only
/// (Karp and Rabin 1987), so that a long book costs little; two different titles with one hash are one in 2^64.
class TitleIndex {
 public:
  explicit TitleIndex(const Document& d);

  /// Whether a line before `begin` or behind `line` reads `folded` (see `folded`), alone or with the lines behind it.
  bool stands_outside(std::u32string_view folded, std::size_t begin, std::size_t line) const;
  /// The length of the longest beginning of `folded` that a line behind `line` reads; 0 if it is too short to tell.
  std::size_t longest_beginning(std::u32string_view folded, std::size_t line) const;

 private:
  struct Lines {
    std::uint32_t first = 0, last = 0;
  };
  std::unordered_map<std::uint64_t, Lines> lines_;
};

}  // namespace emend
