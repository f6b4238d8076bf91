// Measuring and trimming text by kind of character.
#include "pipeline/text/script.h"

namespace emend {

std::string_view trim(std::string_view s) {
  std::size_t begin = 0;
  while (begin < s.size()) {
    std::size_t next = begin;
    if (!is_blank(next_character(s, next))) break;
    begin = next;
  }
  std::size_t end = s.size();
  while (end > begin) {
    const std::size_t last = character_before(s, end);
    if (!is_blank(first_character(s.substr(last)))) break;
    end = last;
  }
  return s.substr(begin, end - begin);
}

std::size_t columns(std::string_view s) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < s.size();) {
    const auto b = static_cast<unsigned char>(s[i]);
    if (b < 0x80) {
      ++n, ++i;
    } else if (b >= 0xE4 && b <= 0xE9 && i + 2 < s.size()) {  // Han, nearly always
      n += 2, i += 3;
    } else {
      n += is_cjk(next_character(s, i)) ? 2u : 1u;
    }
  }
  return n;
}

bool wider_than(std::string_view s, std::size_t n) {
  if (s.size() > 4 * n) return true;  // no character has more than four bytes, or less than one column
  if (s.size() <= n) return false;    // nor more columns than bytes
  return columns(s) > n;
}

std::size_t indent(std::string_view s) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = next_character(s, i);
    if (!is_blank(c)) break;
    n += c == 0x3000 ? 2 : c == '\t' ? 4 : 1;
  }
  return n;
}

}  // namespace emend
