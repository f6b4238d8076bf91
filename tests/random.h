// Random choices for tests that are the same on every machine and in every run.
#pragma once
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace emend {

/// A fixed sequence of choices. (std::uniform_int_distribution differs from library to library; this does not.)
class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}

  /// A number below `n`; 0 if there is none.
  std::size_t below(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(engine_()) % n; }
  /// True once in `n` times.
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class Container>
  const auto& of(const Container& choices) {
    return choices[below(std::size(choices))];
  }
  /// Up to `most` of the pieces, one behind the other.
  template <class Container>
  std::string text(const Container& pieces, std::size_t most) {
    std::string out;
    for (std::size_t n = below(most + 1); n > 0; --n) out += of(pieces);
    return out;
  }
  std::string bytes(std::size_t most) {
    std::string out(below(most + 1), '\0');
    for (char& c : out) c = static_cast<char>(below(256));
    return out;
  }

 private:
  std::mt19937 engine_;
};

}  // namespace emend
