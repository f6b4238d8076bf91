// Letters and digits in a form that the text does not mean: ligatures, full-width ones among narrow ones.
#pragma once
#include "stages/70-letters/repaired.h"

namespace emend {

constexpr bool is_wide_alnum(char32_t c) {
  return (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
}

constexpr bool is_ligature(char32_t c) { return c >= 0xFB00 && c <= 0xFB06; }
void repair_ligature(RepairedPassage&, std::size_t l, std::size_t begin, std::size_t end, char32_t c);

/// Whether the few full-width letters and digits of a book among ASCII ones are accidents; counted when first asked.
class Widths {
 public:
  explicit Widths(const Document& d) : doc_(d) {}
  bool narrow();

 private:
  void count();
  const Document& doc_;
  bool counted_ = false;
  std::size_t narrow_ = 0, wide_ = 0;
};

/// ２０１９年 in a book that writes 2019年. Gives the end of the run.
std::size_t repair_wide_run(RepairedPassage&, Widths&, std::size_t l, std::size_t begin);

}  // namespace emend
