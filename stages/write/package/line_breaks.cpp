// The cheapest way through all breaks, as TeX finds it (Knuth and Plass, Breaking Paragraphs into Lines, 1981), with
// costs of a title: its lines are even, and it is broken where it pauses. What may begin or end no line is from Unicode
// Standard Annex 14 (classes OP, CL and NS).
#include "stages/write/package/line_breaks.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "pipeline/text/utf8.h"

namespace emend {
namespace {

bool is_one_of(char32_t c, std::u32string_view some) { return some.find(c) != std::u32string_view::npos; }

bool may_end_line(char32_t c) { return !is_one_of(c, U"（〔［｛《〈「『【〖“‘([{"); }

bool may_begin_line(char32_t c) { return !is_one_of(c, U"）〕］｝》〉」』】〗”’、。，．：；！？…—·～ー)]},.:;!?"); }

int width_of(char32_t c) {
  if (is_cjk(c) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF60) || c == U'—' || c == U'…') return 1000;
  if (c == U' ') return 300;
  if (c >= U'A' && c <= U'Z') return c == U'I' ? 430 : c == U'M' || c == U'W' ? 1000 : 780;
  if (is_one_of(c, U"fijlrt.,;:!'()[]|")) return 400;
  return is_one_of(c, U"mw") ? 900 : 600;
}

/// A piece that is not broken, with the blanks that follow it.
struct Piece {
  std::string_view text;
  int width = 0, blanks = 0;
};

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  char32_t last = U' ';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_character(text, at);
    if (c == U' ') {
      if (!pieces.empty()) pieces.back().blanks += width_of(c);
    } else {
      const bool breaks = (is_cjk(last) || is_cjk(c) || last == U'—') && may_end_line(last) && may_begin_line(c);
      if (last == U' ' || breaks || pieces.empty()) pieces.push_back({text.substr(begin, 0), 0, 0});
      Piece& piece = pieces.back();
      piece.text = std::string_view(piece.text.data(), at - static_cast<std::size_t>(piece.text.data() - text.data()));
      piece.width += width_of(c);
    }
    last = c;
  }
  return pieces;
}

/// The pieces from `first` to before `last` as one line.
struct Line {
  std::string_view text;
  int width;
};

Line line_of(const std::vector<Piece>& pieces, std::size_t first, std::size_t last) {
  int width = 0;
  for (std::size_t i = first; i < last; ++i) width += pieces[i].width + (i + 1 < last ? pieces[i].blanks : 0);
  const char* const begin = pieces[first].text.data();
  const std::string_view end = pieces[last - 1].text;
  return {std::string_view(begin, static_cast<std::size_t>(end.data() - begin) + end.size()), width};
}

/// How few lines there can be.
std::size_t fewest_lines(const std::vector<Piece>& pieces, int width) {
  std::size_t lines = 0;
  int used = 0, blanks = 0;
  for (const Piece& piece : pieces) {
    const bool fits = lines > 0 && used + blanks + piece.width <= width;
    lines += !fits;
    used = fits ? used + blanks + piece.width : piece.width;
    blanks = piece.blanks;
  }
  return lines;
}

/// What it costs to break between these pieces: little at punctuation, much within Chinese, which has words, too.
double cost_of_break(const Piece& piece, const Piece& next) {
  if (!may_end_line(first_character(next.text))) return 0;
  if (is_one_of(last_character(piece.text), U"—：，、。；！？》」』）:,;.!?)–")) return 0;
  return piece.blanks > 0 ? 0.02 : 0.6;
}

}  // namespace

int width_of(std::string_view text) {
  int width = 0;
  for (std::size_t at = 0; at < text.size();) width += width_of(next_character(text, at));
  return width;
}

std::vector<std::string_view> even_lines(std::string_view text, int width) {
  constexpr double never = 1e9;
  constexpr std::size_t longest = 400;  // pieces; what is longer is no title
  std::vector<Piece> pieces = pieces_of(text);
  pieces.resize(std::min(pieces.size(), longest));
  if (pieces.empty()) return {};
  const std::size_t count = fewest_lines(pieces, width);
  const double even = static_cast<double>(line_of(pieces, 0, pieces.size()).width) / static_cast<double>(count);
  // The cheapest way to set the first pieces in so many lines, and where the last of these begins.
  std::vector<double> cost(pieces.size() + 1, never);
  std::vector<std::vector<std::size_t>> begins(count, std::vector<std::size_t>(pieces.size() + 1));
  cost[0] = 0;
  for (std::size_t line = 0; line < count; ++line) {
    std::vector<double> next(pieces.size() + 1, never);
    for (std::size_t last = 1; last <= pieces.size(); ++last) {
      int used = -pieces[last - 1].blanks;
      for (std::size_t first = last; first-- > 0;) {
        used += pieces[first].width + pieces[first].blanks;
        if (used > width && first + 1 < last) break;
        const double off = (used - even) / even;
        const double all =
            cost[first] + off * off + (last < pieces.size() ? cost_of_break(pieces[last - 1], pieces[last]) : 0);
        if (all < next[last]) {
          next[last] = all;
          begins[line][last] = first;
        }
      }
    }
    cost = std::move(next);
  }
  std::vector<std::string_view> lines;
  for (std::size_t line = count, last = pieces.size(); line-- > 0; last = begins[line][last])
    lines.push_back(line_of(pieces, begins[line][last], last).text);
  std::reverse(lines.begin(), lines.end());
  return lines;
}

}  // namespace emend
