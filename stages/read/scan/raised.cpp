// Boxes of words against the line that they stand on: its foot, and the top of its tall letters.
#include "stages/read/scan/raised.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr double steepest = 0.05;  // what is more askew is no line
constexpr int clear = 60;          // percent; a Chinese character that was read so surely is no mark

double median(std::vector<double> all) {
  if (all.empty()) return 0;
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end());
  return *middle;
}

bool any(std::string_view s, bool (*is)(char32_t)) {
  for (std::size_t i = 0; i < s.size();)
    if (is(next_character(s, i))) return true;
  return false;
}

bool has_descender(char32_t c) {
  return std::u32string_view(U"gjpqyQçþ,;()[]/|$§ſƒ").find(c) != std::u32string_view::npos;
}
bool is_tall(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::u32string_view(U"bdfhklß").find(c) != std::u32string_view::npos;
}
// What stands high by nature, or is no character that could be left of a mark.
bool stands_high(char32_t c) {
  return std::u32string_view(U"'\"“”‘’„‚«»‹›「」『』《》〈〉`´′″-–—―~～一丶、，。,.:：·•…_=").find(c) !=
         std::u32string_view::npos;
}

class Foot {
 public:
  Foot(const WordRow& row, double slope) : row_(row), slope_(slope) {
    std::vector<double> feet, tops;
    for (const ScanWord* w : row) {
      if (w->box.empty()) continue;
      const bool han = any(w->text, is_han);
      han_ = han_ || han;
      if (!any(w->text, has_descender)) feet.push_back(foot(*w));
      if (han || any(w->text, is_tall)) tops.push_back(top(*w));
    }
    foot_ = median(std::move(feet));
    top_ = median(std::move(tops));
  }

  bool is_raised(std::size_t i) const {
    const ScanWord& w = *row_[i];
    if (w.raised_end > w.raised_begin) return true;
    if (w.face.size > 0) return false;  // the file has its font, and would say so
    const double height = foot_ - top_;
    if (height <= 4 || w.box.empty()) return false;
    const double rise = (top_ - top(w)) / height, lift = (foot_ - foot(w)) / height, tall = w.box.height() / height;
    const bool bare_sign = !any(w.text, [](char32_t c) { return !stands_high(c); });
    const bool letters = !any(w.text, [](char32_t c) { return !is_letter(c); });  // with accents, perhaps
    const bool alone =
        lift > (any(w.text, is_han) ? 0.18 : 0.3) && rise > -0.25 && rise < 0.6 && tall > 0.25 && tall < 0.85;
    if (han_) return alone && !bare_sign && (!any(w.text, is_han) || (w.sure >= 0 && w.sure < clear));
    if (letters) return alone && w.sure >= 0 && w.sure < clear;
    if (alone && (!bare_sign || i == 0) && w.text.size() <= 6) return true;
    return rise > 0.13 && rise < 0.6 && std::abs(lift) < 0.4 && !bare_sign;
  }

 private:
  double fall(const ScanWord& w) const { return slope_ * (w.box.left + w.box.right) / 2.0; }
  double foot(const ScanWord& w) const { return w.box.bottom - fall(w); }
  double top(const ScanWord& w) const { return w.box.top - fall(w); }

  const WordRow& row_;
  double slope_, foot_ = 0, top_ = 0;
  bool han_ = false;
};

}  // namespace

double slope_of(const std::vector<WordRow>& rows) {
  std::vector<double> slopes;
  for (const WordRow& row : rows) {
    std::vector<const ScanWord*> level;
    for (const ScanWord* w : row)
      if (!w->box.empty() && !any(w->text, has_descender) && any(w->text, is_letter)) level.push_back(w);
    if (level.size() < 4) continue;
    const Box &a = level.front()->box, &b = level.back()->box;
    const double across = b.left - a.left;
    if (across <= 0) continue;
    const double slope = (b.bottom - a.bottom) / across;
    if (std::abs(slope) < steepest) slopes.push_back(slope);
  }
  return slopes.size() < 3 ? 0 : median(std::move(slopes));
}

std::vector<std::size_t> raised_words(const WordRow& row, double slope) {
  std::vector<std::size_t> raised;
  const Foot line(row, slope);
  for (std::size_t i = 0; i < row.size(); ++i)
    if (line.is_raised(i)) raised.push_back(i);
  return raised;
}

}  // namespace emend
