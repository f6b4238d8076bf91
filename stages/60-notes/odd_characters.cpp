// What is left of misread marks and labels.
#include <algorithm>

#include "pipeline/text/script.h"
#include "stages/60-notes/marks.h"
#include "stages/60-notes/open_brackets.h"

namespace emend {

namespace {

constexpr std::u32string_view strong = U"°®©™|+>@#^_~*=%}{†‡§", weak = U"!?'’‘\"”“)(][»";
constexpr std::u32string_view stops = U".,;:，。；：、！？", closers = U"”’\"'»)）》」』】]";

bool in(std::u32string_view set, char32_t c) { return set.find(c) != set.npos; }

bool in_address(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 300;
  std::size_t from = at, to = at;
  while (from > 0 && at - from<longest&& static_cast<unsigned char>(text[from - 1])> ' ') --from;
  while (to < text.size() && to - at<longest&& static_cast<unsigned char>(text[to])> ' ') ++to;
  const std::string_view word = text.substr(from, to - from);
  return word.find("://") != word.npos || word.find(":/") != word.npos || word.find("www.") != word.npos ||
         word.find(".com") != word.npos || word.find('\\') != word.npos;
}

constexpr double doubled = 3;  // the weight of a sign that stands twice

struct Token {
  std::size_t begin = 0, end = 0;
  bool strong = false, digits = false, exclaims = false, quotes = false, brackets = false;
  int value = 0;
};

bool odd(char32_t c) { return in(strong, c) || in(weak, c); }

// A run of odd characters and digits, at most six, behind a word; no further than `end`.
Token read_token(std::string_view text, std::size_t at, std::size_t end = std::string_view::npos) {
  Token t{at, at};
  for (int n = 0; n < 6 && t.end < std::min(end, text.size()); ++n) {
    std::size_t next = t.end;
    const char32_t c = next_character(text, next);
    const bool looks_like_one =
        (c == 'l' || c == 'I') && t.end > at && (is_digit(first_character(text.substr(next))) || t.digits);
    if (!odd(c) && !is_digit(c) && !looks_like_one) break;
    t.strong = t.strong || in(strong, c);
    t.exclaims = t.exclaims || c == '!' || c == '?';
    t.quotes = t.quotes || in(U"'’‘\"”“»", c);
    t.brackets = t.brackets || in(U"()[]", c);
    if (is_digit(c)) t.digits = true, t.value = t.value * 10 + static_cast<int>(c - '0');
    t.end = next;
  }
  return t;
}

// Takes from both ends what belongs to the text: brackets and quotation marks that close others, and opening ones.
Token text_taken_off(const Document& d, std::size_t line, Token t) {
  const std::string_view text = d.lines[line].text;
  while (t.begin < t.end) {
    std::size_t next = t.begin;
    const char32_t c = next_character(text, next);
    const char32_t then = first_character(text.substr(next));
    const bool opens =
        c == U'“' && (is_letter(then) || is_han(then) || in(U"“[(", then) || text.find("”", next) != text.npos);
    const bool name = is_digit(c) && next < t.end && is_upper(last_character(text.substr(0, t.begin)));  // 22H2
    if (!opens && !name && !closes(d, line, t.begin, c)) break;
    t.begin = next;
  }
  while (t.begin < t.end) {
    const std::size_t last = character_before(text, t.end);
    const char32_t c = first_character(text.substr(last));
    const bool opens = (c == '(' && t.end - t.begin > 1 && !is_blank(first_character(text.substr(t.end)))) ||
                       (c == '[' && text.find(']', t.end) != text.npos);
    if (!opens && !closes(d, line, last, c)) break;
    t.end = last;
  }
  return t;
}

// Up to the quotation mark within it that closes another: what stands on both sides of it are two marks.
Token up_to_quotation(const Document& d, std::size_t line, const Token& t) {
  const std::string_view text = d.lines[line].text;
  for (std::size_t at = t.begin; at < t.end;) {
    const std::size_t begin = at;
    const char32_t c = next_character(text, at);
    if (begin > t.begin && at < t.end && in(U"”’»", c) && closes(d, line, begin, c))
      return read_token(text, t.begin, begin);
  }
  return t;
}

bool unmatched(std::string_view text, std::size_t at, std::string_view open, std::string_view close) {
  int depth = 0;
  const std::size_t from = at > 400 ? at - 400 : 0;
  for (std::size_t i = from; i < at; ++i) {
    if (text.substr(i).starts_with(open))
      ++depth, i += open.size() - 1;
    else if (text.substr(i).starts_with(close))
      depth -= depth > 0, i += close.size() - 1;
  }
  return depth == 0;
}

// Where (1) ends whose figure was lost or read as a sign: `(")`, `(*)`, `()`; 0 if it is none.
std::size_t end_of_spoiled_bracket(std::string_view text, std::size_t at) {
  constexpr std::u32string_view signs = U"\"'*°®”“‘’|";
  std::size_t end = at + 1;
  for (int n = 0; n < 3 && end < text.size(); ++n) {
    const char32_t c = next_character(text, end);
    if (c == ')') return end;
    if (!in(signs, c)) return 0;
  }
  return 0;
}

bool has_han(std::string_view text) {
  for (std::size_t i = 0; i < text.size();)
    if (is_han(next_character(text, i))) return true;
  return false;
}

// C++, C#: the name of a language.
bool is_language_name(std::string_view text, const Token& t, std::string_view shown) {
  const bool letter = t.begin > 0 && (text[t.begin - 1] == 'C' || text[t.begin - 1] == 'F' || text[t.begin - 1] == 'J');
  const bool alone = t.begin < 2 || !is_ascii_letter(static_cast<unsigned char>(text[t.begin - 2]));
  return letter && alone && (shown == "++" || shown == "#");
}

// Chinese stands close: odd characters between a blank and a stop are what is left of a mark, and so are those that the
// engine is not sure of.
bool stands_apart(std::string_view text, std::size_t at, bool unsure) {
  const char32_t before = last_character(trim(text.substr(0, at)));
  if (!is_han(before) && !is_wide_punctuation(before) && !(in(closers, before) && has_han(text))) return false;
  const Token t = read_token(text, at);
  return unsure || (t.strong && in(U"，。；：、", first_character(text.substr(t.end))));
}

// The next of several figures, as in 0,1 and 2,3; but not what stands behind a year.
bool counts_on(std::string_view text, std::size_t at) {
  if (at < 2 || text[at - 1] != ',' || !is_digit(static_cast<unsigned char>(text[at - 2]))) return false;
  std::size_t begin = at - 1;
  while (begin > 0 && is_digit(static_cast<unsigned char>(text[begin - 1]))) --begin;
  return at - 1 - begin != 4;
}

// n=0, f(x)=0: the sign stands between what is equal.
bool equates(std::string_view shown, char32_t before) {
  return shown.size() > 1 && shown[0] == '=' && (is_latin(before) || before == ')') &&
         is_digit(static_cast<unsigned char>(shown[1]));
}

// word2vec: figures within a word.
bool is_within_word(std::string_view text, const Token& t) {
  return t.digits && !t.strong && !t.brackets && !t.quotes && !t.exclaims && t.begin > 0 &&
         is_ascii_letter(static_cast<unsigned char>(text[t.begin - 1])) &&
         is_lower(first_character(text.substr(t.end)));
}

// 2.0 and .09: the figure of a decimal, or of a version.
bool is_decimal(std::string_view text, const Token& t) {
  const std::string_view behind = text.substr(t.end);
  return t.digits && behind.size() > 1 && behind[0] == '.' && is_digit(static_cast<unsigned char>(behind[1]));
}

// Signs and figures that belong to the text, however unsure the engine is.
bool is_of_text(std::string_view text, const Token& t, char32_t before) {
  return counts_on(text, t.begin) || is_within_word(text, t) || is_decimal(text, t) ||
         equates(text.substr(t.begin, t.end - t.begin), before);
}

double weigh(std::string_view text, const Token& t, char32_t before) {
  const std::string_view shown = text.substr(t.begin, t.end - t.begin);
  if (is_language_name(text, t, shown)) return 0;
  const char32_t next = first_character(text.substr(t.end)), then = first_character(trim(text.substr(t.end)));
  const bool cjk = is_han(before) || is_han(next) || is_wide_punctuation(next) || in(U"》”", before);
  if (shown == "'" || shown == "’" || shown == "‘") {
    if (is_letter(next)) return 0;
    return in(stops, before) ? 2.5 : before == 's' ? 0.5 : 2;
  }
  if (is_letter(next) && !cjk) return 0;
  if (t.strong) return shown == "%" || shown == "_" || shown == "=" || shown == "+" || shown == "#" ? 1.5 : 4;
  if (t.digits && !t.brackets && !t.quotes && !t.exclaims)
    return before == U'第' || before == '.' || before == U'图' || before == U'表' ? 0
           : is_upper(before)                                                     ? 0.8
           : cjk                                                                  ? 2.5
                                                                                  : 2;
  if (t.digits) return 3.5;
  if (t.exclaims) {
    if (in(stops, before) || t.quotes) return 3.5;
    if (before == U'吗' || before == U'呢' || before == U'嗎') return 0.2;
    // Behind a bracket or a Latin word: an exclamation in Chinese has Chinese before it.
    if (is_han(then) && (in(closers, before) || is_letter(before))) return 2.6;
    const bool pause = next == '.' && !text.substr(t.end).starts_with("..");  // but not `ah!...`
    const bool goes_on = is_lower(then) || (is_han(next) && !is_blank(next)) || in(U",;，。；、）》”)(", next) || pause;
    return goes_on ? 3 : 0.2;
  }
  if (t.brackets) {
    if (shown == "()") return 4;
    // Chinese opening brackets are often misread themselves.
    if (shown == ")")
      return unmatched(text, t.begin, "(", ")") && unmatched(text, t.begin, "（", ")")
                 ? (cjk || has_han(text) ? 0.8 : 2.5)
                 : 0;
    if (shown == "]") return unmatched(text, t.begin, "[", "]") ? 3 : 0;
    if (shown == "(" || shown == "“") return 0;
    return shown.size() > 1 ? 2.5 : 2;
  }
  if (shown == "”") return unmatched(text, t.begin, "“", "”") ? 2.2 : 0;
  if (shown == "»") return unmatched(text, t.begin, "«", "»") ? 2.5 : 0;
  if (shown == "\"") return in(stops, before) || is_letter(before) || is_han(before) ? 1 : 0;
  return shown.size() > 3 ? 2.5 : 0.5;
}

// Two marks in a row, as ® © or ? ?: the second stands a blank behind the first.
constexpr std::u32string_view like_marks = U"®©@°?™";

bool follows_mark(std::string_view text, std::size_t line, std::size_t at, const std::vector<MarkPlace>& places) {
  if (places.empty() || places.back().line != line || places.back().end + 1 != at || text[at - 1] != ' ') return false;
  const MarkPlace& first = places.back();
  return in(like_marks, first_character(text.substr(at))) && in(like_marks, last_character(text.substr(0, first.end)));
}

// The first of two signs that are alike.
bool is_doubled(std::string_view text, const Token& t) {
  const std::string_view shown = text.substr(t.begin, t.end - t.begin), behind = text.substr(t.end);
  return in(like_marks, first_character(shown)) && behind.starts_with(' ') && behind.substr(1).starts_with(shown);
}

}  // namespace

const UnsureWord* unsure_at(const std::vector<UnsureWord>& words, std::size_t at) {
  const auto word = std::find_if(words.begin(), words.end(), [&](const UnsureWord& w) { return at < w.end; });
  return word != words.end() && word->begin <= at ? &*word : nullptr;
}

void find_odd_characters(const Document& d, std::size_t line, const std::vector<UnsureWord>& unsure,
                         std::vector<MarkPlace>& out) {
  const std::string_view text = d.lines[line].text;
  char32_t before = not_a_character;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    const char32_t c = next_character(text, next);
    const bool behind_word =
        is_letter(before) || is_han(before) || in(stops, before) || in(closers, before) || in(U"!?…", before);
    const UnsureWord* word = unsure_at(unsure, at);
    const bool second = follows_mark(text, line, at, out);
    const bool apart = is_blank(before) && (second || stands_apart(text, at, word != nullptr));
    if (apart) before = last_character(trim(text.substr(0, at)));
    const bool begins = (odd(c) || is_digit(c)) && (behind_word || apart) && c != '(' && before != not_a_character;
    if (const std::size_t end = c == '(' && behind_word ? end_of_spoiled_bracket(text, at) : 0; end > 0) {
      // `main()` is a name as well
      out.push_back({line, at, end, {}, end - at > 2 ? 3.5 : 2.2, 0, true});
      before = ')', at = end;
      continue;
    }
    if (!begins || in_address(text, at)) {
      before = c;
      at = next;
      continue;
    }
    Token t = up_to_quotation(d, line, read_token(text, at));
    // A sentence keeps its own question mark, or its closing quotation mark, before the note's mark.
    const char32_t then = first_character(trim(text.substr(t.end)));
    const bool ends_here = then == not_a_character || is_upper(then) || is_han(then);
    if (t.end > next && (c == '!' || c == '?') && ends_here && !in(stops, before))
      t = read_token(text, next), before = c;
    if (const Token own = text_taken_off(d, line, t); own.begin != t.begin || own.end != t.end) {
      const std::size_t end = t.end;
      if (own.begin < own.end) t = read_token(text, own.begin, own.end);
      if (own.begin == own.end || t.begin == t.end) {
        before = last_character(text.substr(0, end));
        at = end;
        continue;
      }
      before = last_character(text.substr(0, t.begin));
    }
    double weight = weigh(text, t, before);
    if (second && !t.digits) weight = std::max(weight, out.back().weight);
    if (weight < doubled && is_doubled(text, t)) weight = doubled;
    if ((weight > 0.3 || word != nullptr) && !is_of_text(text, t, before))
      out.push_back({line, t.begin, t.end, {}, weight, t.value, t.digits || t.brackets});
    before = last_character(text.substr(0, t.end));
    at = t.end;
  }
}

