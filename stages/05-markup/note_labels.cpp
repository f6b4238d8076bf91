// What stands in a label is told by `note_mark`.
#include "stages/05-markup/note_labels.h"

#include <algorithm>
#include <utility>

#include "pipeline/text/script.h"
#include "stages/05-markup/phrases.h"

namespace emend {

namespace {

constexpr std::size_t longest_label = 6;  // bytes

}  // namespace

SpelledLabel note_label(std::string_view line, std::size_t from, bool note) {
  std::size_t end = from;
  if (line.substr(from).starts_with('['))
    end = std::min(line.find(']', from), line.size() - 1) + 1;
  else if (from < line.size() && is_enclosed_number(next_character(line, end)))
    ;
  else if (note)
    end = std::min(line.find_first_not_of("0123456789", from), line.size());
  else
    return {};
  if (end - from > longest_label) return {};
  std::string mark = note_mark(line.substr(from, end - from));
  if (note && end < line.size() && (line[end] == '.' || line[end] == ')')) ++end;
  return {std::move(mark), end};
}

bool links_to_note(std::string_view before, std::string_view words, std::string_view target) {
  constexpr std::u32string_view closes = U".,;:!?)\"'”’»";
  constexpr std::size_t most_figures = 3;
  if (!target.starts_with('#') || words.empty() || words.size() > most_figures || !before.ends_with('[')) return false;
  if (words.find_first_not_of("0123456789") != words.npos) return false;
  const char32_t last = last_character(before.substr(0, before.size() - 1));
  return is_letter(last) || closes.find(last) != closes.npos;
}

}  // namespace emend
