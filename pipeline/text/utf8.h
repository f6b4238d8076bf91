// Characters out of bytes and back, for the places where a rule needs characters. Bytes may be anything.
#pragma once
#include <string>
#include <string_view>

namespace emend {

constexpr char32_t not_a_character = 0xFFFFFFFF;

/// The character that begins at `s[i]`, and `i` moved behind it. Bytes that are not UTF-8 (overlong forms, surrogates
/// and values above U+10FFFF included) give `not_a_character`, one byte at a time. Needs i < s.size().
inline char32_t next_character(std::string_view s, std::size_t& i) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(k < s.size() ? s[k] : '\0'); };
  const auto follows = [&](std::size_t k) { return (byte(k) & 0xC0u) == 0x80u; };
  const unsigned b = byte(i);
  if (b < 0x80) return ++i, b;
  if (b >= 0xC2 && b < 0xE0 && follows(i + 1)) {
    const char32_t c = (b & 0x1Fu) << 6 | (byte(i + 1) & 0x3Fu);
    return i += 2, c;
  }
  if (b >= 0xE0 && b < 0xF0 && follows(i + 1) && follows(i + 2)) {
    const char32_t c = (b & 0x0Fu) << 12 | (byte(i + 1) & 0x3Fu) << 6 | (byte(i + 2) & 0x3Fu);
    if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) return i += 3, c;
  }
  if (b >= 0xF0 && b < 0xF5 && follows(i + 1) && follows(i + 2) && follows(i + 3)) {
    const char32_t c =
        (b & 0x07u) << 18 | (byte(i + 1) & 0x3Fu) << 12 | (byte(i + 2) & 0x3Fu) << 6 | (byte(i + 3) & 0x3Fu);
    if (c >= 0x10000 && c <= 0x10FFFF) return i += 4, c;
  }
  return ++i, not_a_character;
}

/// The first character of `s`, or `not_a_character` if it is empty.
inline char32_t first_character(std::string_view s) {
  std::size_t i = 0;
  return s.empty() ? not_a_character : next_character(s, i);
}

/// Where the character begins that ends just before byte `end` of `s`. Needs end > 0.
inline std::size_t character_before(std::string_view s, std::size_t end) {
  std::size_t i = end - 1;
  for (int back = 0; back < 3 && i > 0 && (static_cast<unsigned char>(s[i]) & 0xC0u) == 0x80u; ++back) --i;
  std::size_t stop = i;
  next_character(s, stop);
  return stop == end ? i : end - 1;
}

/// The last character of `s`, or `not_a_character` if it is empty.
inline char32_t last_character(std::string_view s) {
  return s.empty() ? not_a_character : first_character(s.substr(character_before(s, s.size())));
}

inline void append_character(std::string& out, char32_t c) {
  const auto put = [&](char32_t b) { out += static_cast<char>(b); };
  if (c < 0x80) return put(c);
  if (c < 0x800) return put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
  if (c < 0x10000) return put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
}

inline std::u32string characters(std::string_view s) {
  std::u32string out;
  out.reserve(s.size());
  for (std::size_t i = 0; i < s.size();) out += next_character(s, i);
  return out;
}

}  // namespace emend
