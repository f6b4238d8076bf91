// Marks as printed, and what is left of them.
#include "stages/60-notes/marks.h"

#include <algorithm>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::u32string_view strong = U"°®©™|+>@#^_~*=%}{†‡§", weak = U"!?'’‘\"”“)(][»";
constexpr std::u32string_view stops = U".,;:，。；：、！？", closers = U"”’\"'»)）》」』】]";

bool in(std::u32string_view set, char32_t c) { return set.find(c) != set.npos; }

bool before_is_text(std::string_view text, std::size_t at) {
  return at > 0 && !is_blank(first_character(text.substr(character_before(text, at))));
}

// x3, m2, CO2, MP3: figures that belong to the letters before them.
bool is_formula(std::string_view text, std::size_t at) {
  std::size_t begin = at, letters = 0;
  const bool capital = is_upper(last_character(text.substr(0, at)));
  while (begin > 0 && letters < 5) {
    const std::size_t previous = character_before(text, begin);
    if (!is_letter(first_character(text.substr(previous)))) break;
    begin = previous;
    ++letters;
  }
  const std::string_view word = text.substr(begin, at - begin);
  return letters == 1 || (capital && letters <= 3) || word == "km" || word == "cm" || word == "mm";
}

// Four figures that are no part of a longer number, from 1000 to 2999.
bool ends_with_year(std::string_view text) {
  if (text.size() < 4 || (text[text.size() - 4] != '1' && text[text.size() - 4] != '2')) return false;
  for (std::size_t i = text.size() - 3; i < text.size(); ++i)
    if (!is_digit(static_cast<unsigned char>(text[i]))) return false;
  const char32_t before = last_character(text.substr(0, text.size() - 4));
  return !is_digit(before) && before != '.' && before != ',';
}

// A bare number is a mark only where it is glued to a word or to the punctuation behind it.
bool is_bare_mark(std::string_view text, std::size_t at, const Mark& mark) {
  if (!before_is_text(text, at)) return false;
  const char32_t before = last_character(text.substr(0, at));
  const char32_t after = first_character(text.substr(at + mark.length));
  const bool glued =
      is_letter(before) || is_han(before) || in(stops, before) || in(closers, before) || in(U"!?…", before);
  const bool decimal =
      (before == '.' || before == ',' || before == ':') && at >= 2 && is_digit(last_character(text.substr(0, at - 1)));
  // A figure behind the year that ends a sentence: nobody counts to 1821.12.
  const bool year = decimal && before != ':' && ends_with_year(text.substr(0, at - 1));
  const bool goes_on =
      (after == '.' || after == ',' || after == '-') && is_digit(first_character(text.substr(at + mark.length + 1)));
  return glued && (!decimal || year) && !goes_on && !is_digit(after) && !is_letter(after) && after != '%' &&
         before != U'第' && before != U'之';
}

// A mark that may be something else: a figure of the word or number it stands behind, or a star between numbers.
bool is_doubtful(std::string_view text, std::size_t at, const Mark& mark) {
  if (mark.raised) return false;
  // as in 1880 Bd. 42 * S. 355
  if (mark.form == MarkForm::symbol)
    return is_blank(last_character(text.substr(0, at))) && is_blank(first_character(text.substr(at + mark.length))) &&
           is_digit(last_character(trim(text.substr(0, at))));
  if (mark.form == MarkForm::superscript) return is_formula(text, at);
  if (mark.form != MarkForm::bare) return false;
  const bool between_han =
      is_han(last_character(text.substr(0, at))) && is_han(first_character(text.substr(at + mark.length)));
  const char32_t before = last_character(text.substr(0, at));
  const bool year = (before == '.' || before == ',') && ends_with_year(text.substr(0, at - 1));
  return between_han || year || is_formula(text, at);
}

