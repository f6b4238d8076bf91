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

namespace {

constexpr std::size_t stride = 128;  // so that the counts of one step fit into bytes, and the compiler can use vectors

using Byte = std::uint8_t;

Byte as_byte(char c) { return static_cast<Byte>(c); }
// Whether first <= b <= last, in one comparison of bytes.
Byte within(Byte b, Byte first, Byte last) { return static_cast<Byte>(b - first) <= static_cast<Byte>(last - first); }

// s[i] for i in [from, to), at most 255 of them; the byte before `from` must be there.
Scripts count_step(const char* s, std::size_t from, std::size_t to) {
  Byte han = 0, kana = 0, hangul = 0, words = 0;
  for (std::size_t i = from; i < to; ++i) {
    const Byte b = as_byte(s[i]), before = as_byte(s[i - 1]), letter = b | 0x20;
    const Byte begins =
        static_cast<Byte>((before <= ' ') | (before >= 0x80) | (before == '(') | (before == '"') | (before == '['));
    han = static_cast<Byte>(han + within(b, 0xE4, 0xE9));
    kana = static_cast<Byte>(kana + ((before == 0xE3) & within(b, 0x81, 0x83)));
    hangul = static_cast<Byte>(hangul + within(b, 0xEA, 0xED));
    words = static_cast<Byte>(words + (begins & within(letter, 'a', 'z')));
  }
  return {han, kana, hangul, words};
}

}  // namespace

Scripts count_scripts(std::string_view s) {
  Scripts all;
  if (s.empty()) return all;
  const Byte first = as_byte(s[0]);
  all = {within(first, 0xE4, 0xE9), 0, within(first, 0xEA, 0xED), within(first | 0x20, 'a', 'z')};
  for (std::size_t from = 1; from < s.size(); from += stride)
    all += count_step(s.data(), from, std::min(s.size(), from + stride));
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
