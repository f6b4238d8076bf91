// Aligning titles.
#include "stages/50-headings/titles.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "pipeline/text/similarity.h"

namespace emend {

namespace {

constexpr std::size_t shortest_bare = 3;  // characters of a title that is compared without its number
constexpr double alike = 0.78;
constexpr std::size_t comparisons_a_line = 64;

struct Pair {
  std::size_t line, title;
};

std::string key(std::u32string_view words) {
  return {reinterpret_cast<const char*>(words.data()), words.size() * sizeof(char32_t)};
}

// Lines and titles that read alike, whole or without the number; what has a number in the list keeps it.
std::vector<Pair> equal_pairs(const std::vector<Title>& list, const std::vector<TitleLines>& lines) {
  std::unordered_map<std::string, std::vector<std::size_t>> by_words, by_bare;
  for (std::size_t t = 0; t < list.size(); ++t) {
    by_words[key(list[t].words)].push_back(t);
    if (list[t].bare.size() >= shortest_bare) by_bare[key(list[t].bare)].push_back(t);
  }
  std::vector<Pair> pairs;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    const Title& title = lines[l].title;
    if (const auto found = by_words.find(key(title.words)); found != by_words.end()) {
      for (const std::size_t t : found->second) pairs.push_back({l, t});
    } else if (const auto same = by_bare.find(key(title.bare)); same != by_bare.end()) {
      for (const std::size_t t : same->second)
        if (list[t].n.empty() || list[t].n == title.n) pairs.push_back({l, t});
    }
  }
  return pairs;
}

// The longest chain of pairs that rises strictly in both; of equal titles for one line, the first.
std::vector<Pair> longest_chain(std::vector<Pair> pairs, const std::vector<TitleLines>& lines) {
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.line != b.line ? a.line < b.line : a.title > b.title; });
  std::vector<std::size_t> tails, previous(pairs.size());
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const auto at = std::lower_bound(tails.begin(), tails.end(), pairs[p].title,
                                     [&](std::size_t t, std::size_t title) { return pairs[t].title < title; });
    previous[p] = at == tails.begin() ? none : *(at - 1);
    if (at == tails.end())
      tails.push_back(p);
    else
      *at = p;
  }
  std::vector<Pair> chain;
  for (std::size_t p = tails.empty() ? none : tails.back(); p != none; p = previous[p]) chain.push_back(pairs[p]);
  std::reverse(chain.begin(), chain.end());
  std::vector<Pair> disjoint;
  for (const Pair& pair : chain)
    if (disjoint.empty() || lines[pair.line].first > lines[disjoint.back().line].last) disjoint.push_back(pair);
  return disjoint;
}

// The first of the lines that begin behind lines `l`.
std::size_t past(const std::vector<TitleLines>& lines, std::size_t l) {
  const std::size_t last = lines[l].last;
  while (l < lines.size() && lines[l].first <= last) ++l;
  return l;
}

// How much lines are like a title. Behind the words of an entry a leader may be misread as letters: if the numbers
// agree, its first words count.
double resemblance(const Title& line, const Title& title, double least) {
  constexpr std::size_t enough = 5;
  constexpr double first_words_count = 0.8;
  const std::size_t a = line.words.size(), b = title.words.size();
  if (b < 3) return 0;
  const double whole = a * 4 < b * 3 || b * 4 < a * 3 ? 0 : similarity(line.words, title.words, least);
  if (a < enough || b <= a + 3 || line.n.empty() || line.n != title.n) return whole;
  const double first = similarity(line.words, std::u32string_view(title.words).substr(0, a), least);
  return std::max(whole, first * first_words_count);
}

// Titles that no line reads exactly: the most similar lines between those of their neighbours.
void fill_between(const std::vector<Title>& list, const std::vector<TitleLines>& lines,
                  std::vector<std::ptrdiff_t>& match) {
  std::vector<std::size_t> next(list.size() + 1, lines.size());  // the lines of the next title that has some
  for (std::size_t t = list.size(); t-- > 0;)
    next[t] = match[t] >= 0 ? static_cast<std::size_t>(match[t]) : next[t + 1];
  std::size_t from = 0, left = comparisons_a_line * (lines.size() + list.size());
  for (std::size_t t = 0; t < list.size(); ++t) {
    const bool known = match[t] >= 0;
    const std::size_t to = known ? from : next[t];
    double best = alike;
    std::ptrdiff_t same_number = -1;
    for (std::size_t l = from; l < to && left > 0; ++l, --left) {
      if (to < lines.size() && lines[l].last >= lines[to].first) continue;
      if (same_number < 0 && list[t].own && lines[l].title.own && lines[l].title.n == list[t].n)
        same_number = static_cast<std::ptrdiff_t>(l);
      if (const double s = resemblance(lines[l].title, list[t], best); s > best) {
        best = s;
        match[t] = static_cast<std::ptrdiff_t>(l);
      }
    }
    if (match[t] < 0) match[t] = same_number;
    if (match[t] >= 0) from = past(lines, static_cast<std::size_t>(match[t]));
  }
}

}  // namespace

std::vector<std::ptrdiff_t> align_titles(const std::vector<Title>& list, const std::vector<TitleLines>& lines) {
  std::vector<std::ptrdiff_t> match(list.size(), -1);
  for (const Pair& pair : longest_chain(equal_pairs(list, lines), lines))
    match[pair.title] = static_cast<std::ptrdiff_t>(pair.line);
  fill_between(list, lines, match);
  return match;
}

}  // namespace emend
