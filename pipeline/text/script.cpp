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
  for (std::size_t i = 0; i < s.size();) n += static_cast<unsigned char>(s[i]) < 0x80 ? (++i, 1u) : is_cjk(next_character(s, i)) ? 2u : 1u;
  return n;
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
