// Indexing lines by their words.
#include "stages/40-contents/title_index.h"

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "pipeline/text/similarity.h"
#include "weights/contents.h"

namespace emend {

namespace {

constexpr std::uint64_t base = 0x9E3779B97F4A7C15;
constexpr std::size_t longest = 260, most_lines = 3;  // columns, lines, columns

std::uint64_t add(std::uint64_t hash, char32_t c) { return (hash ^ c) * base; }

std::uint64_t add(std::uint64_t hash, std::u32string_view s) {
  for (const char32_t c : s) hash = add(hash, c);
  return hash;
}

bool may_be_title(const Line& line) {
  return !trim(line.text).empty() && line.block < 0 && !wider_than(line.text, longest);
}

// Within running text no heading begins: the line before breaks off at the margin.
bool may_begin(const Document& d, std::size_t i) {
  if (i == 0) return true;
  const Line& before = d.lines[i - 1];
  const std::string_view text = trim(before.text);
  return text.empty() || before.page != d.lines[i].page || before.block >= 0 || !wider_than(text, contents::narrow) ||
         ends_sentence(text);
}

}  // namespace

TitleIndex::TitleIndex(const Document& d) {
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    if (!may_be_title(d.lines[i]) || !may_begin(d, i)) continue;
    std::uint64_t hash = base;
    std::size_t taken = 0;
    for (std::size_t k = i; k < d.lines.size() && k < i + 2 * most_lines && taken < most_lines; ++k) {
      if (trim(d.lines[k].text).empty()) continue;
      if (!may_be_title(d.lines[k]) || d.lines[k].page != d.lines[i].page) break;
      hash = add(hash, folded(d.lines[k].text));
      const auto line = static_cast<std::uint32_t>(i);
      lines_.try_emplace(hash, Lines{line, line}).first->second.last = line;
      ++taken;
    }
  }
}

bool TitleIndex::stands_outside(std::u32string_view words, std::size_t begin, std::size_t line) const {
  const auto found = words.empty() ? lines_.end() : lines_.find(add(base, words));
  return found != lines_.end() && (found->second.last > line || found->second.first < begin);
}

std::size_t TitleIndex::longest_beginning(std::u32string_view words, std::size_t line) const {
  std::uint64_t hash = base;
  std::size_t width = 0, best = 0;
  for (std::size_t n = 0; n < words.size(); ++n) {
    hash = add(hash, words[n]);
    width += is_cjk(words[n]) ? 2 : 1;
    if (width < contents::enough_words) continue;
    if (const auto found = lines_.find(hash); found != lines_.end() && found->second.last > line) best = n + 1;
  }
  return best;
}

}  // namespace emend
