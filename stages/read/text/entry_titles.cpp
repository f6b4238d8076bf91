// Indexing the lines of a text that may be titles.
#include "stages/read/text/entry_titles.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"

namespace emend {

namespace {

constexpr std::size_t longest_title = 120;  // columns

bool is_dot(char32_t c) { return c == '.' || c == U'…' || c == U'·' || c == U'．' || c == U'_'; }

std::string_view without_marks(std::string_view line) {
  const std::string_view text = trim(line);
  return trim(text.substr(std::min(text.find_first_not_of("#* "), text.size())));
}

}  // namespace

std::string_view without_leader(std::string_view words) {
  while (!words.empty() && (is_blank(last_character(words)) || is_dot(last_character(words))))
    words = words.substr(0, character_before(words, words.size()));
  return words;
}

bool has_leader(std::string_view words) {
  std::size_t dots = 0;
  for (std::size_t i = without_leader(words).size(); i < words.size();) {
    const char32_t c = next_character(words, i);
    dots += c == U'…' ? 3 : is_dot(c);
  }
  return dots >= 3;
}

PrintedTitles::PrintedTitles(const std::vector<RawLine>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view text = without_marks(lines[i].body);
    if (!text.empty() && !wider_than(text, longest_title)) last_[folded(text)] = i;
  }
}

std::size_t PrintedTitles::line_of(std::string_view words) const {
  const auto found = last_.find(folded(without_leader(words)));
  return found == last_.end() ? 0 : found->second;
}

}  // namespace emend
