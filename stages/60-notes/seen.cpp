// Reading what a scan declares: lines at the `foot` of a page that are of notes, and `raised` words.
#include "stages/60-notes/seen.h"

#include <algorithm>
#include <array>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr double raised_weight = 3.6;

// Where source byte `at` of the line stands in its current text; a byte that was edited, at the end of its edit.
std::size_t in_text(const Document& d, const Line& line, std::uint32_t at) {
  std::size_t place = 0;
  bool found = false;
  each_piece(d, line, [&](Span span, std::string_view text, bool patched) {
    if (found) return;
    found = at <= span.end;
    place += found && !patched && at >= span.begin ? at - span.begin : found && at <= span.begin ? 0 : text.size();
  });
  return std::min(place, line.text.size());
}

bool has_han(std::string_view s) {
  for (std::size_t i = 0; i < s.size();)
    if (is_han(next_character(s, i))) return true;
  return false;
}

struct Range {
  std::size_t begin = 0, end = 0;
};

std::vector<Range> words_in(const Document& d, const Line& line, std::string_view name) {
  std::vector<Range> all;
  auto node = std::lower_bound(d.declared.begin(), d.declared.end(), line.at.begin,
                               [](const Node& n, std::uint32_t at) { return n.at.begin < at; });
  for (; node != d.declared.end() && node->at.begin < line.at.end; ++node)
    if (node->name == name)
      if (const Range r{in_text(d, line, node->at.begin), in_text(d, line, node->at.end)}; r.begin < r.end)
        all.push_back(r);
  return all;
}

// What is left of a mark in a raised word that shows none: all of a short one, or the sign at the end of a longer one.
Range mark_within(std::string_view text, Range word) {
  const std::string_view s = text.substr(word.begin, word.end - word.begin);
  std::size_t characters = 0;
  for (std::size_t i = 0; i < s.size() && characters < 3; ++characters) next_character(s, i);
  const bool alone = word.begin == 0 || is_blank(last_character(text.substr(0, word.begin)));
  if (characters < 3 && (alone || has_han(s))) return word;
  const std::size_t last = character_before(s, s.size());
  const char32_t c = first_character(s.substr(last)), before = last_character(s.substr(0, last));
  const bool behind_end = !is_letter(before) && !is_han(before) && !is_digit(before);
  constexpr std::u32string_view stops = U".,;:，。；：、";
  if (stops.find(c) != stops.npos || (is_letter(c) && !behind_end) || is_han(c)) return {};
  return {word.begin + last, word.end};
}

// Puts a place into its order in the line.
void insert(std::vector<MarkPlace>& places, std::size_t from, const MarkPlace& place) {
  const auto behind = std::find_if(places.begin() + static_cast<std::ptrdiff_t>(from), places.end(),
                                   [&](const MarkPlace& p) { return p.begin >= place.end; });
  places.insert(behind, place);
}

}  // namespace

std::vector<bool> seen_note_lines(const Document& d) {
  std::vector<bool> notes(d.lines.size());
  for (const Node& said : d.declared) {
    if (said.name != "foot") continue;
    const auto [first, last] = d.lines_of({said.at.begin, said.at.end + 1});
    std::fill(notes.begin() + static_cast<std::ptrdiff_t>(first), notes.begin() + static_cast<std::ptrdiff_t>(last),
              true);
  }
  return notes;
}

bool begins_raised(const Document& d, const Line& line) {
  const std::vector<Range> raised = words_in(d, line, "raised");
  const auto blanks = static_cast<std::size_t>(trim(line.text).data() - line.text.data());
  return !raised.empty() && raised.front().begin <= blanks;
}

NoteStyle style_of_seen(const std::vector<std::vector<FootLine>>& feet) {
  constexpr std::array<MarkForm, 6> forms = {MarkForm::bare,   MarkForm::circled,       MarkForm::bracketed,
                                             MarkForm::symbol, MarkForm::parenthesised, MarkForm::superscript};
  std::array<int, forms.size()> read{}, dotted{};
  std::array<std::vector<int>, forms.size()> firsts;
  bool han = false;
  for (const std::vector<FootLine>& foot : feet) {
    std::array<bool, forms.size()> any{};
    for (const FootLine& line : foot) {
      han = han || has_han(line.text);
      const Mark& mark = line.mark;
      const auto form = static_cast<std::size_t>(std::find(forms.begin(), forms.end(), mark.form) - forms.begin());
      if (form == forms.size() || mark.length == line.text.size() || mark.number.value > 999) continue;
      ++read[form];
      dotted[form] += line.text.substr(mark.length).starts_with('.');
      if (!any[form]) firsts[form].push_back(mark.number.value);
      any[form] = true;
    }
  }
  const auto best = static_cast<std::size_t>(std::max_element(read.begin(), read.end()) - read.begin());
  NoteStyle style;
  style.usual = style.noisy = true;
  const bool told = read[best] > 0 && static_cast<std::size_t>(read[best]) * 6 >= feet.size();
  style.form = told ? forms[best] : han ? MarkForm::circled : MarkForm::bare;
  if (told && read[best] >= 3) style.dotted = dotted[best] * 2 > read[best];
  std::vector<int>& numbers = firsts[best];
  std::sort(numbers.begin(), numbers.end());
  style.by_page = !told || numbers[numbers.size() / 2] <= 2;
  return style;
}

bool tells_unsure(const Document& d) {
  return std::any_of(d.declared.begin(), d.declared.end(), [](const Node& n) { return n.name == "unsure"; });
}

void see_words(const Document& d, std::size_t line, std::size_t from, bool unsure_told,
               std::vector<MarkPlace>& places) {
  const std::string_view text = d.lines[line].text;
  if (unsure_told) {
    const std::vector<Range> unsure = words_in(d, d.lines[line], "unsure");
    for (auto p = places.begin() + static_cast<std::ptrdiff_t>(from); p != places.end(); ++p)
      p->sure = std::none_of(unsure.begin(), unsure.end(),
                             [&](const Range& r) { return p->begin < r.end && p->end > r.begin; });
  }
  for (const Range word : words_in(d, d.lines[line], "raised")) {
    const auto mine = std::find_if(places.rbegin(), places.rend() - static_cast<std::ptrdiff_t>(from),
                                   [&](const MarkPlace& p) { return p.begin < word.end && p.end > word.begin; });
    if (mine != places.rend() - static_cast<std::ptrdiff_t>(from)) {
      mine->seen = true;
      mine->sure = false;
      mine->weight = std::max(mine->weight + 1, raised_weight);
      continue;
    }
    const Range mark = mark_within(text, word);
    if (mark.begin >= mark.end || mark.begin == 0) continue;
    insert(places, from, {line, mark.begin, mark.end, {}, raised_weight, 0, false, false, true, false});
  }
}

}  // namespace emend
