// The levels of a contents list.
#include <algorithm>
#include <map>
#include <set>

#include "pipeline/rules/numbering.h"
#include "pipeline/rules/outline.h"
#include "pipeline/text/script.h"
#include "stages/40-contents/list.h"

namespace emend {

namespace {

constexpr std::string_view appendix = "appendix";

// Indentations that differ by less than two columns are one; each scheme must have its own.
bool set_by_indent(std::vector<ContentsEntry>& entries) {
  std::set<std::size_t> indents;
  for (const ContentsEntry& e : entries) indents.insert(e.indent);
  std::vector<std::size_t> steps;
  for (const std::size_t i : indents)
    if (steps.empty() || i >= steps.back() + 2) steps.push_back(i);
  if (steps.size() < 2 || steps.size() > 5) return false;
  const auto level = [&](const ContentsEntry& e) {
    return static_cast<int>(std::upper_bound(steps.begin(), steps.end(), e.indent) - steps.begin());
  };
  std::map<int, std::map<int, int>> of_rank;
  std::map<int, int> first_seen;
  for (const ContentsEntry& e : entries)
    if (e.number) ++of_rank[e.number.rank][level(e)];
  std::map<int, int> level_of_rank, rank_of_level;
  int deeper = 0;
  for (const auto& [rank, levels] : of_rank) {
    const auto most =
        std::max_element(levels.begin(), levels.end(), [](auto& a, auto& b) { return a.second < b.second; });
    int all = 0;
    for (const auto& [l, n] : levels) all += n;
    const bool ordered = most->first > deeper || (is_movable_rank(rank) && !rank_of_level.contains(most->first));
    if (most->second * 5 < all * 3 || !ordered) return false;
    rank_of_level[most->first] = rank;
    deeper = level_of_rank[rank] = most->first;
  }
  std::set<int> used;
  for (ContentsEntry& e : entries) used.insert(e.level = e.number ? level_of_rank[e.number.rank] : level(e));
  for (ContentsEntry& e : entries) e.level = 1 + static_cast<int>(std::distance(used.begin(), used.find(e.level)));
  return true;
}

// The numbered entries that are open, by their levels.
using Open = std::map<int, std::size_t>;

bool counts_on(const Numbering& before, const Numbering& n) {
  return n.rank == before.rank && n.above == before.above && n.value == before.value + 1;
}

// What has no number and stands between two sisters whose numbers count on is below the first of them; so is, where
// sisters of that level have others between them, what stands behind the last up to the names of back matter.
void set_between(std::vector<ContentsEntry>& entries) {
  const auto set_below = [&](std::size_t sister, std::size_t end) {
    bool any = false;
    for (std::size_t k = sister + 1; k < end; ++k)
      if (!entries[k].number) entries[k].level = std::max(entries[k].level, entries[sister].level + 1), any = true;
    return any;
  };
  const auto numbered = [&](const ContentsEntry& e) { return e.number && e.number.type != appendix; };
  std::set<int> parted;  // the levels whose sisters have others between them
  Open open;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!numbered(entries[i])) continue;
    const int level = entries[i].level;
    if (const auto sister = open.find(level); sister != open.end() &&
                                              counts_on(entries[sister->second].number, entries[i].number) &&
                                              set_below(sister->second, i))
      parted.insert(level);
    open.erase(open.lower_bound(level), open.end());
    open[level] = i;
  }
  open.clear();
  const auto close = [&](int level, std::size_t end) {
    for (const auto& [l, last] : open) {
      if (l < level || !parted.contains(l)) continue;
      const auto matter = std::find_if(entries.begin() + static_cast<std::ptrdiff_t>(last),
                                       entries.begin() + static_cast<std::ptrdiff_t>(end),
                                       [](const ContentsEntry& e) { return !e.matter.empty(); });
      set_below(last, static_cast<std::size_t>(matter - entries.begin()));
    }
    open.erase(open.lower_bound(level), open.end());
  };
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!numbered(entries[i])) continue;
    close(entries[i].level, i);
    open[entries[i].level] = i;
  }
  close(1, entries.size());
}

// An entry without a number that is set as the numbered one before it stands at the top, like the names of back matter.
int beside(const std::vector<std::pair<std::size_t, int>>& path) { return path.size() > 1 ? path.back().second : 1; }

// Where the words of a numbered entry begin, in columns; the numbers before them may be set to the right.
std::size_t words_column(const Document& d, const ContentsEntry& e) {
  const std::string_view line = d.lines[e.lines.front().line].text;
  const std::size_t blanks = std::min(line.find_first_not_of(" \t", e.lines.front().begin), line.size());
  const std::size_t words = std::min(line.size(), blanks + e.number.words);
  const std::string_view rest = line.substr(words);
  return columns(line.substr(0, words)) + columns(rest) - columns(trim(rest));
}

// What names back matter behind the last number has none, and stands in the column of the numbered titles: it is their
// sister, and not below the last of them.
void align_back_matter(const Document& d, std::vector<ContentsEntry>& entries) {
  const auto last = std::find_if(entries.rbegin(), entries.rend(), [](const ContentsEntry& e) { return e.number; });
  if (last == entries.rend()) return;
  const std::size_t column = words_column(d, *last);
  if (column == last->indent) return;
  const std::size_t behind = static_cast<std::size_t>(entries.rend() - last);
  for (std::size_t i = behind; i < entries.size(); ++i)
    if (entries[i].indent + 1 >= column && entries[i].indent <= column + 1) entries[i].indent = last->indent;
}

}  // namespace

void set_contents_levels(const Document& d, std::vector<ContentsEntry>& entries) {
  std::vector<Numbering*> numbers;
  for (ContentsEntry& e : entries) numbers.push_back(&e.number);
  settle_letters(numbers);
  align_back_matter(d, entries);
  if (set_by_indent(entries)) return;
  std::vector<OutlineItem> items;
  for (const ContentsEntry& e : entries)
    if (e.number && e.number.type != appendix) items.push_back({e.number.rank, e.number.value});
  std::map<int, int> level = outline_levels(items);
  std::vector<std::pair<std::size_t, int>> path;  // indentation and level of the entries that are open
  for (ContentsEntry& e : entries) {
    while (!path.empty() && path.back().first > e.indent) path.pop_back();
    if (e.number)
      e.level = level[e.number.rank];
    else if (path.empty() || !e.matter.empty())
      e.level = 1;
    else
      e.level = path.back().first + 1 < e.indent ? path.back().second + 1 : beside(path);
    while (!path.empty() && path.back().first >= e.indent) path.pop_back();
    path.emplace_back(e.indent, e.level);
  }
  set_between(entries);
}

}  // namespace emend
