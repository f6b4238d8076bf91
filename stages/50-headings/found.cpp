// Headings and their numbers.
#include "stages/50-headings/found.h"

#include <algorithm>

#include "pipeline/rules/matter.h"
#include "pipeline/rules/outline.h"
#include "pipeline/text/script.h"
#include "weights/headings.h"

namespace emend {

bool Found::is_passage() const { return d.source.size() <= headings::longest_passage; }

void Found::put(Head head) {
  lines.take(head.first, head.last);
  const std::size_t first = head.first;
  heads[first] = std::move(head);
}

std::string Found::words_of(const Head& head) const {
  if (!head.restored.empty()) return head.restored;
  std::string all;
  for (std::size_t i = head.first; i <= head.last; ++i)
    if (const std::string_view text = trim(d.lines[i].text);
        !text.empty() && (i == head.first || i == head.last || !is_bare_number(text)))
      all.append(all.empty() ? "" : " ").append(text);
  return all;
}

void Found::describe(Head& head, const Numbering& number) const {
  head.part = "body";
  if (number) {
    head.n = number.n;
    head.type = number.type;
    if (!number.rule->fact("part").empty()) head.part = number.rule->fact("part");
    return;
  }
  if (const Rule* rule = read_matter(rules, trim(d.lines[head.first].text))) {
    head.type = rule->fact("type");
    head.part = rule->fact("part");
    return;
  }
  head.type = head.level == 1 ? "chapter" : "section";
}

Numbering Found::numbering_of(std::size_t line) const {
  const std::string_view text = d.lines[line].text;
  const Numbering n = read_numbering(rules, text);
  return n ? n : read_lone_numbering(rules, text);
}

std::size_t Found::number_line(std::size_t line) const {
  std::size_t found = line;
  for (auto here = std::lower_bound(lines.all().begin(), lines.all().end(), line); here != lines.all().begin();) {
    const std::size_t before = *--here;
    if (before + headings::most_apart < line || !lines.is_free(before) || d.lines[before].page != d.lines[line].page ||
        !lines.adjacent(before, found))
      break;
    const std::string_view text = trim(d.lines[before].text);
    const Numbering own = read_numbering(rules, text);
    if (own && text.size() <= own.words) return before;
    if (found != line || before + 3 <= line || !is_bare_number(text)) break;
    found = before;
  }
  return found;
}

std::string Found::number_of(std::size_t line) const {
  const std::string_view text = trim(d.lines[line].text);
  const Numbering own = read_numbering(rules, text);
  return own ? own.n : std::string(text.substr(0, text.find_last_not_of('.') + 1));
}

namespace {

// The level of the listed headings without number, if numbers of this rank begin anew behind each of two or more, as
// the sections of a volume by several hands do; 0 if they do not.
int level_above_restarts(const std::map<std::size_t, Head>& heads, int rank) {
  int level = 0, restarts = 0;
  bool titled = false;
  for (const auto& [line, head] : heads) {
    if (head.rank == 0 && head.entry != nullptr && head.part == "body") {
      titled = true;
      level = level == 0 ? head.level : std::min(level, head.level);
    } else if (head.rank == rank) {
      if (head.value == 1 && !titled) return 0;
      restarts += head.value == 1;
      titled = false;
    }
  }
  return restarts > 1 ? level : 0;
}

}  // namespace

void Found::set_levels_by_rank() {
  for (auto& [line, head] : heads)
    if (const auto same = same_rank.find(head.rank); same != same_rank.end()) head.rank = same->second;
  std::vector<OutlineItem> items;
  for (const auto& [line, head] : heads)
    if (head.rank > 0) items.push_back({head.rank, head.value});
  std::map<int, int> ranks;  // by their place in the outline
  for (const auto& [rank, place] : outline_levels(items)) ranks[place] = rank;
  std::map<int, int> level;
  int above = 0;
  for (const auto& [place, rank] : ranks) {
    if (rank >= decimal_rank && !is_movable_rank(rank) && above < 1 + (ranks.begin()->second < 20)) ++above;
    above = level[rank] = std::max(listed_level[rank], above + 1);
  }
  for (const auto& [place, rank] : ranks)
    if (const int deeper = level_above_restarts(heads, rank) + 1 - level[rank]; deeper > 0 && listed_level[rank] == 0)
      for (auto below = ranks.find(place); below != ranks.end(); ++below) level[below->second] += deeper;
  for (auto& [line, head] : heads) {
    if (head.rank > 0)
      head.level = level[head.rank];
    else if (head.level == 0)
      head.level = 1;
  }
}

}  // namespace emend
