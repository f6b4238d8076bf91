// Where the lines of a page begin, and how far the full ones around a line reach.
#include "stages/88-second-reader/setting.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include "pipeline/text/script.h"

namespace emend::reader {

namespace {

constexpr std::size_t fewest_lines = 8;  // of a page, to have a margin of its own
constexpr std::size_t around = 10;       // lines on either side, among which full ones are looked for

using Margins = std::map<std::size_t, std::size_t>;  // columns before a line: how many lines

std::size_t usual(const Margins& margins) {
  const auto best = std::max_element(margins.begin(), margins.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return best == margins.end() ? 0 : best->first;
}

// Left and right pages may have margins of their own: a page has one if a third of its lines, and no few, begin there.
void find_bases(Sight& s) {
  Margins of_book;
  for (const Seen& l : s.lines) ++of_book[l.in];
  const std::size_t usual_in_book = usual(of_book);
  for (std::size_t first = 0, last = 0; first < s.lines.size(); first = last) {
    Margins of_page;
    for (last = first; last < s.lines.size() && s.page(last) == s.page(first); ++last) ++of_page[s.lines[last].in];
    const std::size_t own = usual(of_page);
    const bool has_own = last - first >= fewest_lines && of_page[own] * 3 >= last - first;
    for (std::size_t i = first; i < last; ++i) s.lines[i].base = has_own ? own : usual_in_book;
  }
}

// Few of the lines near it go beyond.
void find_reaches(Sight& s) {
  std::vector<std::size_t> edges;
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    edges.clear();
    for (std::size_t k = i < around ? 0 : i - around; k < std::min(s.lines.size(), i + around + 1); ++k)
      edges.push_back(right_edge(s.lines[k]));
    const auto at = edges.begin() + static_cast<std::ptrdiff_t>(edges.size() * 8 / 10);
    std::nth_element(edges.begin(), at, edges.end());
    s.lines[i].reach = *at;
  }
}

}  // namespace

std::size_t first_word(std::string_view text) {
  std::size_t end = 0, i = 0;
  while (i < text.size()) {
    const char32_t c = next_character(text, i);
    if (is_blank(c)) break;
    end = i;
    if (is_cjk(c)) break;
  }
  return columns(text.substr(0, end));
}

std::size_t right_edge(const Seen& l) { return l.in + l.width; }

Room room_above(const Seen& above, const Seen& here) {
  const std::size_t room = above.reach, need = right_edge(above) + 1 + first_word(here.text) + room / 40;
  if (need + room / 8 < room) return Room::much;
  return need <= room ? Room::some : Room::none;
}

void measure_setting(Sight& s) {
  find_bases(s);
  find_reaches(s);
}

}  // namespace emend::reader
