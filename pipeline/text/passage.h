// Lines that read as one text, and how much of which script they hold: what a rule asks before it trusts a neighbour.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "pipeline/document/document.h"

namespace emend {

/// How much of a text is in which script.
struct Scripts {
  std::size_t han = 0, kana = 0, hangul = 0;  // characters
  std::size_t words = 0;                      // of letters, addresses counting as one

  Scripts& operator+=(const Scripts& other);
  /// Chinese with foreign words in it, and not the other way round. Japanese is not Chinese.
  bool chinese() const { return han > words && kana * 10 <= han; }
  /// Chinese and something else in like measure.
  bool mixed() const { return han * 4 > words && kana * 10 <= han; }
};

/// Counts by lead bytes, without decoding: fast, and exact enough for a measure.
Scripts count_scripts(std::string_view s);

/// Whether the text is ASCII only.
bool is_ascii(std::string_view s);

/// The phrases of a line as ranges of its current text, in order; `out` is reused.
void phrases_in(const Document& d, const Line& line, std::vector<std::pair<std::size_t, std::size_t>>& out);

/// The lines of one innermost block, or one line that no block holds.
struct Passage {
  const Node* block = nullptr;           // null if none
  std::span<const std::uint32_t> lines;  // indices, ascending; lines of nested blocks are not among them

  bool is(std::string_view name) const { return block != nullptr && block->name == name; }
};

/// For every line the next one of its block; how `each_passage` walks.
std::vector<std::uint32_t> chain_lines(const Document& d);

/// Calls f(passage) for every passage, in the order of their first lines.
template <class F>
void each_passage(const Document& d, F f) {
  constexpr std::uint32_t first = 0x80000000u, none = 0x7FFFFFFFu;
  const std::vector<std::uint32_t> chain = chain_lines(d);
  std::vector<std::uint32_t> lines;
  for (std::uint32_t i = 0; i < chain.size(); ++i) {
    if ((chain[i] & first) == 0) continue;
    lines.clear();
    for (std::uint32_t k = i; k != none; k = chain[k] & none) lines.push_back(k);
    f(Passage{d.block_of(d.lines[i]), lines});
  }
}

}  // namespace emend
