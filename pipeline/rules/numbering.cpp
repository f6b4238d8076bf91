// Normalising heading numbers.
#include "pipeline/rules/numbering.h"

#include "pipeline/rules/small_letters.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

// 壹 as 一, and so on: the forms that cannot be altered.
std::string plain_numerals(std::string_view printed) {
  constexpr std::u32string_view formal = U"壹贰貳叁參肆伍陆陸柒捌玖拾", plain = U"一二二三三四五六六七八九十";
  std::string out;
  for (std::size_t i = 0; i < printed.size();) {
    const char32_t c = next_character(printed, i);
    const std::size_t at = formal.find(c);
    append_character(out, at == formal.npos ? c : plain[at]);
  }
  return out;
}

// Αʹ is 1, ΙΒʹ 12, Ϛʹ or ΣΤʹ 6: units, tens and hundreds of the Greek alphabet, as far as chapters are counted; 0 if it
// is no such number.
int read_greek_letters(std::string_view small) {
  constexpr std::u32string_view letters = U"αβγδεϛζηθικλμνξοπ";
  int value = 0, last = 100;
  for (std::size_t i = 0; i < small.size();) {
    char32_t c = next_character(small, i);
    if ((c == U'σ' || c == U'ς') && small.substr(i).starts_with("τ")) c = U'ϛ', i += std::string_view("τ").size();
    const std::size_t at = letters.find(c);
    if (at == letters.npos) return 0;
    const int worth = at < 9 ? static_cast<int>(at) + 1 : (static_cast<int>(at) - 8) * 10;
    if ((worth < 10 ? 1 : 10) >= last) return 0;
    last = worth < 10 ? 1 : 10;
    value += worth;
  }
  return value;
}

int to_int(std::string_view digits) { return read_whole_number(digits).value; }

// Each component as an ASCII number; a letter stays a letter.
void read_components(std::string_view printed, Numbering& n) {
  std::string component;
  const auto close = [&] {
    if (component.empty()) return;
    const bool letter = n.n.empty() && component.size() == 1 && is_upper(static_cast<unsigned char>(component[0])) &&
                        printed.starts_with(component + '.') && printed.size() > 2;  // C.1 is no hundred
    Number number = letter ? Number{} : read_whole_number(plain_numerals(component));
    std::string small;
    append_small_letters(small, component);
    if (const int word = number || letter ? 0 : read_number_word(small); word > 0) number = {word, Numeral::arabic, 0};
    if (const int greek = number || letter ? 0 : read_greek_letters(small); greek > 0)
      number = {greek, Numeral::arabic, 0};
    n.value = number ? number.value : static_cast<int>(static_cast<unsigned char>(component[0])) - 'A' + 1;
    n.above = n.n;
    if (!n.n.empty()) n.n += '.';
    n.n += number ? std::to_string(number.value) : component;
    component.clear();
  };
  for (std::size_t i = 0; i < printed.size();) {
    const char32_t c = next_character(printed, i);
    if (c == '.' || c == U'．')
      close();
    else
      append_character(component, c);
  }
  close();
}

// Where the words begin: behind the number, its unit (章, 节) and what separates them.
std::size_t words_behind(std::string_view line, std::size_t number_end) {
  constexpr std::u32string_view between = U"章节節编編卷部篇辑輯讲講回.．、)）:：】〕]·・-–— 　\t";
  for (const std::string_view unit : {"部分", " 部分"})
    if (line.substr(number_end).starts_with(unit)) number_end += unit.size();
  while (number_end < line.size()) {
    std::size_t next = number_end;
    if (between.find(next_character(line, next)) == between.npos) break;
    number_end = next;
  }
  return number_end;
}

}  // namespace

namespace {

// C and D before a title are letters, and not 100 and 500: nobody counts headings so far. I, V and X may be either.
bool is_letter(const Numbering& n) {
  if (n.shown.size() != 1 || !is_upper(static_cast<unsigned char>(n.shown[0]))) return false;
  return n.scheme == "letter" || (n.scheme == "appendix" && n.value >= 50);
}

constexpr std::size_t longest_letter = 3;  // a, bis

Numbering read_class(const Rules& rules, std::string_view kind, std::string_view line) {
  Numbering n;
  const Match match = rules.find(kind, line);
  if (!match || match.groups.size() < 2) return n;
  n.rule = match.rule;
  n.scheme = match.rule->fact("scheme");
  n.type = match.rule->fact("type");
  n.rank = to_int(match.rule->fact("rank"));
  n.shown = match.groups[1];
  read_components(match.groups[1], n);
  if (is_letter(n)) {
    n.value = n.shown[0] - 'A' + 1;
    n.n = n.shown;
  }
  if (const std::string_view letter = match.groups.size() > 2 ? trim(match.groups[2]) : std::string_view{};
      !letter.empty() && letter.size() <= longest_letter) {
    n.between = true;
    n.n += letter;
  }
  const std::string_view last = match.groups.back().data() == nullptr ? match.groups[1] : match.groups.back();
  n.words = words_behind(line, static_cast<std::size_t>(last.data() + last.size() - line.data()));
  return n;
}

}  // namespace

Numbering read_numbering(const Rules& rules, std::string_view line) { return read_class(rules, "numbering", line); }

Numbering read_lone_numbering(const Rules& rules, std::string_view line) {
  return read_class(rules, "numbering-alone", line);
}

void settle_letters(const std::vector<Numbering*>& numbers) {
  int letter = 0, roman = 0;
  for (Numbering* number : numbers) {
    Numbering& n = *number;
    if (n.scheme == "letter") {
      letter = n.value;
    } else if (n.scheme == "roman" && n.shown.size() == 1) {
      const int as_letter = n.shown[0] - 'A' + 1;
      if (letter + 1 == as_letter && roman + 1 != n.value) {
        n.scheme = "letter";
        n.rank = 28;
        n.value = letter = as_letter;
        n.n = n.shown;
        continue;
      }
      roman = n.value;
    } else if (n.scheme == "roman") {
      roman = n.value;
    }
    if (n.scheme == "roman" && n.value == 1) letter = 0;
  }
}

}  // namespace emend
