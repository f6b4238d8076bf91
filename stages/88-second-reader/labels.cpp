// The number or sign that a line begins with: how it is written, what it counts on from, and where its mark stands.
#include <algorithm>
#include <cstdint>
#include <map>
#include <unordered_map>

#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "stages/88-second-reader/sight.h"

namespace emend::reader {

namespace {

constexpr Witness chapter{"label.chapter", "it is numbered as chapters are"};
constexpr Witness decimal{"label.decimal", "it has a decimal number"};
constexpr Witness chinese{"label.chinese", "it has a Chinese number"};
constexpr Witness small_mark{"label.mark", "it begins as notes do"};
constexpr Witness bracketed{"label.bracketed", "it begins with a number in brackets"};
constexpr Witness dotted{"label.dotted", "it begins with a number and a dot"};
constexpr Witness bare{"label.bare", "it begins with a number"};
constexpr Witness bullet{"label.bullet", "it begins with a sign of a list"};
constexpr Witness letter{"label.letter", ""};
constexpr Witness odd{"label.odd", "it begins with a lone sign, as misread labels do"};
constexpr Witness none{"label.none", ""};  // most lines: it would explain everything
constexpr Witness counts_on{"label.counts-on", "its number counts on"};
constexpr Witness counted_on{"label.counted-on", "a number below counts on from its number"};
constexpr Witness out_of_row{"label.out-of-row", "its number does not count on"};
constexpr Witness opens_row{"label.one", ""};
constexpr Witness next_on_page{"label.next-on-page", "its label is the next expected on its page"};
constexpr Witness mark_on_page{"label.mark-on-page", "its mark stands in the text above, on the same page"};
constexpr Witness mark_before{"label.mark-before", "its mark stands in the text before"};
constexpr Witness awaited{"label.awaited", "marks in the text above have no note yet"};
constexpr Witness among_notes{"label.among-notes", "a note with its mark on the page is above it"};
constexpr Witness near_notes{"label.near-notes", "a note with its mark on the page is a few lines above it"};
constexpr Witness below_labelled{"label.below-has", "the next line begins with a number"};
constexpr Witness above_labelled{"label.above-has", "the line above begins with a number"};

// What OCR makes of a small label: one sign or letter and a blank, that is neither a word nor the sign of a list.
bool begins_oddly(std::string_view text) {
  std::size_t behind = 0;
  const char32_t c = next_character(text, behind);
  if (behind + 1 >= text.size() || !is_blank(first_character(text.substr(behind)))) return false;
  if (is_digit(c) || is_enclosed_number(c)) return false;
  constexpr std::u32string_view words_and_bullets = U"aAIoOyYeEàÀóÓ一•·●○■□▪◦–—-－◆★*#>|…“‘「『（(";
  return words_and_bullets.find(c) == std::u32string_view::npos;
}

struct Label {
  const Witness* kind = &none;
  int form = 0;  // labels of one form make one row
  int value = 0;
  explicit operator bool() const { return kind != &none; }
};

bool is_note_form(const Label& l) {
  return l.kind == &small_mark || l.kind == &bracketed || l.kind == &bare || l.kind == &dotted;
}

char32_t character_behind(std::string_view s, std::size_t at) { return first_character(trim(s.substr(at))); }

Label read_chapter(std::string_view s) {
  constexpr std::string_view ordinal = "第";
  if (!s.starts_with(ordinal)) return {};
  const std::string_view rest = trim(s.substr(ordinal.size()));
  const Number n = read_number(rest);
  const char32_t unit = n ? character_behind(rest, n.length) : not_a_character;
  if (!n || std::u32string_view(U"章节節编編篇部卷回讲講条條").find(unit) == std::u32string_view::npos) return {};
  return {&chapter, static_cast<int>(unit), n.value};
}

Label read_signs(std::string_view s) {
  const char32_t c = first_character(s);
  if (std::u32string_view(U"•·●○■□▪◦–—-－◆★").find(c) != std::u32string_view::npos)
    return {&bullet, static_cast<int>(c), 0};
  if (is_ascii_letter(c) && s.size() > 2 && (s[1] == '.' || s[1] == ')') && s[2] == ' ') {
    const bool upper = is_upper(c);
    return {&letter, upper ? 1 : 2, static_cast<int>(c) - (upper ? 'A' : 'a') + 1};
  }
  return {};
}

// What follows the first number of 3.1.2: only the last part counts on, and each depth is a row of its own.
Label read_decimal(std::string_view rest) {
  Label l;
  int depth = 0;
  while (first_character(rest) == '.' || first_character(rest) == U'．') {
    std::size_t point = 0;
    next_character(rest, point);
    const Number part = read_number(rest.substr(point));
    if (part.form != Numeral::arabic) break;
    l = {&decimal, 300 + ++depth, part.value};
    rest.remove_prefix(point + part.length);
  }
  return l;
}

Label read_label(std::string_view s) {
  if (const Label l = read_chapter(s)) return l;
  const Mark mark = read_mark(s);
  if (!mark) {
    const Number n = read_number(s);
    const char32_t behind = n ? first_character(s.substr(n.length)) : not_a_character;
    if (n.form == Numeral::chinese && (behind == U'、' || behind == U'．' || is_blank(behind)))
      return {&chinese, 100, n.value};
    if ((n.form == Numeral::roman_upper || n.form == Numeral::roman_lower) && (behind == '.' || behind == ')'))
      return {&letter, 3, n.value};
    if (s.starts_with("（") || s.starts_with("(")) {
      const std::string_view inside = s.substr(s[0] == '(' ? 1 : 3);
      if (const Number in = read_number(inside);
          in.form == Numeral::chinese &&
          (inside.substr(in.length).starts_with("）") || inside.substr(in.length).starts_with(")")))
        return {&chinese, 101, in.value};
    }
    return read_signs(s);
  }
  const int value = mark.number.value;
  if (mark.raised || mark.form == MarkForm::raised) return {&small_mark, 200, value};
  const int form = 201 + static_cast<int>(mark.form);
  switch (mark.form) {
    case MarkForm::circled:
    case MarkForm::superscript:
    case MarkForm::symbol: return {&small_mark, form, value};
    case MarkForm::bracketed:
    case MarkForm::parenthesised: return {&bracketed, form, value};
    default: break;
  }
  const std::string_view rest = s.substr(mark.length);
  const char32_t behind = first_character(rest);
  if (behind == '.' || behind == U'．')
    if (const Label l = read_decimal(rest)) return l;
  if (behind == '.' || behind == U'．' || behind == U'、' || behind == ')' || behind == U'）')
    return {&dotted, 400 + static_cast<int>(behind), value};
  if (rest.empty()) return {};
  return {&bare, 500, value};
}

// The marks of notes within the text, as (value, is a bare figure), with the last line that has one.
class Marks {
 public:
  void read(std::string_view text, std::size_t line) {
    char32_t before = ' ', earlier = ' ';
    for (std::size_t i = 0; i < text.size();) {
      const std::size_t at = i;
      const char32_t c = next_character(text, i);
      const bool fraction = (before == '.' || before == ',') && is_digit(earlier);
      const bool figure = is_digit(c) && !is_digit(before) && !is_blank(before) && !fraction;
      const bool sign = is_enclosed_number(c) || c == '[' || c == U'［' || c == U'〔' || c == '(' || c == U'（' ||
                        c == '^' || c == '*' || c == U'†' || c == U'‡' || c == U'§' || c == U'¹' || c == U'²' ||
                        c == U'³' || (c >= 0x2074 && c <= 0x2079);
      if (at > 0 && (figure || sign)) note(read_mark(text.substr(at)), figure, line);
      earlier = before, before = c;
    }
  }
  std::size_t count() const { return count_; }
  /// The last line that has a mark for the label; SIZE_MAX if none has.
  std::size_t last(const Label& l) const {
    std::size_t found = SIZE_MAX;
    for (const bool figure : {false, true}) {
      if (!figure && (l.kind == &bare || l.kind == &dotted)) continue;
      if (figure && l.kind == &bracketed) continue;
      if (const auto at = last_.find({l.value, figure}); at != last_.end())
        found = found == SIZE_MAX ? at->second : std::max(found, at->second);
    }
    return found;
  }

