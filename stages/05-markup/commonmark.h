// The phrases of a paragraph, as a parser of CommonMark sees them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

enum class PieceKind : std::uint8_t { text, code, formula, html, entity, image };

/// Looks of a piece, as bits.
enum PieceLook : std::uint8_t { piece_bold = 1, piece_italic = 2, piece_struck = 4 };

/// Bytes of the line that are no markup; what lies between two pieces is. `no_link` if it is of none.
struct PhrasePiece {
  static constexpr std::size_t no_link = static_cast<std::size_t>(-1);
  PieceKind kind = PieceKind::text;
  std::uint8_t looks = 0;
  std::size_t begin = 0, end = 0;
  std::size_t link = no_link;                  // index into `targets`
  std::size_t words_begin = 0, words_end = 0;  // of an image, what it shows
  std::size_t fence = 0;                       // of a formula, the bytes of each of its fences
};

/// What the lines of a paragraph hold.
struct Paragraph {
  std::vector<std::vector<PhrasePiece>> lines;  // in order, disjoint
  std::vector<std::string> targets;       // of links, and of images
};

/// The pieces of each line, whatever it begins with: no block is looked for. What is set off may go on from line to
/// line; formulas and code may not. Linear in the lines.
Paragraph pieces_of(const std::vector<std::string_view>& lines);

}  // namespace emend
