// Numbers in a text without page breaks that count its pages.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "pipeline/text/numerals.h"

namespace emend {

/// A line that may print a page number.
struct CountedLine {
  std::size_t line = 0;
  std::uint32_t at = 0;  // byte of the source
  int value = 0;
  Numeral form = Numeral::none;
  bool torn = false;     // the text before it breaks off, or ends with a note
  bool dressed = false;  // it stands between dashes or dots, as page numbers are set
};

/// Whether the text before some of the numbers in the row breaks off, as it does at the ends of pages.
bool tear_sentences(const std::vector<CountedLine>& numbers, const std::vector<std::size_t>& row);

/// The longest row of `numbers` (in the order of the text) that counts on, a few numbers lost, with about a page of
/// text between one and the next; indices. Nothing where the row is short, or where no sentence is torn at its numbers,
/// as by page breaks some must be: then they may be those of sections, but for numbers between dashes with a page of
/// text before the first. The small Roman numbers before it, of the front matter, are part of it. Cost is linear.
std::vector<std::size_t> count_of_pages(const std::vector<CountedLine>& numbers);

}  // namespace emend
