// A number in brackets, (3.2) or (A.1), tells a formula from symbols in the text: alone in its line, as extraction sets
// what stands at the margin, or behind the formula's last line.
#include "stages/65-paragraphs/displays.h"

#include "pipeline/text/formula_line.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t most_lines = 6;    // of one formula: numerators, limits and cases stand in lines of their own
constexpr std::size_t longest_part = 3;  // digits between two stops: (2019) is a year

// Where the number in brackets begins that `s` ends in, or npos.
std::size_t number_at(std::string_view s) {
  if (!s.ends_with(')')) return s.npos;
  std::size_t i = s.size() - 1, digits = 0;
  for (; i > 0 && s[i - 1] != '('; --i) {
    const auto c = static_cast<unsigned char>(s[i - 1]);
    const bool letter = is_ascii_letter(c) && (s[i] == ')' || s[i] == '.');  // (3a), (A.1)
    if (!is_digit(c) && c != '.' && c != '-' && !letter) return s.npos;
    digits = is_digit(c) ? digits + 1 : 0;
    if (digits > longest_part) return s.npos;
  }
  return i > 0 && digits > 0                                                             ? i - 1
         : i > 0 && is_ascii_letter(static_cast<unsigned char>(s[i])) && s[i + 1] == '.' ? i - 1
                                                                                         : s.npos;
}

}  // namespace

std::vector<Display> find_displays(std::span<const BodyLine> lines) {
  std::vector<Display> out;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const std::string_view text = lines[k].text;
    const std::size_t number = number_at(text);
    if (number == text.npos) continue;
    const bool alone = number == 0;
    if (!alone && (text[number - 1] != ' ' || !is_formula_line(text.substr(0, number)))) continue;
    const std::size_t above = out.empty() ? 0 : out.back().last + 1;
    std::size_t first = k;
    while (first > above && k - first < most_lines && lines[first - 1].page == lines[k].page &&
           lines[first].between != Between::other && is_formula_line(lines[first - 1].text))
      --first;
    if (!alone || first < k) out.push_back({first, k});
  }
  return out;
}

}  // namespace emend
