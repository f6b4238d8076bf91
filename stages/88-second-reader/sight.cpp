// The lines with their places, for the families to look at.
#include "stages/88-second-reader/sight.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "stages/88-second-reader/setting.h"

namespace emend::reader {

namespace {

constexpr std::size_t longest_key = 96;  // bytes

std::string key_of(std::string_view text) {
  std::string key;
  for (std::size_t i = 0; i < text.size() && key.size() < longest_key;) {
    char32_t c = next_character(text, i);
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    if (is_han(c) || is_kana(c) || is_letter(c)) append_character(key, c);
  }
  return key;
}

// Without a note mark at its end, which is no part of the sentence.
std::string_view without_mark(const Document& d, const Line& line, std::string_view text) {
  const std::string_view source = d.slice(line.at);
  const std::size_t behind = d.first_phrase(line.at.end);
  if (behind == 0) return text;
  const Node& last = d.phrases[behind - 1];
  if (last.name != "mark" || last.at.begin <= line.at.begin || last.at.end > line.at.end) return text;
  const std::string_view after = trim(source.substr(last.at.end - line.at.begin));
  return after.empty() ? trim(source.substr(0, last.at.begin - line.at.begin)) : text;
}

void place_on_pages(Sight& s) {
  std::size_t first = 0;
  for (std::size_t i = 0; i <= s.lines.size(); ++i) {
    if (i < s.lines.size() && s.page(i) == s.page(first)) continue;
    for (std::size_t k = first; k < i; ++k) s.lines[k].from_top = k - first, s.lines[k].from_bottom = i - 1 - k;
    first = i;
  }
}

// The width that nine lines of ten do not exceed.
std::size_t full_width(const std::vector<Seen>& lines) {
  if (lines.empty()) return 1;
  std::vector<std::size_t> widths;
  for (const Seen& l : lines) widths.push_back(l.width);
  const auto at = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() * 9 / 10);
  std::nth_element(widths.begin(), at, widths.end());
  return std::max<std::size_t>(1, *at);
}

}  // namespace

Step Sight::step(std::size_t i) const {
  if (i > 0 && page(i) != page(i - 1)) return Step::page;
  return lines[i].above > 0 ? Step::gap : Step::next;
}

Sight look_at(const Document& d, const Rules& rules) {
  constexpr std::size_t longest_set = 140;  // columns: no typesetter fills a longer line
  Sight s{d, rules, {}};
  const std::vector<std::optional<Made>> made = made_roles(d);
  std::size_t blanks = 0;
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    const std::string_view text = trim(d.lines[i].text);
    if (text.empty()) {
      ++blanks;
      continue;
    }
    if (!s.lines.empty()) s.lines.back().below = blanks;
    Seen& seen = s.lines.emplace_back();
    seen.line = i;
    seen.text = text;
    seen.said = without_mark(d, d.lines[i], text);
    seen.width = columns(text);
    seen.in = indent(d.lines[i].text);
    seen.above = blanks;
    seen.key = key_of(text);
    seen.made = made[i];
    seen.witnesses.reserve(32);
    blanks = 0;
  }
  s.paged = d.pages.size() > 1;
  s.measure = full_width(s.lines);
  s.long_lines = s.measure > longest_set;
  place_on_pages(s);
  measure_setting(s);
  for (const auto family : {see_edges, see_labels, see_form, see_turns, see_text, see_matter, see_made}) family(s);
  return s;
}

}  // namespace emend::reader
