// Reading a paragraph back to where a bracket may have been opened.
#include "stages/60-notes/open_brackets.h"

#include <algorithm>
#include <string>
#include <utility>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::u32string_view stops = U".,;:，。；：、！？";

bool in(std::u32string_view set, char32_t c) { return set.find(c) != set.npos; }

struct Before {
  std::string text;
  bool torn = false;  // it begins a page, and within a sentence
};

// The text before byte `at` of a line and before it in its paragraph, as far as a bracket may have been opened.
Before read_back(const Document& d, std::size_t line, std::size_t at) {
  constexpr std::size_t most_bytes = 1200, most_lines = 24;
  Before back{std::string(d.lines[line].text.substr(at > most_bytes ? at - most_bytes : 0, std::min(at, most_bytes)))};
  std::size_t first = line;
  for (std::size_t n = 1; n <= std::min(line, most_lines) && back.text.size() < most_bytes; ++n, first = line - n + 1) {
    const std::string_view before = trim(d.lines[line - n].text);
    if (before.empty() || d.is(d.lines[line - n], "fw")) break;
    back.text.insert(0, std::string(before.substr(before.size() - std::min(before.size(), most_bytes))) + " ");
  }
  const std::size_t above = first - (first > 0);
  while (first > 0 && trim(d.lines[first - 1].text).empty()) --first;
  back.torn = is_lower(first_character(back.text)) && (first == 0 || d.lines[first - 1].page != d.lines[line].page ||
                                                       d.is(d.lines[above], "fw") || d.is(d.lines[first - 1], "fw"));
  return back;
}

}  // namespace

bool closes(const Document& d, std::size_t line, std::size_t at, char32_t c) {
  constexpr std::pair<std::u32string_view, std::u32string_view> pairs[] = {
      {U"(（〈<", U")）〉"}, {U"[［", U"]］"}, {U"{", U"}"}, {U"“", U"”\""}, {U"‘", U"’"}, {U"«", U"»"}};
  for (const auto& [open, shut] : pairs) {
    if (!in(shut, c)) continue;
    const auto [back, torn] = read_back(d, line, at);
    const bool last = trim(d.lines[line].text.substr(at)).size() <= 3 &&
                      (line + 1 == d.lines.size() || trim(d.lines[line + 1].text).empty());
    int depth = torn && last && (c == U'”' || c == U'"') ? 1 : 0;
    char32_t before = ' ';
    for (std::size_t i = 0; i < back.size();) {
      const char32_t here = next_character(back, i);
      const bool begins =
          here == '"' && (is_blank(before) || in(stops, before)) && !is_blank(first_character(back.substr(i)));
      if (in(open, here) || (begins && depth == 0))
        ++depth;
      else if (in(shut, here))
        depth -= depth > 0;
      before = here;
    }
    return depth > 0;
  }
  return false;
}

}  // namespace emend
