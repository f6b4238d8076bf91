// pdftotext orders pieces by their base line, and takes hyphens at line ends away with the line end behind them. A
// bullet whose base line is lower than that of its text comes a line too late, between blank lines; and a word that the
// page's last line cuts runs into the note below it: `the cus26 See Moor 1921.`
#include "stages/read/text/misplaced.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "stages/read/text/columns.h"

namespace emend {

namespace {

constexpr std::u32string_view bullets = U"•●■◆▪‣◦○□◇★▶➢✓";
constexpr std::size_t widest_head = 70;   // columns of what stands above the text of a page
constexpr std::size_t most_heads = 5;     // lines
constexpr std::size_t shortest_part = 2;  // letters of a word that a line end cuts

using RawLines = std::vector<RawLine>;

bool is_bullet(std::string_view s) {
  std::size_t i = 0;
  return !s.empty() && bullets.find(next_character(s, i)) != bullets.npos && i == s.size();
}

bool begins_page(const RawLines& lines, std::size_t i) { return i > 0 && lines[i - 1].end == "\f"; }

// The line with text before line i, or behind it, if no more than a blank line and no page break is between; or npos.
std::size_t text_above(const RawLines& lines, std::size_t i) {
  for (std::size_t k = i; k-- > 0 && i - k <= 2 && !begins_page(lines, k + 1);)
    if (!trim(lines[k].body).empty()) return k;
  return std::string_view::npos;
}
std::size_t text_below(const RawLines& lines, std::size_t i) {
  for (std::size_t k = i + 1; k < lines.size() && k - i <= 2 && !begins_page(lines, k); ++k)
    if (!trim(lines[k].body).empty()) return k;
  return std::string_view::npos;
}

// Whether the bullet in line i stands within the sentence that the line before it begins.
bool is_late_bullet(const RawLines& lines, std::size_t i) {
  if (!is_bullet(trim(lines[i].body)) || begins_page(lines, i)) return false;
  const std::size_t first = text_above(lines, i), next = text_below(lines, i);
  if (first >= lines.size() || next >= lines.size() || begins_page(lines, first)) return false;
  const std::string_view above = trim(lines[first].body), below = trim(lines[next].body);
  const char32_t c = first_character(below);
  const bool goes_on = !ends_sentence(above) && (continues_sentence(below) || (!is_upper(c) && !is_digit(c)));
  if (!goes_on || is_bullet(below) || is_bullet(above)) return false;
  const std::size_t before = first > 0 && !begins_page(lines, first) ? first - 1 : lines.size();
  if (before == lines.size() || is_bullet(trim(lines[before].body))) return false;
  if (!trim(lines[before].body).empty()) return ends_sentence(trim(lines[before].body));
  const std::size_t far = text_above(lines, first);
  return far >= lines.size() || !is_bullet(trim(lines[far].body));
}

EntryLines bullet_first(const RawLines& lines, std::size_t i) {
  const std::size_t first = text_above(lines, i), next = text_below(lines, i);
  EntryLines e{static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(next - first), {}};
  const auto piece = [&](std::size_t k) {
    return EntryPiece{static_cast<std::uint32_t>(k - first), static_cast<std::uint32_t>(lines[k].body.size())};
  };
  e.entries.push_back({piece(i), piece(first)});
  return e;
}

// A label glued to a word: `cus26 See`.
struct GluedLabel {
  std::size_t word = 0, at = 0;  // where the part of the word and the label begin
  int number = 0;
};

GluedLabel glued_label(std::string_view s) {
  for (std::size_t i = 1; i + 2 < s.size(); ++i) {
    if (!is_digit(static_cast<unsigned char>(s[i])) || !is_ascii_letter(static_cast<unsigned char>(s[i - 1]))) continue;
    const Number n = read_number(s.substr(i));
    if (n.form != Numeral::arabic || n.length > 3) continue;
    const std::string_view rest = s.substr(i + n.length);
    std::size_t word = i;
    while (word > 0 && s[word - 1] >= 'a' && s[word - 1] <= 'z') --word;
    const bool whole = word > 0 && s[word - 1] == ' ' && i - word >= shortest_part;
    if (whole && rest.starts_with(' ') && is_upper(first_character(rest.substr(1)))) return {word, i, n.value};
  }
  return {};
}

// Whether the page shows the number as a mark above line i, or the next one as a label below it.
bool is_counted(const RawLines& lines, std::size_t i, int number) {
  const std::string mark = std::to_string(number), next = std::to_string(number + 1) + " ";
  for (std::size_t k = i + 1; k < lines.size() && !begins_page(lines, k); ++k)
    if (trim(lines[k].body).starts_with(next)) return true;
  for (std::size_t k = i; k > 0 && !begins_page(lines, k); --k) {
    const std::string_view s = lines[k - 1].body;
    for (std::size_t at = s.find(mark); at != s.npos; at = s.find(mark, at + 1)) {
      const char behind = at + mark.size() < s.size() ? s[at + mark.size()] : ' ';
      const auto before = static_cast<unsigned char>(at > 0 ? s[at - 1] : ' ');
      if (before != ' ' && !is_digit(before) && before != '(' && before != '[' &&
          (behind == ' ' || behind == ',' || behind == '.'))
        return true;
    }
  }
  return false;
}

// The word or the rest of one in small letters that the text of the next page begins with.
std::string_view continuation(const RawLines& lines, std::size_t i) {
  std::size_t page = i + 1, heads = 0;
  while (page < lines.size() && !begins_page(lines, page)) ++page;
  for (std::size_t k = page; k < lines.size() && heads <= most_heads && (k == page || !begins_page(lines, k)); ++k) {
    const std::string_view s = trim(lines[k].body);
    std::size_t end = 0;
    while (end < s.size() && s[end] >= 'a' && s[end] <= 'z') ++end;
    if (end > 0) return s.substr(0, end);
    if (wider_than(s, widest_head)) break;
    heads += !s.empty();
  }
  return {};
}

class Misplaced {
 public:
  explicit Misplaced(std::string_view text) : text_(text), lines_(raw_lines(text)) {}

