// Pieces of bare text in a Western citation: what stands between its parts and its punctuation, and what one looks
// like.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "stages/82-citations/draft.h"

namespace emend {

/// A piece of bare text between parts and punctuation.
struct CitationPiece {
  Range at;
  char stop = 0;  // the mark behind it: , . : ( or 0 where a part follows
};
std::vector<CitationPiece> pieces_of(const CitationDraft&, Range gap);

bool is_place(const CitationDraft&, Range);
bool is_publisher(const CitationDraft&, Range);
/// "ed.", "Hrsg.": what somebody was to the work.
bool is_role(const CitationDraft&, Range);
std::size_t word_count(std::string_view);
/// The bytes of "in", "In:", "dans" before the title of what holds the work; 0 if it does not begin so.
std::size_t in_length(std::string_view);

}  // namespace emend
