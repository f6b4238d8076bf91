// Counting scripts, and gathering the lines of a block.
#include "pipeline/text/passage.h"

#include <algorithm>
#include <cstdint>

namespace emend {

Scripts& Scripts::operator+=(const Scripts& other) {
  han += other.han;
  kana += other.kana;
  hangul += other.hangul;
  words += other.words;
  return *this;
}

// A step a character, by its first byte: this is asked of every line, several times.
Scripts count_scripts(std::string_view s) {
  Scripts all;
  bool begins = true;  // a word may begin here
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  for (std::size_t i = 0; i < s.size();) {
    const unsigned char b = byte(i);
    if (b < 0x80) {
      const unsigned char letter = b | 0x20;
      all.words += begins && letter >= 'a' && letter <= 'z';
      begins = b <= ' ' || b == '(' || b == '"' || b == '[';
      ++i;
      continue;
    }
    begins = true;
    if (b < 0xE0) {
      i += b < 0xC0 ? 1 : 2;
      continue;
    }
    if (b == 0xE3)
      all.kana += i + 1 < s.size() && byte(i + 1) >= 0x81 && byte(i + 1) <= 0x83;
    else if (b >= 0xE4 && b <= 0xE9)
      ++all.han;
    else if (b >= 0xEA && b <= 0xED)
      ++all.hangul;
    i += b < 0xF0 ? 3 : 4;
  }
  return all;
}

bool is_ascii(std::string_view s) {
  unsigned char all = 0;
  for (const char c : s) all = static_cast<unsigned char>(all | static_cast<unsigned char>(c));
  return all < 0x80;
}

void phrases_in(const Document& d, const Line& line, std::vector<std::pair<std::size_t, std::size_t>>& out) {
  out.clear();
  std::size_t next = d.first_phrase(line.at.begin);
  if (next == d.phrases.size() || d.phrases[next].at.begin >= line.at.end) return;
  std::size_t text = 0;
  bool open = false;
  const auto visit = [&](std::uint32_t at, std::size_t offset) {  // phrases that begin or end at this byte
    if (open && d.phrases[next].at.end <= at) {
      out.back().second = offset;
      open = false;
      ++next;
    }
    if (!open && next < d.phrases.size() && d.phrases[next].at.begin <= at && at < line.at.end) {
      out.emplace_back(offset, offset);
      open = true;
    }
  };
  each_piece(d, line, [&](Span at, std::string_view piece, bool patched) {
    std::uint32_t from = at.begin;
    visit(from, text);
    while (!patched && next < d.phrases.size()) {
      const std::uint32_t edge = open ? d.phrases[next].at.end : d.phrases[next].at.begin;
      if (edge <= from || edge >= at.end) break;
      text += edge - from;
      from = edge;
      visit(from, text);
    }
    text += patched ? piece.size() : at.end - from;
  });
  visit(line.at.end, text);
}

std::vector<std::uint32_t> chain_lines(const Document& d) {
  constexpr std::uint32_t first = 0x80000000u, none = 0x7FFFFFFFu;
  std::vector<std::uint32_t> chain(d.lines.size(), none), last(d.blocks.size(), none);
  for (std::uint32_t i = 0; i < chain.size(); ++i) {
    const std::int32_t block = d.lines[i].block;
    std::uint32_t* before = block < 0 ? nullptr : &last[static_cast<std::size_t>(block)];
    if (before == nullptr || *before == none)
      chain[i] |= first;
    else
      chain[*before] = (chain[*before] & first) | i;
    if (before != nullptr) *before = i;
  }
  return chain;
}

}  // namespace emend
