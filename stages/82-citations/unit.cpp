// Puts the text of a unit together, and takes its bytes back to the source.
#include "stages/82-citations/unit.h"

#include <algorithm>
#include <utility>

#include "pipeline/text/script.h"

namespace emend {

namespace {

// Where source bytes stand in the line's current text.
std::pair<std::size_t, std::size_t> in_text(const Document& d, const Line& line, Span at) {
  std::size_t text = 0, begin = line.text.size(), end = 0;
  each_piece(d, line, [&](Span piece, std::string_view s, bool patched) {
    if (piece.begin < at.end && at.begin < piece.end) {
      const std::size_t skip = patched || piece.begin >= at.begin ? 0 : at.begin - piece.begin;
      const std::size_t stop = patched || piece.end <= at.end ? s.size() : at.end - piece.begin;
      begin = std::min(begin, text + skip);
      end = std::max(end, text + stop);
    }
    text += s.size();
  });
  return {begin, end};
}

}  // namespace

void append(const Document& d, const Node& block, CitationUnit& unit) {
  const auto [first, last] = d.lines_of({block.at.begin, block.at.end + 1});
  for (std::size_t i = first; i < last; ++i) {
    const Line& line = d.lines[i];
    if (d.block_of(line) != &block || trim(line.text).empty()) continue;
    if (!unit.pieces.empty()) unit.text += line.joined ? std::string(line.join) : "\n";
    unit.pieces.push_back({i, unit.text.size()});
    unit.text += line.text;
  }
}

void hide_names(const Document& d, CitationUnit& unit) {
  for (const CitationUnit::Piece& piece : unit.pieces) {
    const Line& line = d.lines[piece.line];
    const std::size_t from = d.first_phrase(line.at.begin);
    for (std::size_t i = from; i < d.phrases.size() && d.phrases[i].at.begin < line.at.end; ++i) {
      const auto [begin, end] = in_text(d, line, d.phrases[i].at);
      for (std::size_t k = begin; k < end; ++k) unit.text[piece.begin + k] = ' ';
    }
  }
}

std::uint32_t source_byte(const Document& d, const CitationUnit& unit, std::size_t at) {
  std::size_t k = 0;
  while (k + 1 < unit.pieces.size() && unit.pieces[k + 1].begin <= at) ++k;
  const Line& line = d.lines[unit.pieces[k].line];
  std::size_t text = unit.pieces[k].begin;
  std::uint32_t byte = line.at.begin;
  each_piece(d, line, [&](Span piece, std::string_view s, bool patched) {
    if (text <= at)
      byte = patched ? piece.begin : piece.begin + static_cast<std::uint32_t>(std::min(at - text, s.size()));
    text += s.size();
  });
  return byte;
}

}  // namespace emend
