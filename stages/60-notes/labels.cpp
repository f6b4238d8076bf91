// What tells a label from other figures at the beginning of a line.
#include "stages/60-notes/labels.h"

#include <algorithm>

#include "pipeline/text/formula_line.h"
#include "pipeline/text/script.h"

namespace emend {

std::size_t end_of_label(std::string_view text, std::size_t label) {
  const std::size_t end = std::min(text.find_first_not_of(" \t.", label), text.size());
  return end < text.size() ? end : std::min(text.find_first_not_of(" \t", label), text.size());
}

bool is_lone_bullet(std::string_view text) {
  constexpr std::u32string_view bullets = U"•●■◆▪‣◦○□·–-";
  const char32_t c = first_character(text);
  return character_before(text, text.size()) == 0 && bullets.find(c) != bullets.npos;
}

// In, Vgl: a word that stands alone.
static bool is_word(std::string_view text) {
  if (text.size() < 2) return false;
  for (std::size_t i = 0; i < text.size();)
    if (!is_letter(next_character(text, i))) return false;
  return true;
}

bool numbers_formula(const std::vector<FootLine>& lines, std::size_t k) {
  return k + 1 < lines.size() && !is_word(lines[k + 1].text) && is_formula_line(lines[k + 1].text);
}

std::size_t read_grown_label(std::string_view text, double& weight) {
  weight = 0;
  if (!text.starts_with("D ") || !is_upper(first_character(text.substr(2)))) return 0;
  weight = 1.2;
  return 2;
}

int digits_in(std::string_view label) {
  const std::size_t first = label.find_first_of("0123456789");
  if (first == label.npos) return -1;
  int value = 0;
  for (const char c : label.substr(first))
    if (is_digit(static_cast<unsigned char>(c))) value = value * 10 + (c - '0');
  return value;
}

bool is_ordinal(const Mark& mark, std::string_view text) {
  return mark.form == MarkForm::bare && text.substr(mark.length).starts_with('.');
}

// A row of a table has none.
static bool has_letters(std::string_view text) {
  for (std::size_t i = 0; i < text.size();)
    if (const char32_t c = next_character(text, i); is_letter(c) || is_han(c)) return true;
  return false;
}

// 1D, 3G: a capital that is no word of its own, right behind the figure.
static bool is_dimension(std::string_view rest) {
  constexpr std::string_view words = "AIOY";
  return rest.size() > 1 && is_ascii_letter(static_cast<unsigned char>(rest[0])) && rest[1] == ' ' &&
         words.find(rest[0]) == words.npos;
}

bool fits(const Mark& mark, std::string_view text, const NoteStyle& style) {
  if (!mark || mark.form != style.form || mark.raised) return false;
  const std::string_view rest = text.substr(mark.length);
  // [1] 5.5 is what a program printed.
  if (mark.form == MarkForm::bracketed) return rest.empty() || has_letters(rest) || begins_with_address(trim(rest));
  if (mark.form != MarkForm::bare || rest.empty()) return true;
  if (begins_with_address(rest)) return true;
  if (is_formula_line(rest) || !has_letters(rest)) return false;
  const bool dot = rest[0] == '.' && rest.size() > 1 && (rest[1] == ' ' || static_cast<unsigned char>(rest[1]) >= 0x80);
  if (style.dotted >= 0 && dot != (style.dotted == 1)) return false;
  const char32_t next = first_character(rest);
  if (is_upper(next) && is_dimension(rest)) return false;
  return dot || is_blank(next) || is_han(next) || is_upper(next) || next == U'“' || next == U'《';
}

}  // namespace emend
