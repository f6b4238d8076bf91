// The text of a note or of an entry of a list, in which citations are sought, and where its bytes come from.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/document/document.h"

namespace emend {

struct CitationUnit {
  struct Piece {
    std::size_t line, begin;  // index of the line; where its text begins in `text`
  };
  std::string text;
  std::vector<Piece> pieces;
};

/// The lines of a block behind what the unit has already.
void append(const Document&, const Node& block, CitationUnit&);
/// What has a name already is no part of a citation; blanks stand for it.
void hide_names(const Document&, CitationUnit&);
/// The byte of the source that byte `at` of the text comes from.
std::uint32_t source_byte(const Document&, const CitationUnit&, std::size_t at);

}  // namespace emend
