// Words and numbers of running heads and feet.
#include "stages/20-furniture/edge_shape.h"

#include <algorithm>
#include <string>

#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "weights/furniture.h"

namespace emend {

namespace {

constexpr std::string_view bare_number = "furn.page-bare", misread_number = "furn.page-misread";

// What holds a page number apart: it is the whole line, or a wide gap or a single blank stands between it and the rest.
enum class Apart : std::uint8_t { whole, wide, narrow };

// 1O, l1 and I3 where figures stand: letters that recognition takes them for, and a figure among them. 0 if it is none.
int read_misread_figures(std::string_view text) {
  constexpr std::string_view letters = "OoDlI|ZSB", figures = "000111258";
  constexpr std::size_t longest = 3;
  if (text.size() < 2 || text.size() > longest) return 0;
  int value = 0, misread = 0;
  for (const char c : text) {
    const std::size_t at = letters.find(c);
    if (at == letters.npos && !is_digit(static_cast<unsigned char>(c))) return 0;
    misread += at != letters.npos;
    value = value * 10 + ((at == letters.npos ? c : figures[at]) - '0');
  }
  return misread < static_cast<int>(text.size()) ? value : 0;
}

// Takes `text` as a page number into `shape`, if it is one.
bool read_page_number(std::string_view text, const Rules& rules, Apart apart, EdgeShape& shape) {
  const Match page = rules.find("page-number", text);
  if (const int misread = page || apart == Apart::narrow ? 0 : read_misread_figures(text); misread > 0) {
    shape.number = misread;
    shape.form = Numeral::arabic;
    return shape.bare = true;
  }
  if (!page) return false;
  for (std::size_t g = 1; g < page.groups.size(); ++g) {
    const Number n = read_whole_number(page.groups[g]);
    if (!n) continue;
    const bool misread = page.rule->id == misread_number, bare = page.rule->id == bare_number || misread;
    if (misread && apart != Apart::whole) continue;
    if (apart != Apart::whole && n.form == Numeral::roman_upper) continue;
    if (apart == Apart::narrow && bare && n.form == Numeral::chinese) continue;
    shape.number = n.value;
    shape.form = n.form;
    shape.bare = bare;
    return true;
  }
  return false;
}

bool is_gap(char c) { return c == ' ' || c == '\t'; }

// A page number at one end of a line, and what else stands there. A wide gap holds it apart for certain; with a single
// blank `Volume 7 (1994)` has none.
struct Split {
  EdgeShape shape;
  std::string_view rest;
  bool wide = false;
};

void try_split(std::string_view number, std::string_view rest, bool wide, const Rules& rules, Split& best) {
  constexpr std::string_view brackets = "([{<";
  if (best.wide && !wide) return;
  if (!wide && !number.empty() && brackets.find(number[0]) != brackets.npos) return;
  EdgeShape shape;
  if (read_page_number(number, rules, wide ? Apart::wide : Apart::narrow, shape)) best = {shape, rest, wide};
}

// The longest row of words at either end of the line that is a page number; the end of the line is asked first.
Split split_number(std::string_view text, const Rules& rules) {
  Split best;
  std::size_t begin = text.size(), end = 0;
  for (int words = 0; words < furniture::most_words_of_number; ++words) {
    const std::size_t blank = begin == 0 ? text.npos : text.find_last_of(" \t", begin - 1);
    if (blank == text.npos) break;
    begin = blank;
    while (begin > 0 && is_gap(text[begin - 1])) --begin;
    try_split(text.substr(blank + 1), text.substr(0, begin), blank - begin >= 1 || text[blank] == '\t', rules, best);
  }
  Split front;
  for (int words = 0; words < furniture::most_words_of_number; ++words) {
    const std::size_t blank = text.find_first_of(" \t", end);
    if (blank == text.npos) break;
    end = blank;
    while (end < text.size() && is_gap(text[end])) ++end;
    try_split(text.substr(0, blank), text.substr(end), end - blank >= 2 || text[blank] == '\t', rules, front);
  }
  return front.shape.number != 0 && (best.shape.number == 0 || (front.wide && !best.wide)) ? front : best;
}

}  // namespace

// An ideographic blank is as wide as a gap.
static std::string with_gaps(std::string_view text) {
  constexpr std::string_view wide = "　";
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t blank = std::min(text.find(wide, at), text.size());
    out.append(text.substr(at, blank - at));
    if (blank < text.size()) out += "  ";
    at = blank + (blank < text.size() ? wide.size() : 0);
  }
  return out;
}

EdgeShape edge_shape(std::string_view line, const Rules& rules) {
  const std::string with = with_gaps(trim(line));
  std::string_view text = with;
  EdgeShape shape;
  if (read_page_number(text, rules, Apart::whole, shape)) return shape;
  if (rules.test("division-number", text) != nullptr) {
    shape.words = folded(text);
    return shape;
  }
  if (const Split split = split_number(text, rules); split.shape.number != 0) {
    shape = split.shape;
    shape.apart = split.wide || !shape.bare;
    text = split.rest;
  }
  shape.bare = false;
  shape.words = folded(text);
  shape.sentence = shape.number == 0 && is_lower(first_character(text));
  return shape;
}

bool is_text(std::string_view text) {
  constexpr std::u32string_view opening = U"“„「『«‹〝", closing = U"”」』»›〞", stops = U"。！？!?…：:；;，,、";
  text = trim(text);
  const char32_t first = first_character(text), last = last_character(text);
  bool says = false;
  for (std::size_t i = 0; i < text.size() && !says;) {
    const char32_t c = next_character(text, i);
    const bool symbol = (c >= 0x2000 && c <= 0x2BFF && !is_enclosed_number(c)) || is_wide_punctuation(c);
    says = is_letter(c) || is_digit(c) || (c >= 0x370 && !symbol);
  }
  return !says || opening.find(first) != opening.npos || closing.find(last) != closing.npos ||
         stops.find(last) != stops.npos;
}

}  // namespace emend
