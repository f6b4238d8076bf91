// A definition whose words begin with a label of their own is named by the tool, and by the printer.
#include "stages/05-markup/inner_notes.h"

#include <algorithm>
#include <string_view>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t longest_name = 12;  // bytes of [^12]:
constexpr std::size_t most_lines = 60;    // of one foot

// The bytes of `[^12]` that the line begins with, or 0.
std::size_t name_at(std::string_view s) {
  if (!s.starts_with("[^")) return 0;
  const std::size_t close = s.substr(0, longest_name).find(']');
  const bool digits = close != s.npos && close > 2 && s.substr(2, close - 2).find_first_not_of("0123456789") == s.npos;
  return digits ? close + 1 : 0;
}

// The value of the label `12)` or `${ }^{12)}$` that the words begin with, or 0.
int label_at(std::string_view s) {
  bool raised = false;
  for (const std::string_view open : {"${ }^{", "${}^{", "$^{"})
    if (!raised && s.starts_with(open)) s.remove_prefix(open.size()), raised = true;
  std::size_t end = 0;
  int value = 0;
  for (; end < s.size() && end < 3 && is_digit(static_cast<unsigned char>(s[end])); ++end)
    value = value * 10 + (s[end] - '0');
  if (end == 0 || end == s.size()) return 0;
  return s[end] == ')' || (raised && s[end] == '}') ? value : 0;
}

std::size_t blanks(std::string_view s) { return std::min(s.find_first_not_of(" \t"), s.size()); }

// Reads the foot whose definition stands in line i; gives the line behind it.
std::size_t read_foot(const Document& d, std::size_t i, std::vector<InnerNote>& notes) {
  const std::string_view text = d.lines[i].text;
  const std::size_t name = name_at(text);
  if (name == 0 || !text.substr(name).starts_with(':')) return i + 1;
  const std::size_t from = name + 1 + blanks(text.substr(name + 1));
  int value = label_at(text.substr(from));
  if (value == 0) return i + 1;
  notes.resize(d.lines.size());
  notes[i] = {from, true};
  std::size_t above = i;
  while (above > 0 && trim(d.lines[above - 1].text).empty()) --above;
  if (above > 0 && trim(d.lines[above - 1].text) == text.substr(0, name)) notes[above - 1].hidden = name;
  std::size_t k = i + 1;
  for (; k < d.lines.size() && k < i + most_lines && !trim(d.lines[k].text).empty(); ++k) {
    const std::size_t begin = blanks(d.lines[k].text);
    if (label_at(d.lines[k].text.substr(begin)) != value + 1) continue;
    notes[k] = {begin, true};
    ++value;
  }
  return k;
}

}  // namespace

std::vector<InnerNote> find_inner_notes(const Document& d) {
  std::vector<InnerNote> notes;
  for (std::size_t i = 0; i < d.lines.size();) i = read_foot(d, i, notes);
  return notes;
}

}  // namespace emend
