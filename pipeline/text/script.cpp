// Measuring and trimming text by kind of character.
#include "pipeline/text/script.h"

#include <cstdint>
#include <cstring>

namespace emend {

namespace {
constexpr bool is_ascii_blank(unsigned char b) { return b == ' ' || b == '\t' || b == '\v'; }
// Bytes that the other blanks begin and end with; where there is none, nothing need be decoded.
constexpr bool begins_blank(unsigned char b) { return b == 0xC2 || b == 0xE2 || b == 0xE3; }
constexpr bool ends_blank(unsigned char b) { return (b >= 0x80 && b <= 0x8B) || b == 0xA0 || b == 0xAF; }

// How many bytes from `i` on are ASCII; s[i] is.
std::size_t ascii_run(std::string_view s, std::size_t i) {
  const std::size_t begin = i;
  for (std::uint64_t eight = 0; i + sizeof eight <= s.size(); i += sizeof eight) {
    std::memcpy(&eight, s.data() + i, sizeof eight);
    if ((eight & 0x8080808080808080u) != 0) break;
  }
  while (i < s.size() && static_cast<unsigned char>(s[i]) < 0x80) ++i;
  return i - begin;
}
}  // namespace

std::string_view trim_blanks(std::string_view s) {
  std::size_t begin = 0;
  while (begin < s.size()) {
    const auto b = static_cast<unsigned char>(s[begin]);
    std::size_t next = begin + 1;
    if (!is_ascii_blank(b) && (!begins_blank(b) || !is_blank(next_character(s, next = begin)))) break;
    begin = next;
  }
  std::size_t end = s.size();
  while (end > begin) {
    const auto b = static_cast<unsigned char>(s[end - 1]);
    std::size_t last = end - 1;
    if (!is_ascii_blank(b) && (!ends_blank(b) || !is_blank(first_character(s.substr(last = character_before(s, end))))))
      break;
    end = last;
  }
  return s.substr(begin, end - begin);
}

std::size_t columns(std::string_view s) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < s.size();) {
    const auto b = static_cast<unsigned char>(s[i]);
    if (b < 0x80) {
      const std::size_t run = ascii_run(s, i);
      n += run, i += run;
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
