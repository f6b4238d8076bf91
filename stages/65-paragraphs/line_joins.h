// How the lines of one paragraph become one text: with a blank, without, or with a hyphen less.
#pragma once
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"

namespace emend {

/// A hyphen as it may cut a word at a line end.
bool is_hyphen(char32_t c);
/// Whether `letter` is one capital, and `rest` goes on within its word: T, and "his morning".
bool is_drop_cap(std::string_view letter, std::string_view rest);

/// Pairs of lines, each with the one before it in its paragraph or note.
using LinePairs = std::vector<std::pair<std::size_t, std::size_t>>;

/// Proposes what stands between the lines of each pair. Words that a hyphen cuts are asked of the book's vocabulary,
/// and of the rules of class `hyphen`; a line that is a bullet (class `marker`) keeps a blank behind it.
void join_lines(const Document& d, const Rules& rules, LinePairs pairs, Proposal& out);

}  // namespace emend
