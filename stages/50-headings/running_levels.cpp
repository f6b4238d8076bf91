// Holding running heads against headings.
#include "stages/50-headings/running_levels.h"

#include <algorithm>
#include <set>

#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "weights/headings.h"

namespace emend {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

// The words of a running head without the page beside them.
std::u32string words_of(std::string_view text) {
  constexpr std::string_view digits = "0123456789 \t";
  text = trim(text);
  const std::size_t first = text.find_first_not_of(digits);
  if (first == text.npos) return {};
  return folded(text.substr(first, text.find_last_not_of(digits) + 1 - first));
}

// Whether a running head says the title, cut short perhaps.
bool says(std::u32string_view running, std::u32string_view title) {
  if (running.size() < 2 || title.empty()) return false;
  const std::size_t n = std::min(running.size(), title.size());
  return running == title || (running.size() >= headings::shortest_cut && running.size() * 2 > title.size() &&
                              similarity(running, title.substr(0, n), headings::same_as_running) > 0);
}

}  // namespace

std::vector<bool> below_earlier_titles(const Document& d, const std::vector<Titled>& headings) {
  std::vector<bool> below(headings.size(), false);
  std::vector<bool> own(headings.size(), false);               // its own words run behind it
  std::vector<std::set<std::size_t>> others(headings.size());  // the earlier headings whose words do
  std::size_t at = none;                                       // the heading behind which the line stands
  for (const Node& node : d.blocks) {
    if (node.name != "fw" || node.get("type") != "header") continue;
    const std::size_t line = d.line_at(node.at.begin);
    while (at + 1 < headings.size() && headings[at + 1].line < line) ++at;
    if (at == none) continue;
    const std::u32string running = words_of(d.lines[line].text);
    for (std::size_t h = at + 1; h-- > 0;) {
      if (!says(running, headings[h].words)) continue;
      if (h == at)
        own[at] = true;
      else
        others[at].insert(h);
      break;
    }
  }
  std::set<std::size_t> parts;  // headings that run over others with running heads of their own
  for (std::size_t h = 0; h < headings.size(); ++h)
    if (own[h]) parts.insert(others[h].begin(), others[h].end());
  for (std::size_t h = 0; h < headings.size(); ++h)
    below[h] =
        !own[h] && std::any_of(others[h].begin(), others[h].end(), [&](std::size_t o) { return !parts.contains(o); });
  return below;
}

}  // namespace emend
