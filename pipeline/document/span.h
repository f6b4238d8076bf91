// The one coordinate of the program: a half-open range of source bytes.
#pragma once
#include <compare>
#include <cstdint>

namespace emend {

struct Span {
  std::uint32_t begin = 0, end = 0;

  constexpr std::uint32_t size() const { return end - begin; }
  constexpr bool empty() const { return begin == end; }
  constexpr bool contains(Span inner) const { return begin <= inner.begin && inner.end <= end; }
  auto operator<=>(const Span&) const = default;
};

}  // namespace emend
