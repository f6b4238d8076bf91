// Reading a line of a contents list.
#include "pipeline/text/contents_line.h"

#include <algorithm>

#include "pipeline/text/script.h"

namespace emend {

namespace {

bool is_dot(char32_t c) {
  return c == '.' || c == U'…' || c == U'·' || c == U'．' || c == U'・' || c == '_' || c == U'⋯';
}
bool is_leader_character(char32_t c) { return is_blank(c) || is_dot(c) || c == U'—'; }

// Where a run of leader characters begins that ends at byte `end`, and what is in it.
struct Leader {
  std::size_t begin = 0, blanks = 0, dots = 0;
  bool tab = false;
  bool certain() const { return tab || dots >= 3 || blanks >= 3 || (dots >= 2 && blanks >= 1); }
};

// Dots as OCR may read them.
bool is_misread_dot(char32_t c) {
  return c == U'、' || c == U'，' || c == ',' || c == ':' || c == ';' || c == '-' || c == U'：';
}

Leader leader_before(std::string_view text, std::size_t end, bool misread = false) {
  Leader l{end};
  while (l.begin > 0) {
    const std::size_t last = character_before(text, l.begin);
    const char32_t c = first_character(text.substr(last));
    if (!is_leader_character(c) && !(misread && is_misread_dot(c))) break;
    l.tab = l.tab || c == '\t';
    is_blank(c) ? ++l.blanks : c == U'…' || c == U'⋯' ? l.dots += 3 : ++l.dots;
    l.begin = last;
  }
  if (misread && l.dots < 3) return leader_before(text, end);
  return l;
}

std::string_view without_brackets(std::string_view s) {
  constexpr std::string_view around = "()[]-";
  while (!s.empty() && around.find(s.front()) != around.npos) s.remove_prefix(1);
  while (!s.empty() && around.find(s.back()) != around.npos) s.remove_suffix(1);
  return s;
}

// Dots that OCR misread in part: the leader is what follows the words from the first run of dots on.
void read_broken_leader(std::string_view text, std::size_t end, EntryLine& e) {
  std::size_t run = 0, begin = 0;
  for (std::size_t i = 0; i < end;) {
    const std::size_t at = i;
    const char32_t c = next_character(text, i);
    if (!is_dot(c) && !(is_blank(c) && run > 0)) {
      run = 0;
      continue;
    }
    if (run == 0) begin = at;
    run += is_dot(c) ? (c == U'…' ? 3 : 1) : 0;
    if (run < 5) continue;
    e.leader = e.paged = e.dotted = true;
    e.words_end = leader_before(text, begin).begin;
    e.locus = e.locus_end = end;
    return;
  }
}

// A leader that OCR read as letters: three or more words of the few letters that are round and low, like `cece eee
// teen`, behind Han, or with a letter three times in a row, as no title has them.
void read_lettered_leader(std::string_view text, std::size_t end, EntryLine& e) {
  constexpr std::string_view low = "ceotnsabrdyuvw";
  std::size_t letters = 0, round = 0, words = 0, from = end;
  for (std::size_t i = trim(text.substr(0, end)).empty() ? 0 : end; i > 0;) {
    while (i > 0 && text[i - 1] == ' ') --i;
    const std::size_t stop = i;
    while (i > 0 && (low.find(text[i - 1]) != low.npos || (stop > i && text[i - 1] == '.'))) --i;
    if (i == stop || (i > 0 && text[i - 1] != ' ')) break;
    const auto count = [&](char c) {
      return static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(i),
                                                 text.begin() + static_cast<std::ptrdiff_t>(stop), c));
    };
    letters += stop - i, round += count('c') + count('e') + count('o');
    ++words;
    if (words >= 3 && letters >= 8 && round * 5 > letters * 2) from = i;
  }
  const std::string_view tail = text.substr(from, end - from);
  const bool tripled = tail.find("eee") != tail.npos || tail.find("ccc") != tail.npos || tail.find("ooo") != tail.npos;
  if (from == end || !(tripled || is_cjk(last_character(trim(text.substr(0, from)))))) return;
  e.leader = e.paged = e.dotted = true;
  e.words_end = leader_before(text, from).begin;
}

}  // namespace

Number read_locus(std::string_view s) { return read_whole_number(trim(without_brackets(trim(s)))); }

bool is_lone_locus(std::string_view line) {
  constexpr std::size_t longest = 7;  // bytes: xxxviii
  const std::string_view text = trim(line);
  const Number n = text.size() <= longest ? read_locus(text) : Number{};
  return n && n.form != Numeral::chinese && n.form != Numeral::symbol && n.form != Numeral::circled;
}

EntryLine read_entry_line(std::string_view text, std::size_t line) {
  EntryLine e;
  e.line = line;
  const std::size_t end = static_cast<std::size_t>(trim(text).data() + trim(text).size() - text.data());
  e.words_end = e.locus = e.locus_end = end;
  std::size_t from = end;
  constexpr std::u32string_view brackets = U"（）()[]【】-–—";
  while (from > 0) {
    const std::size_t last = character_before(text, from);
    const char32_t c = first_character(text.substr(last));
    if (!is_digit(c) && !is_ascii_letter(c) && brackets.find(c) == brackets.npos) break;
    from = last;
  }
  const Number n = read_locus(text.substr(from, end - from));
  const bool page =
      n && from > 0 && (n.form == Numeral::arabic || n.form == Numeral::roman_lower || n.form == Numeral::roman_upper);
  const Leader l = leader_before(text, page ? from : end, page);
  e.dotted = l.dots >= 5;
  if (page && l.begin > 0 && (l.blanks > 0 || l.dots > 1)) {
    e.paged = true;
    e.leader = l.certain();
    e.words_end = l.begin;
    if (!e.leader) read_broken_leader(text, from, e);
    if (!e.leader) read_lettered_leader(text, from, e);
    e.locus = from;
    e.locus_end = end;
  } else if (!page && l.begin > 0 && l.certain()) {  // the page was lost, or stands in a line of its own
    e.leader = true;
    e.words_end = l.begin;
  } else {
    read_broken_leader(text, end, e);
  }
  return e;
}

}  // namespace emend
