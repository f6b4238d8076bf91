// Reading a line of a contents list.
#include "stages/40-contents/line.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "weights/contents.h"

namespace emend {

namespace {

bool is_dot(char32_t c) {
  return c == '.' || c == U'…' || c == U'·' || c == U'．' || c == U'・' || c == '_' || c == U'⋯' || c == U'•' ||
         c == U'‥';
}
// ASCII that is neither dot nor blank: most of a text in Latin script, and known without being decoded.
constexpr bool is_plain(char b) { return b > ' ' && b < '\x7F' && b != '.' && b != '_'; }
bool is_leader_character(char32_t c) { return is_blank(c) || is_dot(c) || c == U'—'; }

// Dots as OCR may read them.
bool is_misread_dot(char32_t c) {
  return c == U'、' || c == U'，' || c == ',' || c == ':' || c == ';' || c == '-' || c == U'：';
}

// The letters, round and low, that OCR reads for dots.
constexpr std::string_view low = "ceotnsabrdyuvw";

// Whether what OCR left of a leader may be one: few letters and digits among the dots, or none but low ones, and no
// ideograph. An ellipsis in speech, a blank to fill in and the dots of a data sheet have words behind them.
bool is_remnant(std::string_view s) {
  std::size_t dots = 0, others = 0, words = 0;
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = next_character(s, i);
    if (is_dot(c) || is_misread_dot(c))
      ++dots;
    else if (is_cjk(c))
      return false;
    else if (!is_blank(c))
      ++others, words += !is_digit(c) && (c > 0x7F || low.find(static_cast<char>(c)) == low.npos);
  }
  return others <= dots || words == 0;
}

// Where a run of leader characters begins that ends at byte `end`, and what is in it.
struct Leader {
  std::size_t begin = 0, blanks = 0, dots = 0;
  bool tab = false;
  bool certain() const { return tab || dots >= 3 || blanks >= 3 || (dots >= 2 && blanks >= 1); }
};

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

bool is_page_character(char32_t c) {
  return is_digit(c) || is_ascii_letter(c) || (c >= U'０' && c <= U'９') || c == U'第' || c == U'页' || c == U'頁' ||
         (c != U'.' && c != U'·' && c != U'・' && c != U'•' && around_a_page.find(c) != around_a_page.npos);
}

bool is_chinese_digit(char32_t c) {
  constexpr std::u32string_view digits = U"〇零一二三四五六七八九十百";
  return digits.find(c) != digits.npos;
}

// Where the page begins that may end the text at `end`.
std::size_t page_begins(std::string_view text, std::size_t end, bool chinese) {
  std::size_t from = end;
  if (end > 0) {  // the second dot of ·12·
    const std::size_t last = character_before(text, end);
    const char32_t c = first_character(text.substr(last));
    const bool dot = c == U'·' || c == U'•' || c == U'・';
    if (dot && last > 0 && is_digit(last_character(text.substr(0, last)))) from = last;
  }
  while (from > 0) {
    const std::size_t last = character_before(text, from);
    const char32_t c = first_character(text.substr(last));
    if (!is_page_character(c) && !(chinese && is_chinese_digit(c))) break;
    from = last;
  }
  return from;
}

// Calls f(where the run begins, where it ends so far) at each dot of a run of five or more before `end`, blanks among
// them; stops where f says so.
template <typename F>
void each_run_of_dots(std::string_view text, std::size_t end, F f) {
  constexpr std::size_t enough = 5;
  std::size_t run = 0, begin = 0;
  for (std::size_t i = 0; i < end;) {
    const std::size_t at = i;
    if (is_plain(text[i])) {
      run = 0, ++i;
      continue;
    }
    const char32_t c = next_character(text, i);
    if (!is_dot(c) && !(is_blank(c) && run > 0)) {
      run = 0;
      continue;
    }
    if (run == 0) begin = at;
    run += is_dot(c) ? (c == U'…' || c == U'⋯' ? 3 : 1) : 0;
    if (run >= enough && f(begin, i)) return;
  }
}

// The end of the last run of dots before `end`, as in Title……Author 12, and where it begins; nothing where it touches
// `end`.
bool last_run_of_dots(std::string_view text, std::size_t end, std::size_t& begin, std::size_t& behind) {
  bool found = false;
  each_run_of_dots(text, end, [&](std::size_t from, std::size_t to) {
    begin = leader_before(text, from).begin, behind = to, found = true;
    return false;
  });
  return found && behind < end;
}

// Who wrote it, between the leader and the page: a few words, and no sentence.
void read_author(std::string_view text, std::size_t end, EntryLine& e) {
  constexpr std::u32string_view of_sentences = U"。！？!?，,；;：:“”\"";
  std::size_t begin = 0, behind = 0;
  if (!last_run_of_dots(text, end, begin, behind) || begin == 0) return;
  const std::string_view author = trim(text.substr(behind, end - behind));
  std::size_t letters = 0, han = 0, capitals = 0;
  for (std::size_t i = 0; i < author.size();) {
    const char32_t c = next_character(author, i);
    if (of_sentences.find(c) != of_sentences.npos) return;
    letters += is_letter(c), han += is_han(c) || is_kana(c), capitals += is_upper(c);
  }
  if (wider_than(author, contents::longest_author) || (han < 2 && (letters < 4 || capitals == 0))) return;
  e.leader = e.dotted = true;
  e.words_end = begin;
  e.author = static_cast<std::size_t>(author.data() - text.data());
  e.author_end = e.author + author.size();
}

// Dots that OCR misread in part: the leader is what follows the words from the first run of dots on.
void read_broken_leader(std::string_view text, std::size_t end, EntryLine& e) {
  each_run_of_dots(text, end, [&](std::size_t begin, std::size_t) {
    if (!is_remnant(text.substr(begin, end - begin))) return true;
    e.leader = e.paged = e.dotted = true;
    e.words_end = leader_before(text, begin).begin;
    e.locus = e.locus_end = end;
    return true;
  });
}

// A leader that OCR read as letters: three or more words of low letters, like `cece eee
// teen`, behind Han, or with a letter three times in a row, as no title has them.
void read_lettered_leader(std::string_view text, std::size_t end, EntryLine& e) {
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

bool may_be_misread_leader(std::string_view s) {
  std::size_t letters = 0, others = 0;
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = next_character(s, i);
    if (is_cjk(c)) return false;
    const bool is_low = c < 0x80 && low.find(static_cast<char>(c)) != low.npos;
    letters += is_low || is_letter(c);
    others += !is_low && is_letter(c);
  }
  return others * 3 <= letters;
}

bool is_leader(std::string_view s) {
  for (std::size_t i = 0; i < s.size();)
    if (const char32_t c = next_character(s, i); !is_leader_character(c) && c != '-' && c != U'–' && c != U'─')
      return false;
  return true;
}

std::size_t end_of_bullet(std::string_view text) {
  constexpr std::u32string_view bullets = U"-*+•▪‣";
  auto end = static_cast<std::size_t>(trim(text).data() - text.data());
  if (trim(text).empty() || bullets.find(next_character(text, end)) == bullets.npos) return 0;
  const std::string_view words = trim(text.substr(end));
  const auto begin = static_cast<std::size_t>(words.data() - text.data());
  const char32_t c = first_character(words);
  return begin > end && (is_letter(c) || is_cjk(c) || is_digit(c)) && !is_lone_locus(text) ? begin : 0;
}

EntryLine read_entry_line(std::string_view text, std::size_t line) {
  EntryLine e;
  e.line = line;
  e.begin = end_of_bullet(text);
  const std::size_t end = static_cast<std::size_t>(trim(text).data() + trim(text).size() - text.data());
  e.words_end = e.locus = e.locus_end = end;
  std::size_t from = page_begins(text, end, false);
  Number n = read_locus(text.substr(from, end - from));
  if (const std::size_t other = page_begins(text, end, true); !n && other < end)
    if (const Number chinese = read_locus(text.substr(other, end - other));
        chinese.form == Numeral::chinese && leader_before(text, other).certain())
      n = chinese, from = other;
  const bool page = n && from > 0 &&
                    (n.form == Numeral::arabic || n.form == Numeral::roman_lower || n.form == Numeral::roman_upper ||
                     n.form == Numeral::chinese);
  const Leader l = leader_before(text, page ? from : end, page);
  e.dotted = l.dots >= 5;
  if (page && !l.certain()) {
    read_author(text, from, e);
    if (e.author_end > 0) {
      e.paged = true;
      e.locus = from, e.locus_end = end;
      return e;
    }
  }
  // 绪论（3）: brackets set a page apart as a blank does; a year in them is none.
  constexpr int no_year = 1500;
  const char32_t opening = first_character(text.substr(from));
  const bool bracketed = page && n.form == Numeral::arabic && n.value < no_year && (opening == U'（' || opening == '(');
  if (page && l.begin > 0 && (l.blanks > 0 || l.dots > 1 || bracketed)) {
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
