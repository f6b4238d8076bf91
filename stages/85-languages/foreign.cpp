// One pass over the characters for each kind of run.
#include "stages/85-languages/foreign.h"

#include <string>

#include "pipeline/text/script.h"
#include "weights/languages.h"

namespace emend {

namespace {

constexpr std::size_t longest_quoted = 4000;

bool is_latin_text(char32_t c) {
  return is_latin(c) || is_digit(c) || c == '\n' || is_blank(c) ||
         std::u32string_view(U",.;:!?'’()-–").find(c) != std::u32string_view::npos;
}

std::size_t count_words(std::string_view s) {
  std::size_t words = 0;
  bool in = false;
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = next_character(s, i);
    const bool letter = is_letter(c) || (in && (c == '\'' || c == 0x2019 || c == '-'));
    words += letter && !in;
    in = letter;
  }
  return words;
}

// From the first letter to the last, or to the mark that ends the sentence.
ForeignRun trimmed(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin < end) {
    std::size_t next = begin;
    if (is_letter(next_character(text, next))) break;
    begin = next;
  }
  while (end > begin) {
    const char32_t last = last_character(text.substr(0, end));
    if (is_letter(last) || is_digit(last) || last == '.' || last == '?' || last == '!') break;
    end = character_before(text, end);
  }
  return {begin, end, count_words(text.substr(begin, end - begin)), false};
}

std::vector<ForeignRun> latin_runs(std::string_view text) {
  std::vector<ForeignRun> runs;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t begin = i, end = i, letters = 0;
    while (end < text.size()) {
      std::size_t next = end;
      const char32_t c = next_character(text, next);
      if (!is_latin_text(c)) break;
      letters += is_latin(c);
      end = next;
    }
    if (letters > 0)
      if (const ForeignRun run = trimmed(text, begin, end); run.words >= languages::fewest_words) runs.push_back(run);
    i = end;
    if (i < text.size()) next_character(text, i);
  }
  return runs;
}

std::vector<ForeignRun> han_runs(std::string_view text) {
  std::vector<ForeignRun> runs;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    std::size_t end = i, han = 0;
    while (i < text.size()) {
      std::size_t next = i;
      const char32_t c = next_character(text, next);
      if (!is_cjk(c) && c != '\n') break;
      if (is_kana(c)) han = 0;  // Japanese is told by more than a run
      if (is_han(c)) ++han;
      if (c != '\n') end = next;
      i = next;
    }
    if (han >= languages::fewest_han) runs.push_back({begin, end, han, true});
    if (i == begin) next_character(text, i);
  }
  return runs;
}

// What quotation marks enclose, of one kind of marks at a time; none within another.
std::vector<ForeignRun> quoted_runs(std::string_view text) {
  constexpr std::u32string_view opening = U"“„«\"", closing = U"”“»\"";
  std::vector<ForeignRun> runs;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t kind = opening.find(next_character(text, i));
    if (kind == opening.npos) continue;
    std::size_t at = i;
    while (at < text.size() && at < i + longest_quoted) {
      const std::size_t mark = at;
      const char32_t c = next_character(text, at);
      if (c != closing[kind]) continue;
      if (const ForeignRun run = trimmed(text, i, mark); run.words >= languages::fewest_quoted) runs.push_back(run);
      i = at;
      break;
    }
  }
  return runs;
}

}  // namespace

std::vector<ForeignRun> foreign_runs(std::string_view text, bool in_han) {
  if (in_han) return latin_runs(text);
  std::vector<ForeignRun> runs = quoted_runs(text);
  if (runs.empty()) return han_runs(text);
  return runs;
}

}  // namespace emend
