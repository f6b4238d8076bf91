// Puts the text of a unit together, and takes its bytes back to the source.
#include "stages/82-citations/unit.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/text/script.h"

namespace emend {

namespace {

// A piece of a line: its bytes of the source, and where its reading stands in the line's current text.
struct PlacedPiece {
  Span source;
  std::size_t begin, size;
  bool patched;
};

// The pieces of a line, once for all its phrases: a line may have as many of either as it has letters.
std::vector<PlacedPiece> placed_pieces(const Document& d, const Line& line) {
  std::vector<PlacedPiece> pieces;
  std::size_t text = 0;
  each_piece(d, line, [&](Span piece, std::string_view s, bool patched) {
    pieces.push_back({piece, text, s.size(), patched});
    text += s.size();
  });
  return pieces;
}

// Where source bytes stand in the line's current text; nowhere is an empty range.
std::pair<std::size_t, std::size_t> in_text(const std::vector<PlacedPiece>& pieces, Span at) {
  auto piece = std::partition_point(pieces.begin(), pieces.end(),
                                    [&](const PlacedPiece& p) { return p.source.end <= at.begin; });
  std::size_t begin = 0, end = 0;
  for (bool first = true; piece != pieces.end() && piece->source.begin < at.end; ++piece, first = false) {
    const std::size_t skip = piece->patched || piece->source.begin >= at.begin ? 0 : at.begin - piece->source.begin;
    const std::size_t stop = piece->patched || piece->source.end <= at.end ? piece->size : at.end - piece->source.begin;
    if (first) begin = piece->begin + skip;
    end = piece->begin + stop;
  }
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
    const std::vector<PlacedPiece> pieces = placed_pieces(d, line);
    const std::size_t from = d.first_phrase(line.at.begin);
    for (std::size_t i = from; i < d.phrases.size() && d.phrases[i].at.begin < line.at.end; ++i) {
      const auto [begin, end] = in_text(pieces, d.phrases[i].at);
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
