// Repairs the forms of letters, full-width ones only where the book sets others of their kind narrow.
#include "stages/70-letters/letter_forms.h"

#include <array>
#include <string>

namespace emend {

void repair_ligature(RepairedPassage& p, std::size_t l, std::size_t begin, std::size_t end, char32_t c) {
  const std::string_view s = p.line(l).text;
  constexpr std::array<std::string_view, 7> parts{"ff", "fi", "fl", "ffi", "ffl", "ſt", "st"};
  const bool in_word =
      (begin > 0 && is_letter(last_character(s.substr(0, begin)))) || is_letter(first_character(s.substr(end)));
  if (in_word) p.repair(l, begin, end, parts[c - 0xFB00], "letters.ligature");
}

bool Widths::narrow() {
  if (!counted_) count();
  return narrow_ >= 20 && wide_ * 20 <= narrow_;
}

void Widths::count() {
  counted_ = true;
  for (const Line& line : doc_.lines) {
    const std::string_view s = line.text;
    for (std::size_t i = 0; i < s.size(); ++i) {
      if (is_digit(static_cast<unsigned char>(s[i])))
        ++narrow_;
      else if (static_cast<unsigned char>(s[i]) == 0xEF) {
        std::size_t next = i;
        wide_ += is_wide_alnum(next_character(s, next));
      }
    }
  }
}

std::size_t repair_wide_run(RepairedPassage& p, Widths& widths, std::size_t l, std::size_t begin) {
  const std::string_view s = p.line(l).text;
  std::size_t end = begin;
  std::string narrow;
  for (std::size_t i = begin; i < s.size(); end = i) {
    const char32_t c = next_character(s, i);
    if (!is_wide_alnum(c)) break;
    narrow += static_cast<char>(c - 0xFEE0);
  }
  const bool beside =
      (begin > 0 && is_han(last_character(s.substr(0, begin)))) || is_han(first_character(s.substr(end)));
  if (beside && p.scripts.chinese() && widths.narrow())
    p.repair(l, begin, end, narrow, "letters.wide-letter",
             {85, "elsewhere the book sets letters and numbers of this kind narrow"});
  return end;
}

}  // namespace emend
