// Words of matter, likeness to the entries of the contents list, leaders and cells.
#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "pipeline/text/script.h"
#include "stages/88-second-reader/sight.h"

namespace emend::reader {

namespace {

constexpr Witness division{"words.division", "it begins as the title of a division does"};
constexpr Witness named{"words.named", "it is the name of a part of a book"};
constexpr Witness notes{"words.notes", "it is the name of a collection of notes"};
constexpr Witness listing{"words.contents", "it is the name of a contents list"};
constexpr Witness caption{"words.caption", "it begins as captions do"};
constexpr Witness cites{"words.cites", "it names sources"};
constexpr Witness leader{"words.leader", "it has a leader before a number"};
constexpr Witness numbers_around{"words.numbers-around", "the lines around it end with numbers, too"};
constexpr Witness entry_title{"words.entry", "an entry of the contents list has its words"};
constexpr Witness titled_again{"words.titled-again", "a line further on has the same words"};
constexpr Witness cells{"words.cells", "it has wide gaps within"};
constexpr Witness equation_number{"words.equation-number", "it is the number of a formula"};
constexpr Witness ends_equation{"words.ends-equation", "it ends with the number of a formula"};
constexpr Witness relation{"words.relation", "it relates two terms"};
constexpr Witness opening{"words.opening", "it stands at the beginning of the book"};
constexpr Witness early{"words.early", ""};
constexpr Witness few_words{"words.few-words", "it has few words"};

bool has_leader(std::string_view text) {
  const std::size_t end = text.find_last_not_of(" )]）·.");
  if (end == std::string_view::npos || !is_ascii_letter(static_cast<unsigned char>(text[end]))) {
    if (end == std::string_view::npos || !is_digit(static_cast<unsigned char>(text[end]))) return false;
  }
  return text.find("....") != std::string_view::npos || text.find(". . .") != std::string_view::npos ||
         text.find("……") != std::string_view::npos || text.find("···") != std::string_view::npos ||
         text.find('\t') != std::string_view::npos;
}

std::size_t gaps_in(std::string_view text) {
  std::size_t gaps = 0, blanks = 0;
  for (const char c : text) {
    gaps += c == '\t' || (c == ' ' && blanks == 2);
    blanks = c == ' ' ? blanks + 1 : 0;
  }
  return gaps;
}

bool has_few_words(std::string_view text) {
  std::size_t weight = 0;  // a word is as much as two Han characters
  char32_t before = ' ';
  for (std::size_t i = 0; i < text.size() && weight <= 12;) {
    const char32_t c = next_character(text, i);
    weight += is_han(c) ? 1 : is_letter(c) && !is_letter(before) ? 2 : 0;
    before = c;
  }
  return weight <= 12;
}

// Where the number in brackets begins that the line ends with, as (2.13) and （3-1）; npos if it ends otherwise.
std::size_t number_in_brackets(std::string_view text) {
  std::size_t end = text.size();
  if (text.ends_with(")"))
    end -= 1;
  else if (text.ends_with("）"))
    end -= 3;
  else
    return text.npos;
  std::size_t from = end;
  while (from > 0 &&
         (is_digit(static_cast<unsigned char>(text[from - 1])) || text[from - 1] == '.' || text[from - 1] == '-'))
    --from;
  if (from == end || end - from > 7) return text.npos;
  const std::string_view before = text.substr(0, from);
  return before.ends_with("(") ? from - 1 : before.ends_with("（") ? from - 3 : text.npos;
}

bool relates(std::string_view text) {
  constexpr std::array<std::string_view, 7> signs{"=", "≈", "∝", "≤", "≥", "∼", "≡"};
  return text.size() < 200 &&
         std::any_of(signs.begin(), signs.end(), [&](std::string_view sign) { return text.find(sign) != text.npos; });
}

void see_words(Sight& s, std::size_t i) {
  const Seen& l = s.lines[i];
  const std::string_view head = l.text.substr(0, 120);
  s.see(i, few_words, has_few_words(l.text));
  const std::size_t number = number_in_brackets(l.text);
  s.see(i, equation_number, number == 0);
  s.see(i, ends_equation, number != l.text.npos && number > 0);
  s.see(i, relation, relates(l.text));
  if (l.width < 80) {
    s.see(i, division, s.rules.test("reader-division", head) != nullptr);
    s.see(i, named, s.rules.test("reader-part", head) != nullptr);
    s.see(i, notes, s.rules.test("reader-notes", head) != nullptr);
    s.see(i, listing, s.rules.test("reader-contents", head) != nullptr);
  }
  s.see(i, caption, s.rules.test("reader-caption", head) != nullptr);
  s.see(i, cites, s.rules.test("reader-source", l.text.substr(0, 300)) != nullptr);
}

}  // namespace

void see_matter(Sight& s) {
  std::unordered_set<std::string_view> entries;
  std::unordered_map<std::string_view, std::size_t> last;
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    const Seen& l = s.lines[i];
    if (l.key.size() < 4) continue;
    last[l.key] = i;
    if (l.made && l.made->role == Role::contents) entries.insert(l.key);
  }
  std::vector<bool> numbered(s.lines.size());
  for (std::size_t i = 0; i < s.lines.size(); ++i)
    numbered[i] = is_digit(static_cast<unsigned char>(s.lines[i].text.back())) && s.lines[i].key.size() > 2;
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    const Seen& l = s.lines[i];
    see_words(s, i);
    s.see(i, leader, has_leader(l.text));
    std::size_t around = 0;
    for (std::size_t k = i < 3 ? 0 : i - 3; k < std::min(s.lines.size(), i + 4); ++k) around += k != i && numbered[k];
    s.see(i, numbers_around, around >= 3);
    const bool listed = l.made && l.made->role == Role::contents;
    s.see(i, entry_title, !listed && entries.contains(l.key));
    const auto again = last.find(l.key);
    s.see(i, titled_again, again != last.end() && again->second > i + 3);
    s.see(i, cells, gaps_in(l.text) >= 2);
    s.see(i, opening, i < 6);
    s.see(i, early, i * 12 < s.lines.size());
  }
}

}  // namespace emend::reader