  std::vector<EntryLines> find() {
    std::vector<EntryLines> out;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (is_late_bullet(lines_, i)) {
        EntryLines e = bullet_first(lines_, i);
        if (out.empty() || e.first >= out.back().first + out.back().lines) out.push_back(std::move(e));
      } else if (const std::size_t at = cut_at(i); at > 0) {
        const auto length = static_cast<std::uint32_t>(lines_[i].body.size());
        const auto first = static_cast<std::uint32_t>(at);
        out.push_back({static_cast<std::uint32_t>(i), 1, {{{0, first, false, true}}, {{0, length - first}}}});
      }
    }
    return out;
  }

 private:
  // Where the label begins that stands for the hyphen of a word, or 0.
  std::size_t cut_at(std::size_t i) {
    const std::string_view s = lines_[i].body;
    const GluedLabel label = glued_label(s);
    if (label.at == 0 || !is_counted(lines_, i, label.number)) return 0;
    const std::string_view rest = continuation(lines_, i);
    if (rest.empty()) return 0;
    const std::string part(s.substr(label.word, label.at - label.word));
    return is_word(part + std::string(rest)) || !is_word(part) ? label.at : 0;
  }

  bool is_word(const std::string& word) {
    if (words_.empty())
      for (std::size_t i = 0; i < text_.size();) {
        std::size_t end = i;
        while (end < text_.size() && is_ascii_letter(static_cast<unsigned char>(text_[end]))) ++end;
        const bool label = end < text_.size() && is_digit(static_cast<unsigned char>(text_[end]));
        if (end > i && !label) words_.insert(text_.substr(i, end - i));
        i = std::max(end, i + 1);
      }
    return words_.contains(word);
  }

  std::string_view text_;
  RawLines lines_;
  std::unordered_set<std::string_view> words_;  // of the text, but for those with a figure; when first asked for
};

}  // namespace

std::vector<EntryLines> find_misplaced(std::string_view text) { return Misplaced(text).find(); }

}  // namespace emend