// How much a printed mark looks like one by its neighbours: marks stand behind a word, members of an enumeration before
// it.
double printed_weight(std::string_view text, const MarkPlace& place) {
  const std::string_view head = trim(text.substr(0, place.begin));
  const char32_t before = last_character(head), after = first_character(trim(text.substr(place.end)));
  double weight = 6;
  if (head.empty() || in(U"：:（(、", before))
    weight -= 3;
  else if (in(U"，,；;", before) && !place.mark.raised && (is_han(after) || is_letter(after)))
    weight -= 1.5;
  // The sign itself is spoken of: a name with * in the roll.
  if (place.mark.form == MarkForm::symbol && !place.mark.raised) {
    const char32_t next = first_character(text.substr(place.end));
    const bool loose = place.begin > 0 && is_blank(last_character(text.substr(0, place.begin)));
    if (loose && is_blank(next))
      weight -= 2;
    else if ((is_han(next) || is_letter(next)) && !in(stops, before))
      weight -= 1;
  }
  // as (1) shows, —(2)—: an example is spoken of
  if (place.mark.form == MarkForm::parenthesised && place.begin > 0 && !is_han(before)) {
    const char32_t next_to = last_character(text.substr(0, place.begin));
    weight -= in(U"—–-", next_to) ? 3 : is_blank(next_to) && is_letter(before) ? 1.5 : 0;
  }
  if (place.mark.form == MarkForm::bracketed && place.begin > 0 &&
      is_blank(last_character(text.substr(0, place.begin))))
    weight -= 0.5;
  return weight;
}

bool in_address(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 300;
  std::size_t from = at, to = at;
  while (from > 0 && at - from<longest&& static_cast<unsigned char>(text[from - 1])> ' ') --from;
  while (to < text.size() && to - at<longest&& static_cast<unsigned char>(text[to])> ' ') ++to;
  const std::string_view word = text.substr(from, to - from);
  return word.find("://") != word.npos || word.find(":/") != word.npos || word.find("www.") != word.npos ||
         word.find(".com") != word.npos || word.find('\\') != word.npos;
}

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

