// Lines above the first label, by their width and by how they begin.
#include "stages/60-notes/continued.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "weights/notes.h"

namespace emend {

namespace {

std::size_t usual_width(const std::vector<FootLine>& lines) {
  std::vector<std::size_t> widths;
  for (const FootLine& line : lines) widths.push_back(columns(line.text));
  const auto middle = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
  std::nth_element(widths.begin(), middle, widths.end());
  return *middle;
}

// Whether lines[k, first), right above the first label, finish a Chinese sentence that `broken`, the last line of a
// note, breaks off: neither citations nor titles, which end without a stop, end so.
bool finishes_han(const std::vector<FootLine>& lines, std::size_t k, std::size_t first, std::string_view broken) {
  constexpr std::u32string_view ends = U"页頁年版期卷册冊章节節号號社局店馆館志誌传傳集编編译譯著条條";
  const char32_t last = last_character(broken);
  return first < lines.size() && is_han(last) && ends.find(last) == ends.npos &&
         is_han(first_character(lines[k].text)) && ends_sentence(lines[first - 1].text);
}

}  // namespace

std::optional<Note> find_continued(const std::vector<FootLine>& lines, std::size_t first, std::string_view broken,
                                   std::size_t measure) {
  if (first == 0 || lines.size() < 2) return {};
  const std::size_t usual = std::min(usual_width(lines), measure);
  // A line much longer than that had a hyphen removed and the next line joined to it; it tells nothing of the type.
  std::size_t k = first, wide = 0;
  bool narrow = true;  // the line below; one alone among wide lines that fills the measure is no line of the text
  for (std::size_t i = first; i-- > 0 && first - i < notes::most_continued;) {
    const std::size_t width = columns(lines[i].text);
    const bool last = i + 1 == first, fits = width * 10 <= usual * 11;
    if (!last && fits && (narrow || width <= usual || lines[i + 1].gap)) break;
    narrow = fits;
    if (width * 10 > usual * 11 && width * 10 <= usual * 13) k = i;
    wide += width * 10 > usual * 11;
  }
  // One line tells little where neither a label stands below it nor a blank line above.
  if (k < first && wide == 1 && first == lines.size() && !lines[k].gap) k = first;
  if (k == first) {
    k = first - 1;
    while (k > 0 && first - k < notes::most_continued && !lines[k].gap) --k;
    if (!lines[k].gap || !(is_lower(first_character(lines[k].text)) || finishes_han(lines, k, first, broken)))
      return {};
  }
  if (k == 0) return {};
  Note note;
  note.first = lines[k].line;
  note.last = lines[first - 1].line;
  note.continues = true;
  return note;
}

}  // namespace emend
