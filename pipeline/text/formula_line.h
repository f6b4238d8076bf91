// Tells lines of formulas, whose raised and lone figures are no labels of notes.
#pragma once
#include <string_view>

namespace emend {

/// Whether what the line says is a formula, or a piece of one: hardly a word in it, and signs of operations, or no word
/// at all, or a symbol like ηn at its beginning. Words have three letters of one script, or are abbreviations; a Han
/// character is one.
bool is_formula_line(std::string_view text);

}  // namespace emend
