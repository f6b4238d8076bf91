// Lines that end where verse does, and not where a margin is.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "stages/65-paragraphs/page_lines.h"

namespace emend {

/// Whether lines, each too short to be wrapped, are verse: clauses of an equal number of Han, or at least four lines of
/// similar length that begin with capitals, and are sentences rather than names; below a colon also short lines of Han
/// without any punctuation.
bool reads_as_verse(std::span<const BodyLine> lines, bool below_colon);

/// Stanzas that are verse by the beginnings of their lines, however long these are: each begins with a capital, most of
/// them within a sentence, and prose of these words would not do so by chance. In a book with many of them, shorter
/// ones are believed as well, if they are no wider than verse is there. Gives how many lines of verse begin at each
/// line, and marks them. Lines of tables are none.
std::vector<std::size_t> find_stanzas(std::vector<BodyLine>& lines, const std::vector<std::uint8_t>& in_table);

/// Whether gaps or indentation set the lines [first, end) apart.
bool stand_apart(const std::vector<BodyLine>& lines, std::size_t first, std::size_t end);

}  // namespace emend
