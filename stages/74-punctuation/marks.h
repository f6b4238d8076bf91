// Marks that are judged one by one, each by its two neighbours: commas, colons, questions, apostrophes, full stops.
#pragma once
#include <string_view>

#include "stages/74-punctuation/judged.h"

namespace emend {

// Each takes the place of the mark: a line of the document, and a byte of its text.

/// A comma or a semicolon.
void judge_comma(JudgedPassage&, std::size_t l, std::size_t i, std::string_view wide, std::string_view rule);
/// Gives where the scan goes on: behind the colon, or behind the address that it belongs to.
std::size_t judge_colon(JudgedPassage&, std::size_t l, std::size_t i);
void judge_question(JudgedPassage&, std::size_t l, std::size_t i);
void judge_exclamation(JudgedPassage&, std::size_t l, std::size_t i);
/// Within words an apostrophe; a quotation mark only as one of two that hold Chinese text.
void judge_apostrophe(JudgedPassage&, std::size_t l, std::size_t i);
/// Notes a full stop for `decide_stops`.
void judge_full_stop(JudgedPassage&, std::size_t l, std::size_t i);
/// At the end of a passage: only one of sentences that has no other full stop, and ends with this one.
void decide_stops(JudgedPassage&);

}  // namespace emend
