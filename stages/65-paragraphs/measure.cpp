// Widths of lines. The widths of letters are those of a common serif, rounded to twentieths of an average letter.
#include "stages/65-paragraphs/measure.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace emend {

namespace {

constexpr std::size_t longest = 4096;

constexpr std::array<std::uint8_t, 256> make_widths() {
  std::array<std::uint8_t, 256> w{};
  for (std::size_t c = 0; c < 256; ++c) w[c] = c < 0x20 || (c >= 0x80 && c < 0xC0) ? 0 : 115;
  for (std::size_t c = 0xE0; c < 0x100; ++c) w[c] = 200;  // Han, kana, wide punctuation
  w[0xE1] = 115;
  w[0xE2] = 110;  // quotation marks, dashes
  w[' '] = w['\t'] = w['.'] = w[','] = w[':'] = w[';'] = w['/'] = 60;
  w['i'] = w['j'] = w['l'] = w['t'] = w['\''] = 65;
  w['f'] = w['r'] = w['('] = w[')'] = w['['] = w[']'] = w['-'] = w['!'] = w['I'] = w['|'] = 78;
  w['s'] = w['J'] = 92;
  w['a'] = w['c'] = w['e'] = w['z'] = w['?'] = 104;
  for (char c = 'A'; c <= 'Z'; ++c)
    if (c != 'I' && c != 'J') w[static_cast<unsigned char>(c)] = 155;
  w['m'] = w['W'] = w['M'] = 190;
  w['w'] = 165;
  return w;
}
constexpr auto widths_by_byte = make_widths();

constexpr Width shortest = 25 * column;  // of lines that say something about the margin
constexpr Width widest = 160 * column;   // a page's lines are not wider

}  // namespace

Width set_width(std::string_view s) {
  if (s.size() > longest) s = s.substr(0, longest);
  Width sum = 0;
  for (const char c : s) sum += widths_by_byte[static_cast<unsigned char>(c)];
  return sum;
}

LineFill measure_fill(const std::vector<Width>& widths) {
  std::vector<std::size_t> counts(widest / column + 1);
  std::size_t long_lines = 0, beyond = 0;
  for (const Width w : widths) {
    if (w < shortest) continue;
    ++long_lines;
    beyond += w > 120 * column;
    ++counts[std::min(w, widest) / column];  // the last: longer than any line
  }
  for (std::size_t i = 1; i < counts.size(); ++i) counts[i] += counts[i - 1];
  const auto within = [&](std::size_t from, std::size_t to) {
    return counts[std::min(to, counts.size() - 1)] - counts[from];
  };
  LineFill fill;
  std::size_t most = 0, best = 0;
  for (std::size_t w = shortest / column; w + 1 < counts.size(); ++w)
    if (const std::size_t n = within(w - (w + 7) / 8, w); n > most) most = n, best = w;
  if (long_lines >= 10)
    fill.wrapped = most * 100 > long_lines * 28;
  else
    fill.wrapped = beyond == 0;
  if (most == 0) {  // too few to tell
    fill.full = widths.empty() ? 0 : *std::max_element(widths.begin(), widths.end());
    return fill;
  }
  // The crowd's upper edge: nine in ten of its lines are not wider.
  std::size_t edge = best;
  while (edge > 1 && within(best - (best + 7) / 8, edge - 1) * 10 >= most * 9) --edge;
  fill.full = edge * column + column / 2;
  return fill;
}

Width last_part(Width width, Width full) {
  const Width most = full + full / 12;
  if (full == 0 || width <= full + full / 4) return width;
  const Width lines = (width + most - 1) / most;
  return width > (lines - 1) * full ? width - (lines - 1) * full : width;
}

}  // namespace emend
