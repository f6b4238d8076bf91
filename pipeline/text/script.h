// What kind of character a character is, as far as typesetters care: Han, Latin, punctuation of either width, space.
#pragma once
#include <string_view>

#include "pipeline/text/utf8.h"

namespace emend {

constexpr bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x323AF) ||
         (c >= 0xF900 && c <= 0xFAFF) || c == 0x3005 || c == 0x3007;
}
constexpr bool is_kana(char32_t c) { return c >= 0x3040 && c <= 0x30FF; }
/// Punctuation that is set in a full square: CJK symbols, full-width forms.
constexpr bool is_wide_punctuation(char32_t c) {
  return (c >= 0x3001 && c <= 0x303F && c != 0x3005 && c != 0x3007) || (c >= 0xFF01 && c <= 0xFF0F) ||
         (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) || (c >= 0xFF5B && c <= 0xFF65);
}
/// Dashes, ellipses and curly quotation marks: both scripts use them.
constexpr bool is_shared_punctuation(char32_t c) { return (c >= 0x2010 && c <= 0x2027) || c == 0xB7; }
/// Characters between which Chinese and Japanese set no space.
constexpr bool is_cjk(char32_t c) {
  return c != not_a_character && (is_han(c) || is_kana(c) || is_wide_punctuation(c));
}
constexpr bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
constexpr bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
/// Of bytes: where only ASCII can be what is sought, nothing need be decoded.
constexpr bool is_ascii_capital(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_ascii_alnum(char c) {
  return is_digit(static_cast<unsigned char>(c)) || is_ascii_letter(static_cast<unsigned char>(c));
}
constexpr bool is_latin(char32_t c) {
  return is_ascii_letter(c) || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c <= 0x1EFF) ||
         (c >= 0xFB00 && c <= 0xFB06);
}
constexpr bool is_greek_or_cyrillic(char32_t c) { return c >= 0x370 && c <= 0x52F; }
constexpr bool is_letter(char32_t c) { return is_latin(c) || is_greek_or_cyrillic(c); }
/// Of U+0100 to U+017F, where capital and small letter alternate, but not throughout in the same step.
constexpr bool is_upper_extended(char32_t c) {
  return c < 0x138   ? c % 2 == 0
         : c < 0x149 ? c != 0x138 && c % 2 == 1
         : c < 0x178 ? c % 2 == 0
                     : c == 0x178 || (c < 0x17F && c % 2 == 1);
}
constexpr bool is_lower(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7) ||
         (c >= 0x100 && c <= 0x17F && !is_upper_extended(c)) || (c >= 0x3B1 && c <= 0x3C9) ||
         (c >= 0x430 && c <= 0x45F) || (c >= 0xFB00 && c <= 0xFB06);
}
constexpr bool is_upper(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
         (c >= 0x100 && c <= 0x17F && is_upper_extended(c)) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F);
}
constexpr bool is_blank(char32_t c) {
  return c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == '\v';
}
/// Circled and other enclosed numbers: ① ⑴ ❶ ㉑ …
constexpr bool is_enclosed_number(char32_t c) {
  return (c >= 0x2460 && c <= 0x249B) || (c >= 0x24EA && c <= 0x24FF) || (c >= 0x2776 && c <= 0x2793) ||
         (c >= 0x3251 && c <= 0x325F) || (c >= 0x32B1 && c <= 0x32BF);
}

std::string_view trim_blanks(std::string_view s);
/// `s` without the blanks (of any script) at its ends.
inline std::string_view trim(std::string_view s) {
  const auto prints = [](char c) { return c > ' ' && c < '\x7F'; };
  return !s.empty() && prints(s.front()) && prints(s.back()) ? s : trim_blanks(s);
}
/// How many columns `s` takes in a fixed-width setting: two for a CJK character, one for any other.
std::size_t columns(std::string_view s);
/// Whether `s` takes more than `n` columns; looks no further than it must.
bool wider_than(std::string_view s, std::size_t n);
/// How many columns of white space `s` begins with.
std::size_t indent(std::string_view s);

}  // namespace emend
