// The longest row of numbers that counts on (a longest increasing subsequence of small steps; Fredman 1975).
#include "stages/20-furniture/page_count.h"
#include "weights/furniture.h"

#include <algorithm>
#include <unordered_map>

namespace emend {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

struct Step {
  int score = 2;
  std::size_t before = none;
};

// Numbers between dashes or dots, all of them, and text before the first as between the others: the number of a first
// section stands above its text.
bool are_set_as_pages(const std::vector<CountedLine>& numbers, const std::vector<std::size_t>& row,
                      std::uint32_t length) {
  const auto dressed = [&](std::size_t i) { return numbers[i].dressed; };
  const auto page = length / static_cast<std::uint32_t>(row.size() - 1);
  return numbers[row.front()].at * 2 >= page && std::all_of(row.begin(), row.end(), dressed);
}

}  // namespace

bool tear_sentences(const std::vector<CountedLine>& numbers, const std::vector<std::size_t>& row) {
  const auto torn = std::count_if(row.begin(), row.end(), [&](std::size_t i) { return numbers[i].torn; });
  return torn * 6 >= static_cast<std::ptrdiff_t>(row.size());
}

std::vector<std::size_t> count_of_pages(const std::vector<CountedLine>& numbers) {
  std::vector<Step> steps(numbers.size());
  std::unordered_map<int, std::size_t> latest;  // the best row that ends with a number in a form
  const auto key = [](int value, Numeral form) { return value * 16 + static_cast<int>(form); };
  std::size_t best = none;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const CountedLine& n = numbers[i];
    for (int lost = 0; lost <= furniture::most_lost; ++lost) {
      const auto other = latest.find(key(n.value - 1 - lost, n.form));
      if (other == latest.end()) continue;
      // A page whose number stands at its foot may be followed by one that has it at its head.
      const std::uint32_t gap = n.at - numbers[other->second].at;
      const bool possible = gap <= furniture::most_page * static_cast<std::uint32_t>(lost + 1) &&
                            (gap >= furniture::least_page || lost == 0);
      const int score = steps[other->second].score + 2 - lost;
      if (possible && score > steps[i].score) steps[i] = {score, other->second};
    }
    const auto [same, fresh] = latest.emplace(key(n.value, n.form), i);
    if (!fresh && steps[same->second].score <= steps[i].score) same->second = i;
    if (best == none || steps[i].score > steps[best].score) best = i;
  }
  std::vector<std::size_t> row;
  for (std::size_t i = best; i != none; i = steps[i].before) row.push_back(i);
  std::reverse(row.begin(), row.end());
  if (row.size() < furniture::shortest_row) return {};
  const std::uint32_t length = numbers[row.back()].at - numbers[row.front()].at;
  const bool set_as_pages = are_set_as_pages(numbers, row, length);
  if (length < furniture::least_page * row.size() && !set_as_pages) return {};
  if (!tear_sentences(numbers, row) && !set_as_pages) return {};
  std::vector<std::size_t> front;
  if (numbers[row.front()].form == Numeral::arabic)
    for (std::size_t i = row.front(); i-- > 0;)
      if (numbers[i].form == Numeral::roman_lower && (front.empty() || numbers[i].value < numbers[front.back()].value))
        front.push_back(i);
  std::reverse(front.begin(), front.end());
  front.insert(front.end(), row.begin(), row.end());
  return front;
}

}  // namespace emend
