// A heading is whole lines, and that of an abstract is often none: the line is made two, as one that a person breaks,
// so that the stage of the headings finds it by the rule for all abstracts. The first page is looked at, and one line
// only.
#include "stages/read/text/run_in_abstract.h"

#include <algorithm>
#include <array>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::array<std::string_view, 10> words = {"Abstract",    "ABSTRACT",   "Summary",         "SUMMARY",
                                                    "Résumé",      "RÉSUMÉ",     "Zusammenfassung", "ZUSAMMENFASSUNG",
                                                    "Kurzfassung", "KURZFASSUNG"};
constexpr std::size_t most_lines = 120;  // of the first page of a paper
constexpr std::size_t least_text = 24;   // columns: less is an entry of a list, as `Abstracts. pp. 34–37`

// Where the word and what ends it end, if a line begins with them and text is behind; else 0.
std::size_t text_behind_head(std::string_view line) {
  const std::size_t indent = static_cast<std::size_t>(trim(line).data() - line.data());
  const std::string_view s = line.substr(indent);
  const auto word = std::find_if(words.begin(), words.end(), [&](std::string_view w) { return s.starts_with(w); });
  if (word == words.end()) return 0;
  std::size_t at = word->size();
  if (at < s.size() && s[at] == ' ') ++at;
  if (at == s.size()) return 0;
  const char32_t sign = next_character(s, at);
  const bool dash = sign == U'—' || sign == U'–';
  if (!dash && sign != U'.' && sign != U':') return 0;
  const std::size_t end = at;
  while (at < s.size() && s[at] == ' ') ++at;
  const std::string_view rest = s.substr(at);
  const bool begins = is_upper(first_character(rest)) && (dash || at > end);
  return begins && wider_than(rest, least_text) ? indent + end : 0;
}

}  // namespace

std::optional<BrokenLine> find_run_in_abstract(std::string_view text) {
  std::size_t from = 0;
  for (std::size_t lines = 0; lines < most_lines && from < text.size(); ++lines) {
    const std::size_t end = std::min(text.find_first_of("\n\f", from), text.size());
    const std::string_view line = text.substr(from, end - from);
    if (line.starts_with('#') || (end < text.size() && text[end] == '\f')) return {};
    if (const std::size_t at = text_behind_head(line); at > 0) return BrokenLine{static_cast<std::uint32_t>(from + at)};
    from = end + 1;
  }
  return {};
}

}  // namespace emend