// Whether `c`, at byte `at` of the line, closes a bracket or a quotation that stands open there: then it is the text's.
bool closes(const Document& d, std::size_t line, std::size_t at, char32_t c) {
  constexpr std::pair<std::u32string_view, std::u32string_view> pairs[] = {
      {U"(（〈", U")）〉"}, {U"[［", U"]］"}, {U"“", U"”\""}, {U"‘", U"’"}, {U"«", U"»"}};
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

// Takes from both ends what belongs to the text: brackets and quotation marks that close others, and opening ones.
Token text_taken_off(const Document& d, std::size_t line, Token t) {
  const std::string_view text = d.lines[line].text;
  while (t.begin < t.end) {
    std::size_t next = t.begin;
    const char32_t c = next_character(text, next);
    const char32_t then = first_character(text.substr(next));
    const bool opens = c == U'“' && (is_letter(then) || is_han(then) || text.find("”", next) != text.npos);
    const bool name = is_digit(c) && next < t.end && is_upper(last_character(text.substr(0, t.begin)));  // 22H2
    if (!opens && !name && !closes(d, line, t.begin, c)) break;
    t.begin = next;
  }
  while (t.begin < t.end) {
    const std::size_t last = character_before(text, t.end);
    const char32_t c = first_character(text.substr(last));
    const bool opens = c == '(' && t.end - t.begin > 1 && !is_blank(first_character(text.substr(t.end)));
    if (!opens && !closes(d, line, last, c)) break;
    t.end = last;
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
    const bool goes_on = is_lower(then) || (is_han(next) && !is_blank(next)) || in(U",;，。；、）》”)(", next);
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

}  // namespace

// `* * *` between scenes, and **emphasis** that closes in its line.
static bool is_ornament(std::string_view s, const Mark& mark) {
  if (s[0] != '*') return false;
  const std::string_view rest = trim(s.substr(mark.length));
  return rest.starts_with('*') || (mark.length >= 2 && rest.find("**") != rest.npos);
}

// 1) and *), as German books set them: the bracket that no other opens is of the mark.
static Mark closed(std::string_view s, Mark mark) {
  const bool open = mark.form == MarkForm::bare || mark.form == MarkForm::superscript || mark.form == MarkForm::symbol;
  if (!open || mark.raised) return mark;
  const std::string_view rest = s.substr(mark.length);
  const std::size_t bracket = rest.starts_with(')') ? 1 : rest.starts_with("）") ? 3 : 0;
  if (bracket == 0) return mark;
  if (mark.form != MarkForm::symbol) mark.form = MarkForm::closed;
  mark.length += bracket;
  mark.shown = s.substr(0, mark.length);
  return mark;
}

static Mark read_open_mark(std::string_view s) {
  Mark mark = read_mark(s);
  if (mark.form == MarkForm::symbol && is_ornament(s, mark)) return {};
  if (mark.form == MarkForm::symbol && mark.number.value > 6 && mark.number.value % 6 == 1)
    mark.number.value = (mark.number.value - 1) / 6 + 1;
  return mark;
}

Mark read_note_mark(std::string_view s) { return closed(s, read_open_mark(s)); }

bool same_setting(const Mark& a, const Mark& b) { return a.raised == b.raised && a.form == b.form; }

// Whether a mark set like `like` can begin with that byte.
static bool may_begin(const Mark& like, unsigned char byte) {
  const bool figure = (byte >= '1' && byte <= '9') || byte == 0xC2 || byte == 0xE2;
  if (like.raised) return byte == '^';
  switch (like.form) {
    case MarkForm::bare: return figure;
    case MarkForm::closed: return figure;
    case MarkForm::bracketed:
    case MarkForm::parenthesised: return byte == '[' || byte == '(' || byte == 0xEF || byte == 0xE3;
    default: return byte == '*' || byte == 0xE2 || byte == 0xC2 || byte == 0xE3 || byte == 0xEF;
  }
}

// 1) is a mark right behind a word or a stop, if nothing has opened the bracket. Behind a blank it enumerates.
static bool is_closed_mark(const Document& d, std::size_t line, std::size_t at) {
  const std::string_view text = d.lines[line].text;
  const std::string_view head = text.substr(0, at);
  const char32_t before = last_character(head);
  if (head.empty() || is_blank(before) || (is_digit(before) && !ends_with_year(head)) || in(U":：(（[、-–—", before))
    return false;
  return !closes(d, line, at, U')');
}

// The mark behind a year: 18623) is 3) behind 1862. Where it begins, or `at`.
static std::size_t past_year(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(static_cast<unsigned char>(text[end]))) ++end;
  return end > at + 4 && end <= at + 6 && ends_with_year(text.substr(0, at + 4)) ? at + 4 : at;
}

// The last of the figures at `at`.
static std::size_t past_figures(std::string_view text, std::size_t at) {
  while (is_digit(static_cast<unsigned char>(text[at])) && at + 1 < text.size() &&
         is_digit(static_cast<unsigned char>(text[at + 1])))
    ++at;
  return at;
}

void find_marks(const Document& d, std::size_t line, const Mark& like, std::size_t from, std::vector<MarkPlace>& out) {
  const std::string_view text = d.lines[line].text;
  for (std::size_t at = from; at < text.size(); ++at) {
    if (!may_begin(like, static_cast<unsigned char>(text[at]))) continue;
    if (like.form == MarkForm::closed) at = past_year(text, at);
    Mark mark = read_note_mark(text.substr(at));
    const bool bracket = like.form == MarkForm::bare || like.form == MarkForm::superscript ||
                         (mark.form == MarkForm::symbol && text[at + mark.length - 1] == ')');
    if (bracket && (mark.form != MarkForm::symbol || closes(d, line, at, U')'))) mark = read_open_mark(text.substr(at));
    const bool raised_figure =
        (like.form == MarkForm::bare || like.form == MarkForm::closed) && mark.form == MarkForm::superscript;
    if (!mark || mark.raised != like.raised || (!like.raised && !raised_figure && !same_setting(mark, like))) {
      if (like.form == MarkForm::closed) at = past_figures(text, at);
      continue;
    }
    const bool figure = mark.form == MarkForm::bare || mark.form == MarkForm::closed;
    if (figure && !mark.raised &&
        !(mark.form == MarkForm::bare ? is_bare_mark(text, at, mark) : is_closed_mark(d, line, at))) {
      at = past_figures(text, at);
      continue;
    }
    MarkPlace& place = out.emplace_back(MarkPlace{line, at, at + mark.length, mark, 0, mark.number.value, true});
    place.weight = printed_weight(text, place);
    place.doubtful = is_doubtful(text, at, mark);
    if (place.doubtful) place.weight -= 3;
    at += mark.length - 1;
  }
}

void find_loose_marks(const Document& d, std::size_t line, std::vector<MarkPlace>& out) {
  const std::string_view text = d.lines[line].text;
  for (std::size_t at = text.find(' '); at != text.npos; at = text.find(' ', at + 1)) {
    const std::string_view rest = text.substr(at + 1), head = trim(text.substr(0, at));
    if (rest.empty() || head.empty() || !is_digit(static_cast<unsigned char>(rest[0]))) continue;
    const Mark mark = read_mark(rest);
    const std::string_view behind = rest.substr(std::min(rest.size(), mark.length));
    if (mark.form != MarkForm::bare || (!behind.empty() && behind[0] != ' ')) continue;
    const char32_t before = last_character(head);
    const bool stop = in(stops, before) || in(closers, before) || in(U"!?…", before);
    if (!stop && !is_letter(before) && !is_han(before) && !ends_with_year(head)) continue;
    const std::size_t word = head.size() - std::min(head.size(), head.rfind(' ') + 1);  // S. 3, Abs 3, § 3
    const double weight = word < 5 && !in(closers, before) ? 2.5 : stop ? 4.5 : 3.5;
    out.push_back({line, at + 1, at + 1 + mark.length, mark, weight, mark.number.value, true});
  }
}

void find_odd_characters(const Document& d, std::size_t line, std::vector<MarkPlace>& out) {
  const std::string_view text = d.lines[line].text;
  char32_t before = not_a_character;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    const char32_t c = next_character(text, next);
    const bool behind_word =
        is_letter(before) || is_han(before) || in(stops, before) || in(closers, before) || in(U"!?…", before);
    const bool begins = (odd(c) || is_digit(c)) && behind_word && c != '(' && before != not_a_character;
    if (!begins || in_address(text, at)) {
      before = c;
      at = next;
      continue;
    }
    Token t = read_token(text, at);
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
    const double weight = weigh(text, t, before);
    if (weight > 0.3) out.push_back({line, t.begin, t.end, {}, weight, t.value, t.digits || t.brackets});
    before = last_character(text.substr(0, t.end));
    at = t.end;
  }
}

std::vector<MarkPlace> merge_marks(const std::vector<MarkPlace>& printed, const std::vector<MarkPlace>& odd) {
  const auto before = [](const MarkPlace& a, const MarkPlace& b) {
    return a.line != b.line ? a.line < b.line : a.begin < b.begin;
  };
  std::vector<MarkPlace> all;
  std::size_t i = 0;
  for (const MarkPlace& p : printed) {
    for (; i < odd.size() && before(odd[i], p); ++i)
      if (odd[i].line != p.line || odd[i].end <= p.begin) all.push_back(odd[i]);
    while (i < odd.size() && odd[i].line == p.line && odd[i].begin < p.end) ++i;
    all.push_back(p);
  }
  all.insert(all.end(), odd.begin() + static_cast<std::ptrdiff_t>(i), odd.end());
  return all;
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
