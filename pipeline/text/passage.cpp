// Counting scripts, and gathering the lines of a block.
#include "pipeline/text/passage.h"

#include <algorithm>

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

struct Step {
  unsigned char han = 0, kana = 0, hangul = 0, words = 0;
};

unsigned as_byte(char c) { return static_cast<unsigned char>(c); }

// s[i] for i in [from, to); the byte before `from` must be there.
Step count_step(const char* s, std::size_t from, std::size_t to) {
  Step step;
  for (std::size_t i = from; i < to; ++i) {
    const unsigned b = as_byte(s[i]), before = as_byte(s[i - 1]), letter = b | 0x20u;
    const bool begins = before <= ' ' || before >= 0x80 || before == '(' || before == '"' || before == '[';
    step.han = static_cast<unsigned char>(step.han + ((b >= 0xE4) & (b <= 0xE9)));
    step.kana = static_cast<unsigned char>(step.kana + ((before == 0xE3) & (b >= 0x81) & (b <= 0x83)));
    step.hangul = static_cast<unsigned char>(step.hangul + ((b >= 0xEA) & (b <= 0xED)));
    step.words = static_cast<unsigned char>(step.words + (begins & (letter >= 'a') & (letter <= 'z')));
  }
  return step;
}

}  // namespace

Scripts count_scripts(std::string_view s) {
  Scripts all;
  if (s.empty()) return all;
  const unsigned first = as_byte(s[0]);
  all.han = first >= 0xE4 && first <= 0xE9;
  all.hangul = first >= 0xEA && first <= 0xED;
  all.words = (first | 0x20u) >= 'a' && (first | 0x20u) <= 'z';
  for (std::size_t from = 1; from < s.size(); from += stride) {
    const Step step = count_step(s.data(), from, std::min(s.size(), from + stride));
    all += {step.han, step.kana, step.hangul, step.words};
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
    if (before == nullptr || *before == none) chain[i] |= first;
    else chain[*before] = (chain[*before] & first) | i;
    if (before != nullptr) *before = i;
  }
  return chain;
}

}  // namespace emend
