// Marks as printed.
#include "stages/60-notes/marks.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "pipeline/text/script.h"
#include "stages/60-notes/open_brackets.h"
#include "weights/notes.h"

namespace emend {

namespace {

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

// A.1 or IV.2 at the beginning of a line, which it numbers.
bool numbers_line(std::string_view text, std::size_t at) {
  const std::string_view before = trim(text.substr(0, at));
  return before.size() >= 2 && before.size() <= notes::longest_abbreviation && before.ends_with('.') &&
         std::all_of(before.begin(), before.end() - 1, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// A bare number is a mark only where it is glued to a word or to the punctuation behind it.
bool is_bare_mark(std::string_view text, std::size_t at, const Mark& mark) {
  if (!before_is_text(text, at) || numbers_line(text, at)) return false;
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
  double weight = notes::printed_mark;
  if (head.empty() || in(U"：:（(、", before))
    weight -= notes::before_its_word;
  else if (in(U"，,；;", before) && !place.mark.raised && (is_han(after) || is_letter(after)))
    weight -= notes::behind_comma;
  // The sign itself is spoken of: a name with * in the roll.
  if (place.mark.form == MarkForm::symbol && !place.mark.raised) {
    const char32_t next = first_character(text.substr(place.end));
    const bool loose = place.begin > 0 && is_blank(last_character(text.substr(0, place.begin)));
    if (loose && is_blank(next))
      weight -= notes::loose_sign;
    else if ((is_han(next) || is_letter(next)) && !in(stops, before))
      weight -= notes::sign_of_word;
  }
  // as (1) shows, —(2)—: an example is spoken of
  if (place.mark.form == MarkForm::parenthesised && place.begin > 0 && !is_han(before)) {
    const char32_t next_to = last_character(text.substr(0, place.begin));
    weight -= in(U"—–-", next_to)                      ? notes::behind_dash
              : is_blank(next_to) && is_letter(before) ? notes::behind_blank
                                                       : 0;
  }
  if (place.mark.form == MarkForm::bracketed && place.begin > 0 &&
      is_blank(last_character(text.substr(0, place.begin))))
    weight -= notes::bracket_apart;
  return weight;
}

}  // namespace

// `* * *` between scenes, and **emphasis** that closes in its line.
static bool is_ornament(std::string_view s, const Mark& mark) {
  if (s[0] != '*') return false;
  const std::string_view rest = trim(s.substr(mark.length));
  return rest.starts_with('*') || (mark.length >= 2 && rest.find("**") != rest.npos);
}

// 1) and *), as German books set them: the bracket that no other opens is of the mark. A raised one keeps its form: ^1
// and ^1) are marks of one kind.
static Mark closed(std::string_view s, Mark mark) {
  const bool open = mark.form == MarkForm::bare || mark.form == MarkForm::superscript || mark.form == MarkForm::symbol;
  if (!open) return mark;
  const std::string_view rest = s.substr(mark.length);
  const std::size_t bracket = rest.starts_with(')') ? 1 : rest.starts_with("）") ? 3 : 0;
  if (bracket == 0) return mark;
  if (mark.form != MarkForm::symbol && !mark.raised) mark.form = MarkForm::closed;
  mark.length += bracket;
  mark.shown = s.substr(mark.raised ? 1 : 0, mark.length - (mark.raised ? 1 : 0));
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

using Bytes = std::array<bool, 256>;

static constexpr Bytes bytes_of(std::initializer_list<unsigned char> bytes) {
  Bytes all{};
  for (const unsigned char b : bytes) all[b] = true;
  return all;
}

// The bytes that a mark set like `like` begins with.
static const Bytes& first_bytes(const Mark& like) {
  static constexpr Bytes raised = bytes_of({'^'}), bracket = bytes_of({'[', '(', 0xEF, 0xE3}),
                         sign = bytes_of({'*', 0xE2, 0xC2, 0xE3, 0xEF}),
                         figure = bytes_of({'1', '2', '3', '4', '5', '6', '7', '8', '9', 0xC2, 0xE2});
  if (like.raised) return raised;
  if (like.form == MarkForm::bare || like.form == MarkForm::closed) return figure;
  return like.form == MarkForm::bracketed || like.form == MarkForm::parenthesised ? bracket : sign;
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
  const Bytes& possible = first_bytes(like);
  for (std::size_t at = from; at < text.size(); ++at) {
    if (!possible[static_cast<unsigned char>(text[at])]) continue;
    if (like.form == MarkForm::closed) at = past_year(text, at);
    Mark mark = read_note_mark(text.substr(at));
    // The bracket may be of words that another opens: (see Moor*), (see Moor^1).
    const bool of_words = (mark.raised || mark.form == MarkForm::symbol) && text[at + mark.length - 1] == ')' &&
                          mark.shown.front() != '(' && closes(d, line, at, U')');
    const bool bracket = like.form == MarkForm::bare || like.form == MarkForm::superscript;
    if (of_words || (bracket && mark.form != MarkForm::symbol)) mark = read_open_mark(text.substr(at));
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
    const double weight = word < 5 && !in(closers, before) ? notes::figure_of_short
                          : stop                           ? notes::figure_of_stop
                                                           : notes::figure_of_word;
    out.push_back({line, at + 1, at + 1 + mark.length, mark, weight, mark.number.value, true});
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

}  // namespace emend
