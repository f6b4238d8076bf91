// Titles and addresses in a text of citations, and the text with their letters struck out.
#include <algorithm>
#include <array>

#include "pipeline/text/script.h"
#include "stages/82-citations/draft.h"

namespace emend {

namespace {

constexpr std::size_t longest_title = 600;  // bytes

struct Pair {
  char32_t open, close;
  QuotedTitle::Kind kind;
};
constexpr std::array<Pair, 10> pairs{{{U'《', U'》', QuotedTitle::book},
                                      {U'『', U'』', QuotedTitle::book},
                                      {U'〈', U'〉', QuotedTitle::article},
                                      {U'「', U'」', QuotedTitle::article},
                                      {U'“', U'”', QuotedTitle::quotes},
                                      {U'„', U'“', QuotedTitle::quotes},
                                      {U'«', U'»', QuotedTitle::quotes},
                                      {U'»', U'«', QuotedTitle::quotes},
                                      {U'‘', U'’', QuotedTitle::quotes},
                                      {U'‚', U'‘', QuotedTitle::quotes}}};

char32_t character_at(std::string_view s, std::size_t at) { return at < s.size() ? first_character(s.substr(at)) : 0; }
char32_t character_ahead_of(std::string_view s, std::size_t at) { return at > 0 ? last_character(s.substr(0, at)) : 0; }

// A single quotation mark may be an apostrophe: one that opens stands behind a blank, one that closes before none or a
// mark.
bool may_open(std::string_view s, std::size_t at, char32_t c) {
  if (c == U'‘' || c == U'‚' || c == U'»') {
    const char32_t before = character_ahead_of(s, at);
    return before == 0 || before == '\n' || is_blank(before) || before == '(';
  }
  return true;
}

bool may_close(std::string_view s, std::size_t end, char32_t c) {
  if (c != U'’' && c != U'‘') return true;
  const char32_t behind = character_at(s, end);
  return behind == 0 || behind == '\n' || is_blank(behind) ||
         std::u32string_view(U",.;:)").find(behind) != std::u32string_view::npos;
}

// Where what was opened at `from` closes: the byte of the closing mark and the one behind it; {0, 0} if nowhere near.
Range find_close(std::string_view s, std::size_t from, const Pair& pair) {
  int depth = 1;
  for (std::size_t i = from; i < s.size() && i < from + longest_title;) {
    const std::size_t at = i;
    const char32_t c = next_character(s, i);
    if (c == pair.close && may_close(s, i, c) && --depth == 0) return {at, i};
    if (c == pair.open && c != pair.close && pair.kind != QuotedTitle::quotes) ++depth;
  }
  return {};
}

// Straight quotation marks and stars open and close alike.
Range find_same(std::string_view s, std::size_t from, char mark) {
  const std::size_t at = s.find(mark, from);
  if (at == s.npos || at == from || at > from + longest_title) return {};
  if (mark == '*' && (s[from] == ' ' || s[at - 1] == ' ')) return {};
  return {at, at + 1};
}

bool opens_address(std::string_view s) {
  return s.starts_with("http://") || s.starts_with("https://") || s.starts_with("www.") || s.starts_with("HTTP://");
}

std::size_t address_end(std::string_view s, std::size_t begin) {
  std::size_t end = begin;
  while (end < s.size() && s[end] > ' ' && static_cast<unsigned char>(s[end]) < 0x7F &&
         std::string_view("<>\"[]{}|\\^`").find(s[end]) == std::string_view::npos)  // no character of an address
    ++end;
  const std::string_view whole = s.substr(begin, end - begin);
  const bool bracket = whole.find('(') != whole.npos;
  while (end > begin && (std::string_view(".,;:'!?*").find(s[end - 1]) != std::string_view::npos ||
                         (!bracket && (s[end - 1] == ')' || s[end - 1] == ']'))))
    --end;
  return end;
}

void strike(std::string& masked, Range r) {
  for (std::size_t i = r.begin; i < r.end; ++i) masked[i] = '_';
}

}  // namespace

CitationText prepare_citation(std::string_view text) {
  CitationText t{text, std::string(text), {}, {}};
  for (char& c : t.masked)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t at = i;
    if (opens_address(text.substr(at)) && !is_ascii_letter(character_ahead_of(text, at))) {
      const Range address{at, address_end(text, at)};
      t.addresses.push_back(address);
      strike(t.masked, {std::min(at + (text[at] == 'w' ? 3 : 4), address.end), address.end});
      i = std::max(address.end, at + 1);
      continue;
    }
    const char32_t c = next_character(text, i);
    Range close;
    QuotedTitle::Kind kind = QuotedTitle::starred;
    if (c == '"' || c == '*') {
      close = find_same(text, i, static_cast<char>(c));
      kind = c == '"' ? QuotedTitle::quotes : QuotedTitle::starred;
    } else {
      for (const Pair& pair : pairs)
        if (close.empty() && pair.open == c && may_open(text, at, c))
          close = find_close(text, i, pair), kind = pair.kind;
    }
    if (close.empty()) continue;
    t.titles.push_back({kind, {at, close.end}, {i, close.begin}});
    strike(t.masked, {i, close.begin});
    i = close.end;
  }
  return t;
}

}  // namespace emend
