// Inferring the outline of a book from the sequence of its numbers.
#include "pipeline/rules/outline.h"

#include <algorithm>
#include <utility>

namespace emend {

bool is_movable_rank(int rank) {
  // I, 一 alone, 1, （一） alone, I., Section 1, A., Subsection 1, §, 壹、, 一、, （一）, （1）
  constexpr int movable[] = {22, 23, 24, 25, 26, 27, 28, 29, 30, 38, 40, 50, 52};
  return std::find(std::begin(movable), std::end(movable), rank) != std::end(movable);
}

// Ranks up to this are said in words, as Part and Chapter are; figures with points tell their level themselves.
constexpr int last_of_words = 20;

std::map<int, int> outline_levels(const std::vector<OutlineItem>& items) {
  std::map<std::pair<int, int>, int> above;  // how often the first was seen above the second
  std::map<std::pair<int, int>, bool> anew;  // whether the second began anew behind one of the first
  std::map<int, int> last;                   // value of each rank
  std::vector<int> order;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto [rank, value] = items[i];
    if (i > 0 && items[i - 1].rank != rank) {
      if (value == 1) {
        ++above[{items[i - 1].rank, rank}];
        anew[{items[i - 1].rank, rank}] |= last[rank] > 0;
      } else if (last[rank] + 1 == value)
        ++above[{rank, items[i - 1].rank}];
    }
    last[rank] = value;
    order.push_back(rank);
  }
  std::sort(order.begin(), order.end());
  order.erase(std::unique(order.begin(), order.end()), order.end());
  const auto is_above = [&](int a, int b) {
    if (is_movable_rank(a) || is_movable_rank(b)) return above[{a, b}] > above[{b, a}];
    // Parts that begin anew in each chapter are parts of it, against the table, where nothing speaks for the table.
    return a <= last_of_words && b <= last_of_words && anew[{a, b}] && above[{b, a}] == 0;
  };
  for (std::size_t pass = 0; pass < order.size(); ++pass)  // as often as it may take; contradictions end it too
    for (auto i = order.begin(); i != order.end(); ++i)
      for (auto j = i + 1; j != order.end(); ++j)
        if (is_above(*j, *i))
          is_movable_rank(*j) || !is_movable_rank(*i) ? std::rotate(i, j, j + 1) : std::rotate(i, i + 1, j + 1);
  std::map<int, int> level;
  for (std::size_t i = 0; i < order.size(); ++i) level[order[i]] = static_cast<int>(i) + 1;
  return level;
}

}  // namespace emend
