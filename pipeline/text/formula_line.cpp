// Letters in words are counted against letters that are symbols.
#include "pipeline/text/formula_line.h"

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t least_word = 3;

bool is_operator(char32_t c) {
  constexpr std::u32string_view plain = U"=+<>^|±×÷·";
  return plain.find(c) != plain.npos || (c >= 0x2190 && c <= 0x22FF);
}

// ηn, 4νk: no word mixes Greek and Latin letters.
bool begins_with_symbol(std::string_view text) {
  bool greek = false, latin = false;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_character(text, i);
    if (!is_letter(c) && !is_digit(c)) break;
    greek = greek || is_greek_or_cyrillic(c);
    latin = latin || is_latin(c);
  }
  return greek && latin;
}

// (cid:90): a glyph that the font did not name.
std::size_t nameless_glyph(std::string_view s) {
  if (!s.starts_with("(cid:")) return 0;
  const std::size_t end = s.find(')');
  return end != s.npos && end < 12 ? end + 1 : 0;
}

}  // namespace

bool is_formula_line(std::string_view text) {
  if (begins_with_symbol(text)) return true;
  std::size_t in_words = 0, symbols = 0, operators = 0, run = 0;
  bool latin = false;
  const auto end_run = [&](bool abbreviates) {
    (run >= least_word || abbreviates ? in_words : symbols) += run, run = 0;
  };
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t glyph = nameless_glyph(text.substr(i))) {
      end_run(false);
      ++operators, i += glyph;
      continue;
    }
    const char32_t c = next_character(text, i);
    if (is_han(c) || is_kana(c)) return false;
    if (is_letter(c)) {
      if (run > 0 && latin != is_latin(c)) symbols += run, run = 0;
      latin = is_latin(c);
      ++run;
      continue;
    }
    end_run(c == '.' && run > 0);
    operators += is_operator(c);
  }
  end_run(false);
  return symbols > 0 && in_words * 2 < in_words + symbols && (operators > 0 || in_words == 0);
}

}  // namespace emend
