// Verse by its measure, and by the capitals that its lines begin with: the chance that prose has them is what the words
// within the lines say of capitals, to the power of the lines that go on.
#include "stages/65-paragraphs/verse.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "pipeline/text/script.h"

namespace emend {

namespace {

// 一碓打得山雀起，二碓打得溪水低。 Every clause has as many characters as the first.
bool is_regular(std::span<const BodyLine> lines) {
  std::size_t measure = 0, clauses = 0;
  for (const BodyLine& line : lines) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < line.text.size();) {
      const char32_t c = next_character(line.text, i);
      if (is_han(c)) {
        ++length;
        continue;
      }
      if (std::u32string_view(U"，。；！？、").find(c) == std::u32string_view::npos || length == 0 ||
          (measure != 0 && length != measure))
        return false;
      measure = length;
      length = 0;
      ++clauses;
    }
    if (length > 0) return false;
  }
  return clauses >= 4 && measure >= 4 && measure <= 9;
}

// 三月里来茶发芽 / 哥哥上山采新茶 / 依哟喂: lines of Han and nothing else.
bool is_song(std::span<const BodyLine> lines) {
  constexpr std::size_t fewest = 3, longest = 14;
  if (lines.size() < fewest) return false;
  for (const BodyLine& line : lines) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < line.text.size(); ++length)
      if (const char32_t c = next_character(line.text, i); !is_han(c) && !is_blank(c)) return false;
    if (length > longest) return false;
  }
  return true;
}

// How many words of the line begin with a small letter, less those that do not.
int told(std::string_view s) {
  int words = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (i > 0 && s[i - 1] != ' ') continue;
    words += s[i] >= 'a' && s[i] <= 'z' ? 1 : -1;
  }
  return words;
}

bool is_sung(std::span<const BodyLine> lines) {
  constexpr std::size_t fewest = 4;
  Width least = ~Width{0}, most = 0;
  std::size_t sentences = 0, pauses = 0;
  int words = 0;
  for (const BodyLine& line : lines) {
    if (line.opening != LineBreak::upper) return false;
    least = std::min(least, line.width);
    most = std::max(most, line.width);
    sentences += line.ending == LineBreak::terminal;
    pauses += line.ending == LineBreak::comma || line.ending == LineBreak::colon;
    words += told(line.text);
  }
  return lines.size() >= fewest && most <= least * 2 && least >= 15 * column && sentences * 2 <= lines.size() &&
         pauses > 0 && words > 0;
}

// The first letter of the line, behind quotation marks and brackets.
char32_t first_letter(std::string_view s) {
  for (std::size_t i = 0; i < s.size();)
    if (const char32_t c = next_character(s, i); is_letter(c) || is_digit(c)) return c;
  return 0;
}

// Words of a line behind the first, and how many of them begin with a capital.
void count_capitals(std::string_view s, int& words, int& capitals) {
  for (std::size_t blank = s.find(' '); blank != s.npos; blank = s.find(' ', blank + 1)) {
    const char32_t c = first_letter(s.substr(blank, s.find(' ', blank + 1) - blank));
    words += is_letter(c), capitals += is_upper(c);
  }
}

// Whether at least four lines, or where verse is a habit two, begin with capitals as prose would not by chance.
bool breaks_by_the_line(std::span<const BodyLine> lines, bool habit) {
  const std::size_t fewest = habit ? 2 : 4;
  const double chance = habit ? 0.1 : 0.005;  // of prose whose lines all happen to begin with a capital
  int words = 0, capitals = 0, small = 0;
  std::size_t goes_on = 0, pauses = 0, figures = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const BodyLine& line = lines[i];
    if (!is_upper(first_letter(line.text))) return false;
    goes_on += i > 0 && lines[i - 1].ending != LineBreak::terminal;
    pauses += line.ending == LineBreak::comma || line.ending == LineBreak::colon;
    figures += line.text.find_first_of("0123456789") != line.text.npos;
    count_capitals(line.text, words, capitals);
    small += told(line.text);
  }
  if (lines.size() < fewest || pauses == 0 || small <= 0 || figures * 4 > lines.size()) return false;
  return std::pow((capitals + 1.0) / (words + 2.0), static_cast<double>(goes_on)) < chance;
}

// A text line that may be one of a stanza.
bool may_be_of_stanza(const BodyLine& line) {
  return line.lead == Lead::plain && (line.opening == LineBreak::upper || line.opening == LineBreak::other);
}

class Stanzas {
 public:
  Stanzas(std::vector<BodyLine>& lines, const std::vector<std::uint8_t>& in_table)
      : lines_(lines), in_table_(in_table), verse_(lines.size(), 0) {}

  std::vector<std::size_t> find() {
    constexpr std::size_t of_lines = 20;  // one line in so many is verse
    take(false, ~Width{0});
    std::vector<Width> widths;
    for (const BodyLine& line : lines_)
      if (line.verse) widths.push_back(line.width);
    if (widths.empty() || widths.size() * of_lines < lines_.size()) return std::move(verse_);
    const auto wide = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() * 9 / 10);
    std::nth_element(widths.begin(), wide, widths.end());
    take(true, *wide);
    return std::move(verse_);
  }

 private:
  bool may_be(std::size_t k) const { return in_table_[k] == 0 && may_be_of_stanza(lines_[k]); }

  void take(bool habit, Width widest) {
    for (std::size_t k = 0, end; k < lines_.size(); k = end) {
      end = k + std::max<std::size_t>(verse_[k], 1);
      if (verse_[k] > 0 || !may_be(k)) continue;
      while (end < lines_.size() && lines_[end].between == Between::nothing && may_be(end)) ++end;
      const std::span<BodyLine> lines = std::span(lines_).subspan(k, end - k);
      const bool narrow = std::all_of(lines.begin(), lines.end(), [&](const BodyLine& l) { return l.width <= widest; });
      if (!narrow || !stand_apart(lines_, k, end) || !breaks_by_the_line(lines, habit)) continue;
      verse_[k] = end - k;
      for (BodyLine& line : lines) line.verse = true;
    }
  }

  std::vector<BodyLine>& lines_;
  const std::vector<std::uint8_t>& in_table_;
  std::vector<std::size_t> verse_;
};

}  // namespace

bool reads_as_verse(std::span<const BodyLine> lines, bool below_colon) {
  if (lines.size() < 2 || lines.size() > 200) return false;
  if (below_colon && is_song(lines)) return true;
  return lines[0].opening == LineBreak::neutral ? is_regular(lines) : is_sung(lines);
}

bool stand_apart(const std::vector<BodyLine>& lines, std::size_t first, std::size_t end) {
  return (first == 0 || lines[first].between != Between::nothing ||
          lines[first].indent >= lines[first - 1].indent + 2) &&
         (end == lines.size() || lines[end].between != Between::nothing ||
          lines[end].indent + 2 <= lines[end - 1].indent);
}

std::vector<std::size_t> find_stanzas(std::vector<BodyLine>& lines, const std::vector<std::uint8_t>& in_table) {
  return Stanzas(lines, in_table).find();
}

}  // namespace emend
