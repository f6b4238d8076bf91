// Folding; most bytes are ASCII or of a script without capitals, and are copied.
#include "pipeline/rules/small_letters.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "pipeline/text/utf8.h"

namespace emend {

namespace {

constexpr std::array<char, 128> small_ascii = [] {
  std::array<char, 128> small{};
  for (std::size_t c = 0; c < small.size(); ++c)
    small[c] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  return small;
}();

// Lead bytes of U+3000 to U+9FFF, Han and its neighbours; and the bytes behind any lead.
constexpr bool begins_without_case(unsigned char b) { return (b >= 0xE3 && b <= 0xE9) || (b & 0xC0u) == 0x80u; }

char* put_character(char* to, char32_t c) {
  std::string bytes;  // no more than fit into it without memory of its own
  append_character(bytes, c);
  return std::copy_n(bytes.data(), bytes.size(), to);
}

}  // namespace

char32_t small_letter(char32_t c) {
  if (c < 0x80) return static_cast<unsigned char>(small_ascii[c]);
  if (c >= 0x3000 && c < 0xA000) return c;
  return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
}

void append_small_letters(std::string& out, std::string_view text) {
  const std::size_t begin = out.size();
  out.resize(begin + text.size() + text.size() / 2);  // a few letters take three bytes for two
  char* to = out.data() + begin;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80 || begins_without_case(byte)) {
      *to++ = byte < 0x80 ? small_ascii[byte] : text[i];
      ++i;
      continue;
    }
    const std::size_t from = i;
    const char32_t c = next_character(text, i), small = c == not_a_character ? c : small_letter(c);
    to = small == c ? std::copy_n(text.data() + from, i - from, to) : put_character(to, small);
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

}  // namespace emend
