// Where a byte stands when the same text is counted as browsers count it, in UTF-16 code units.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/text/utf8.h"

namespace emend {

/// The code units of one character; a byte that is no UTF-8 stands as U+FFFD, which is one.
constexpr std::uint32_t utf16_units(char32_t c) { return c > 0xFFFF && c != not_a_character ? 2 : 1; }

/// How many code units `text` has.
inline std::uint32_t utf16_size(std::string_view text) {
  std::uint32_t units = 0;
  for (std::size_t i = 0; i < text.size();) units += utf16_units(next_character(text, i));
  return units;
}

/// Byte to code unit, in constant time after one pass: the count is kept for every 64th byte.
class Utf16Offsets {
 public:
  /// `text` must outlive this.
  explicit Utf16Offsets(std::string_view text) : text_(text) {
    marks_.reserve(text.size() / step + 1);
    std::uint32_t units = 0;
    for (std::size_t i = 0; i < text.size();) {
      if (i >= marks_.size() * step) marks_.push_back({static_cast<std::uint32_t>(i), units});
      units += utf16_units(next_character(text, i));
    }
    size_ = units;
  }

  /// The code units before byte `at`; a byte within a character counts as that character's end.
  std::uint32_t of(std::uint32_t at) const {
    if (at >= text_.size() || marks_.empty()) return size_;
    std::size_t k = at / step;
    if (marks_[k].byte > at) --k;  // the mark stands at the first character that begins there or behind it
    std::size_t i = marks_[k].byte;
    std::uint32_t units = marks_[k].units;
    while (i < at) units += utf16_units(next_character(text_, i));
    return units;
  }
  std::uint32_t size() const { return size_; }

 private:
  static constexpr std::size_t step = 64;
  struct Mark {
    std::uint32_t byte, units;
  };
  std::string_view text_;
  std::vector<Mark> marks_;
  std::uint32_t size_ = 0;
};

}  // namespace emend