 private:
  void note(const Mark& m, bool figure, std::size_t line) {
    if (m) last_[{m.number.value, figure}] = line, ++count_;
  }
  std::size_t count_ = 0;
  std::map<std::pair<int, bool>, std::size_t> last_;
};

void see_rows(Sight& s, const std::vector<Label>& labels) {
  struct Last {
    int value;
    std::size_t line;
  };
  std::unordered_map<int, Last> last, last_on_page;
  Marks marks;
  constexpr std::size_t reach = 40;  // lines, where no pages are known
  constexpr std::size_t few = 4;
  std::size_t marked = 0, last_note = SIZE_MAX;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (i == 0 || s.page(i) != s.page(i - 1)) last_on_page.clear(), marked = marks.count(), last_note = SIZE_MAX;
    const Label& l = labels[i];
    if (l && l.kind != &bullet) {
      const auto before = last.find(l.form);
      const bool on = before != last.end() && before->second.value + 1 == l.value;
      s.see(i, counts_on, on);
      if (on) s.see(before->second.line, counted_on);
      s.see(i, opens_row, l.value == 1);
      s.see(i, out_of_row, !on && l.value != 1);
      last[l.form] = {l.value, i};
    }
    if (is_note_form(l)) {
      const auto page = last_on_page.find(l.form);
      s.see(i, next_on_page,
            s.paged && (page == last_on_page.end() ? l.value == 1 : l.value == page->second.value + 1));
      last_on_page[l.form] = {l.value, i};
      if (const std::size_t at = marks.last(l); at != SIZE_MAX) {
        const bool here = s.page(at) == s.page(i) && (s.paged || i - at < reach);
        s.see(i, here ? mark_on_page : mark_before);
        if (here) last_note = i;
      }
    }
    const bool noted = last_note != SIZE_MAX;
    s.see(i, awaited, s.paged && !noted && marks.count() > marked);
    s.see(i, among_notes, noted && last_note != i);
    s.see(i, near_notes, noted && last_note != i && i - last_note <= few);
    marks.read(s.lines[i].text, i);
  }
}

}  // namespace

void see_labels(Sight& s) {
  std::vector<Label> labels;
  for (const Seen& l : s.lines) labels.push_back(read_label(l.text));
  for (std::size_t i = 0; i < labels.size(); ++i) {
    s.see(i, *labels[i].kind);
    s.see(i, odd, !labels[i] && begins_oddly(s.lines[i].text));
    s.see(i, above_labelled, i > 0 && labels[i - 1]);
    s.see(i, below_labelled, i + 1 < labels.size() && labels[i + 1]);
  }
  see_rows(s, labels);
}

}  // namespace emend::reader
