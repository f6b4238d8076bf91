// Heeding decisions about headings and their levels.
#include "stages/50-headings/ruled.h"

#include <algorithm>
#include <vector>

#include "pipeline/text/script.h"

namespace emend {

namespace {

// The heads that stand to the book as `head` does: of one scheme of numbers, or found by one rule without number, and
// of one level.
bool siblings(const Found& f, const Head& a, const Head& b) {
  const Numbering x = read_numbering(f.rules, f.d.lines[a.first].text),
                  y = read_numbering(f.rules, f.d.lines[b.first].text);
  return a.level == b.level && (x || y ? x && y && x.scheme == y.scheme : a.rule == b.rule);
}

}  // namespace

void find_ruled(Found& f) {
  for (const std::size_t i : f.lines.all()) {
    if (f.d.ruling(f.d.lines[i]) == nullptr || !f.lines.is_free(i)) continue;
    Head head;
    head.first = head.last = i;
    head.rule = "decision.head";
    head.because = {100, "a person decided so"};
    const Numbering number = read_numbering(f.rules, f.d.lines[i].text);
    f.describe(head, number);
    head.rank = number.rank;
    head.value = number.value;
    f.put(std::move(head));
  }
}

void heed_levels(Found& f) {
  std::map<std::size_t, int> decided;  // by the heading's first line
  for (const Ruling& r : f.d.rulings) {
    if (!r.trouble.empty() || r.argument.empty() || (r.deed != Deed::level && r.deed != Deed::head)) continue;
    const auto next = f.heads.upper_bound(f.d.line_at(r.at.begin));
    if (next == f.heads.begin() || std::prev(next)->second.last < f.d.line_at(r.at.begin)) continue;
    decided[std::prev(next)->first] = r.argument[0] - '0';
  }
  std::vector<std::size_t> order;  // the highest first, so that what is decided lower down has the last word there
  for (const auto& [line, level] : decided) order.push_back(line);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return f.heads.at(a).level < f.heads.at(b).level; });
  const std::map<std::size_t, Head> found = f.heads;
  for (const std::size_t line : order) {
    const Head& model = found.at(line);
    const int by = decided.at(line) - model.level;
    if (by == 0) continue;
    bool below = false;
    for (const auto& [at, head] : found) {
      const bool moves = at == line || (!decided.contains(at) && siblings(f, model, head));
      below = moves || (below && head.level > model.level);
      if (!below || (decided.contains(at) && at != line)) continue;
      f.heads.at(at).level = std::max(1, head.level + by);
      if (at != line)
        f.heads.at(at).because = {head.because.sure, "its level follows that of a heading whose level a person set"};
    }
  }
}

}  // namespace emend