std::size_t read_odd_label(std::string_view line, double& weight) {
  weight = 0;
  std::size_t end = 0;
  bool is_strong = false, digits = false;
  int figures = 0;
  for (int n = 0; n < 5 && end < line.size(); ++n) {
    std::size_t next = end;
    const char32_t c = next_character(line, next);
    const bool one = end > 0 && (c == 'l' || c == 'I') && is_blank(first_character(line.substr(next)));
    if (!odd(c) && !one && !is_digit(c) && !is_enclosed_number(c) && !(end > 0 && c == '.')) break;
    if (digits && (c == '=' || c == '+') && is_digit(first_character(line.substr(next)))) return 0;  // l=3, misread
    is_strong = is_strong || in(U"°®©™@*|~", c) || is_enclosed_number(c);
    digits = digits || is_digit(c);
    figures += is_digit(c);
    end = next;
  }
  if (end == 0 || figures > 3) return 0;
  const char32_t next = first_character(trim(line.substr(end)));
  if (line.size() < end + 6 || next == not_a_character || next == U'年' || next == U'月' || next == U'日' ||
      next == U'.')
    return 0;
  const bool apart = is_blank(first_character(line.substr(end)));
  weight = is_strong ? 2 : digits ? (apart || is_han(next) ? 1.2 : 0.6) : apart ? 1.2 : 0.5;
  while (end < line.size() && (line[end] == ' ' || line[end] == '\t')) ++end;
  return end;
}

}  // namespace emend
