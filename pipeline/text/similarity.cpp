// Folding and edit distance.
#include "pipeline/text/similarity.h"

#include <algorithm>
#include <array>
#include <vector>

#include "pipeline/text/script.h"

namespace emend {

namespace {

// Nothing for what is blank.
char32_t folded_ascii(unsigned char c) {
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 0;
  return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

const std::array<char32_t, 128> ascii = [] {
  std::array<char32_t, 128> letters{};
  for (unsigned char c = 1; c < letters.size(); ++c) letters[c] = folded_ascii(c);
  return letters;
}();

}  // namespace

std::u32string folded(std::string_view s) {
  std::u32string out(s.size(), U'\0');
  char32_t* to = out.data();
  for (std::size_t i = 0; i < s.size();) {
    if (const auto byte = static_cast<unsigned char>(s[i]); byte < 0x80) {
      *to = ascii[byte];
      to += ascii[byte] != 0 || byte == 0;
      ++i;
      continue;
    }
    char32_t c = next_character(s, i);
    if (is_blank(c)) continue;
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (is_upper(c) && !(c >= 0x100 && c <= 0x17F)) c += 'a' - 'A';  // as far apart in Latin-1, Greek and Cyrillic
    if (c == 0x3002) c = '.';
    if (c == 0x201C || c == 0x201D || c == 0xAB || c == 0xBB || c == 0x300C || c == 0x300D) c = '"';
    if (c == 0x2018 || c == 0x2019) c = '\'';
    if (c >= 0x2010 && c <= 0x2015) c = '-';
    if (c == 0x30FB || c == 0x2022) c = 0xB7;
    *to++ = c;
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
  return out;
}

std::size_t edit_distance(std::u32string_view a, std::u32string_view b, std::size_t most) {
  if (a.size() < b.size()) std::swap(a, b);
  most = std::min(most, a.size());  // which is the largest distance there can be
  if (a.size() - b.size() > most) return most + 1;
  while (!b.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
  while (!b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
  const std::size_t n = b.size();
  std::vector<std::size_t> row(n + 1);
  for (std::size_t j = 0; j <= n; ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {  // only the diagonal band of width `most` can matter
    const std::size_t from = i > most ? i - most : 1, to = std::min(n, i + most);
    std::size_t diagonal = row[from - 1], best = from == 1 ? i : most + 1;
    row[from - 1] = from == 1 ? i : most + 1;
    for (std::size_t j = from; j <= to; ++j) {
      const std::size_t up = j > i + most - 1 ? most + 1 : row[j];
      const std::size_t next = std::min({diagonal + (a[i - 1] != b[j - 1]), up + 1, row[j - 1] + 1});
      diagonal = row[j];
      row[j] = next;
      best = std::min(best, next);
    }
    if (best > most) return most + 1;
  }
  return std::min(row[n], most + 1);
}

double similarity(std::u32string_view a, std::u32string_view b, double least) {
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer == 0) return 1.0;
  // Rounded down, but 0.8 of ten characters is two, although 1.0 - 0.8 is a little less than 0.2.
  const auto most = static_cast<std::size_t>(std::max(0.0, (1.0 - least) * static_cast<double>(longer) + 1e-9));
  const std::size_t distance = edit_distance(a, b, most);
  return distance > most ? 0.0 : 1.0 - static_cast<double>(distance) / static_cast<double>(longer);
}

}  // namespace emend
