// Judges blanks: one between two Han characters goes where a title is spaced out, or where a running sentence has one
// by accident; it stays where it sets things apart: labels, names in a row, columns, the halves of a verse.
#include "stages/70-letters/blanks.h"

#include <algorithm>
#include <string>

#include "pipeline/text/numerals.h"
#include "weights/letters.h"

namespace emend {

namespace {

constexpr bool is_stop(char32_t c) {
  return std::u32string_view(U"，。；：！？、").find(c) != std::u32string_view::npos;
}
constexpr bool closes(char32_t c) {
  return std::u32string_view(U"）》」』】〕〉").find(c) != std::u32string_view::npos;
}
constexpr bool opens(char32_t c) { return std::u32string_view(U"（《「『【〔〈").find(c) != std::u32string_view::npos; }

std::size_t trim_begin(std::string_view s) { return static_cast<std::size_t>(trim(s).data() - s.data()); }

// Columns are set apart by blanks that must stay.
bool may_space(std::string_view s) {
  s = trim(s);
  return s.find('\t') == s.npos && s.find("   ") == s.npos;
}

}  // namespace

void Blanks::turn_to(std::size_t l) {
  spacing_ = may_space(p_.line(l).text);
  judged_ = 0;
}

void Blanks::between_han(std::size_t l, std::size_t begin) {
  if (begin >= judged_) judged_ = judge_segment(l, begin);
}

// The characters around the blank at `at` that only blanks divide; gives where they end. Decides all its blanks.
std::size_t Blanks::judge_segment(std::size_t l, std::size_t at) {
  const std::string_view s = p_.line(l).text;
  std::size_t begin = at;
  while (begin > 0) {
    const std::size_t before = character_before(s, begin);
    if (!is_han(first_character(s.substr(before)))) break;
    begin = before;
  }
  tokens_.clear();
  std::size_t end = begin;
  bool single_blanks = true;
  for (std::size_t i = begin; i < s.size();) {
    HanToken token{i, i, 0};
    while (token.end < s.size() && is_han(first_character(s.substr(token.end)))) {
      next_character(s, token.end);
      ++token.characters;
    }
    if (token.characters == 0) break;
    tokens_.push_back(token);
    end = i = token.end;
    while (i < s.size() && is_blank(first_character(s.substr(i)))) next_character(s, i);
    if (i > end + 1 && i < s.size() && is_han(first_character(s.substr(i)))) single_blanks = false;
  }
  if (tokens_.size() > 1) judge(l, begin, end, single_blanks);
  return end;
}

void Blanks::judge(std::size_t l, std::size_t begin, std::size_t end, bool single_blanks) {
  const std::string_view s = p_.line(l).text;
  if (join_title(l, begin, end)) return;
  if (!spacing_ || !single_blanks || !(is_running() || p_.passage.is("note"))) return;
  if (is_spaced_out()) return join_tokens(0, tokens_.size(), l, {95, "the letters of the passage are spaced out"});
  if (!is_running()) return;
  if (tokens_.size() > 2) {
    const auto singles =
        std::count_if(tokens_.begin(), tokens_.end(), [](const HanToken& t) { return t.characters == 1; });
    if (static_cast<std::size_t>(singles) * 3 >= tokens_.size() * 2)
      join_tokens(0, tokens_.size(), l, {95, "the letters of the line are spaced out"});
    return;  // else names or things in a row, perhaps
  }
  const HanToken &a = tokens_[0], &b = tokens_[1];
  const bool opens_passage = begin == trim_begin(s) && l == p_.passage.lines.front();
  if (opens_passage && a.end - a.begin <= letters::longest_label) return;
  if (a.characters == b.characters && a.characters >= 4) return;  // the halves of a verse
  join_tokens(0, 2, l, {85, "one blank within a Chinese sentence"});
}

// What is asked at most once a passage.
void Blanks::ask() {
  if (asked_ == p_.passage.lines.front()) return;
  asked_ = p_.passage.lines.front();
  running_ = running();
  spaced_out_ = spaced_out();
}

bool Blanks::running() const {
  return p_.scripts.chinese() && p_.scripts.han >= letters::running_han && !p_.title && !p_.passage.is("keywords") &&
         !p_.passage.is("titlePage") && !p_.passage.is("l") && !p_.passage.is("row") && !p_.passage.is("cell") &&
         has_sentence();
}

// A mark that only sentences have, anywhere in the passage.
bool Blanks::has_sentence() const {
  for (const std::uint32_t l : p_.passage.lines)
    for (const std::string_view mark : {"，", "。", "；", ",", ";"})
      if (p_.doc.lines[l].text.find(mark) != std::string_view::npos) return true;
  return false;
}

// Most Han characters of the passage stand alone, as justified setting with the letters far apart is extracted.
bool Blanks::spaced_out() const {
  std::size_t apart = 0, together = 0;
  for (const std::uint32_t l : p_.passage.lines) {
    const std::string_view s = p_.line(l).text;
    for (std::size_t i = s.find(' '); i != s.npos; i = s.find(' ', i + 1))
      apart += i > 0 && is_han(last_character(s.substr(0, i))) && is_han(first_character(s.substr(i + 1)));
    char32_t before = ' ';
    for (std::size_t i = 0; i < s.size();) {
      const char32_t c = next_character(s, i);
      together += is_han(before) && is_han(c);
      before = c;
    }
  }
  return apart >= 3 && apart > 2 * together;
}

std::string_view Blanks::text_of(std::size_t l, const HanToken& t) const {
  return p_.line(l).text.substr(t.begin, t.end - t.begin);
}

// Titles that are spaced out: 摘 要. In heads any word of single letters, elsewhere those that are known, alone in a
// line.
bool Blanks::join_title(std::size_t l, std::size_t begin, std::size_t end) {
  const std::string_view s = p_.line(l).text;
  const bool starts = begin == trim_begin(s);
  std::size_t first = 0;
  while (first < tokens_.size() &&
         (tokens_[first].characters > 1 || p_.rules.test("label", text_of(l, tokens_[first])) != nullptr))
    ++first;
  if (tokens_.size() < first + 2) return false;
  std::string word;
  for (std::size_t k = first; k < tokens_.size(); ++k) {
    if (tokens_[k].characters > 1) return false;
    word.append(text_of(l, tokens_[k]));
  }
  const bool known = p_.rules.test("spaced", word) != nullptr, alone = starts && trim(s.substr(end)).empty();
  if (!p_.title && !(known && alone)) return false;
  join_tokens(first, tokens_.size(), l,
              {static_cast<std::uint8_t>(known ? 100 : 90), "a title whose letters are spaced out"});
  return true;
}

void Blanks::join_tokens(std::size_t from, std::size_t to, std::size_t l, Because because) {
  for (std::size_t k = from + 1; k < to; ++k)
    p_.repair(l, tokens_[k - 1].end, tokens_[k].begin, "", "letters.blank", because);
}

// Full-width marks bring their own white space.
void Blanks::beside_punctuation(std::size_t l, std::size_t begin, std::size_t end, char32_t left, char32_t right) {
  if (!spacing_ || end - begin > 2 || p_.line(l).text[begin] != ' ' || p_.title || !p_.scripts.chinese() ||
      p_.passage.is("keywords"))
    return;
  const auto text = [](char32_t c) { return is_cjk(c) || is_shared_punctuation(c) || is_letter(c) || is_digit(c); };
  const auto chinese = [](char32_t c) { return is_han(c) || is_wide_punctuation(c) || is_shared_punctuation(c); };
  const bool label =
      begin <= letters::longest_label && (left == U'、' || left == U'：') && l == p_.passage.lines.front();
  if ((is_stop(left) && is_stop(right)) || trim(p_.line(l).text.substr(0, begin)).size() <= 3)
    return;  // no stops of a sentence
  const bool goes = (is_stop(right) && text(left)) || (is_stop(left) && text(right) && !label) ||
                    (closes(right) && chinese(left)) || (opens(left) && chinese(right)) ||
                    (opens(right) && is_han(left)) || (closes(left) && is_han(right));
  if (goes && !is_enclosed_number(left) && !is_enclosed_number(right))
    p_.repair(l, begin, end, "", "letters.blank-beside", {95, "a full-width mark brings its own white space"});
}

void repair_entry_tab(RepairedPassage& p, std::size_t l) {
  const std::string_view s = p.line(l).text;
  const std::size_t tab = s.find('\t', trim_begin(s));
  if (tab == s.npos || tab == trim_begin(s)) return;
  std::size_t words = s.find_first_not_of(" \t", tab);
  if (words == s.npos || read_whole_number(trim(s.substr(words)))) return;
  const std::string_view number = trim(s.substr(0, tab));
  const bool label = number.find_first_not_of("0123456789.") == number.npos || p.rules.test("label", number) != nullptr;
  if (label) p.repair(l, number.size() + trim_begin(s), words, " ", "letters.entry-tab");
}

}  // namespace emend
