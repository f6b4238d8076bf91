// Aligning titles.
#include "stages/50-headings/titles.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "pipeline/text/similarity.h"
#include "weights/headings.h"

namespace emend {

namespace {

constexpr std::size_t comparisons_a_line = 64;

struct Pair {
  std::size_t line, title;
};

// Printers once set a stop behind headings.
std::string key(std::u32string_view words) {
  while (!words.empty() && words.back() == U'.') words.remove_suffix(1);
  return {reinterpret_cast<const char*>(words.data()), words.size() * sizeof(char32_t)};
}

struct Pairs {
  std::vector<Pair> alike;       // whole, or without the number, if that is the same or the list has none
  std::vector<Pair> unnumbered;  // but for the number, which only the list has
};

// Lines and titles that read alike.
Pairs equal_pairs(const std::vector<Title>& list, const std::vector<TitleLines>& lines) {
  std::unordered_map<std::string, std::vector<std::size_t>> by_words, by_bare;
  for (std::size_t t = 0; t < list.size(); ++t) {
    by_words[key(list[t].words)].push_back(t);
    if (list[t].bare.size() >= headings::shortest_bare) by_bare[key(list[t].bare)].push_back(t);
  }
  Pairs pairs;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    const Title& title = lines[l].title;
    if (const auto found = by_words.find(key(title.words)); found != by_words.end()) {
      for (const std::size_t t : found->second) pairs.alike.push_back({l, t});
    } else if (const auto same = by_bare.find(key(title.bare)); same != by_bare.end()) {
      for (const std::size_t t : same->second)
        if (list[t].n.empty() || list[t].n == title.n)
          pairs.alike.push_back({l, t});
        else if (title.n.empty())
          pairs.unnumbered.push_back({l, t});
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

// Whether the title has the words of the line, and behind a stop more.
bool goes_on(std::u32string_view line, std::u32string_view title) {
  constexpr std::size_t enough = 8;
  return line.size() >= enough && title.size() > line.size() && title.starts_with(line) &&
         std::u32string_view(U".:：—").find(title[line.size()]) != std::u32string_view::npos;
}

// How much lines are like a title. Behind the words of an entry a leader may be misread as letters: if the numbers
// agree, its first words count.
double resemblance(const Title& line, const Title& title, double least) {
  constexpr std::size_t enough = 5;
  const std::size_t a = line.words.size(), b = title.words.size();
  if (b < 3) return 0;
  const double whole = a * 4 < b * 3 || b * 4 < a * 3 ? 0 : similarity(line.words, title.words, least);
  if (goes_on(line.words, title.words)) return std::max(whole, headings::first_words_count);
  if (a < enough || b <= a + 3 || line.n.empty() || line.n != title.n) return whole;
  const double first = similarity(line.words, std::u32string_view(title.words).substr(0, a), least);
  return std::max(whole, first * headings::first_words_count);
}

// In how many places the text has each number of the kind of its own that most headings have: II behind CHAPTER is the
// II of a list that numbers its entries without that word.
struct OwnNumbers {
  int rank = 0;
  std::unordered_map<std::string, std::size_t> places;

  bool once(const std::string& n) const {
    const auto found = n.empty() ? places.end() : places.find(n);
    return found != places.end() && found->second == 1;
  }
};

OwnNumbers own_numbers(const std::vector<TitleLines>& lines) {
  std::map<int, OwnNumbers> by_rank;
  std::size_t last = static_cast<std::size_t>(-1);
  for (const TitleLines& l : lines)
    if (l.title.own && std::exchange(last, l.first) != l.first) ++by_rank[l.title.rank].places[l.title.n];
  OwnNumbers most;
  for (auto& [rank, numbers] : by_rank)
    if (numbers.places.size() > most.places.size()) most = std::move(numbers), most.rank = rank;
  return most;
}

// 1 if lines `l` are a number alone, and the next of the text are something like the title.
std::ptrdiff_t title_follows(const std::vector<TitleLines>& lines, std::size_t l, std::size_t to, const Title& title) {
  return lines[l].title.bare.empty() && l + 1 < to && lines[l + 1].first == lines[l].first &&
         similarity(lines[l + 1].title.bare, title.bare, headings::something_like) > headings::something_like;
}

// Whether numbers above their titles are how the book sets its headings: several that read as the list does are so.
bool stand_above(const std::vector<TitleLines>& lines, const std::vector<std::ptrdiff_t>& match) {
  constexpr std::ptrdiff_t enough = 3;
  return std::count_if(match.begin(), match.end(), [&](std::ptrdiff_t l) {
           return l >= 0 && lines[static_cast<std::size_t>(l)].title.above;
         }) >= enough;
}

// Titles that no line reads exactly: the most similar lines between those of their neighbours.
void fill_between(const std::vector<Title>& list, const std::vector<TitleLines>& lines,
                  std::vector<std::ptrdiff_t>& match) {
  std::vector<std::size_t> next(list.size() + 1, lines.size());  // the lines of the next title that has some
  for (std::size_t t = list.size(); t-- > 0;)
    next[t] = match[t] >= 0 ? static_cast<std::size_t>(match[t]) : next[t + 1];
  const OwnNumbers own = own_numbers(lines);
  const bool above = stand_above(lines, match);
  std::size_t from = 0, left = comparisons_a_line * (lines.size() + list.size());
  for (std::size_t t = 0; t < list.size(); ++t) {
    const bool known = match[t] >= 0, once = own.once(list[t].n);
    const std::size_t to = known ? from : next[t];
    double best = headings::alike;
    std::ptrdiff_t same_number = -1;
    for (std::size_t l = from; l < to && left > 0; ++l, --left) {
      if (to < lines.size() && lines[l].last >= lines[to].first) continue;
      if (same_number < 0 && lines[l].title.n == list[t].n &&
          (lines[l].title.own ? list[t].own || (once && lines[l].title.rank == own.rank)
                              : above && lines[l].title.above && !list[t].n.empty()))
        same_number = static_cast<std::ptrdiff_t>(l);
      if (const double s = resemblance(lines[l].title, list[t], best); s > best) {
        best = s;
        match[t] = static_cast<std::ptrdiff_t>(l);
      }
    }
    if (match[t] < 0) match[t] = same_number;
    if (match[t] >= 0 && match[t] == same_number)
      match[t] += title_follows(lines, static_cast<std::size_t>(same_number), to, list[t]);
    if (match[t] >= 0) from = past(lines, static_cast<std::size_t>(match[t]));
  }
}

// Titles of which no line has the number, nor words that are like theirs with it: lines that have the words alone.
void take_unnumbered(const std::vector<TitleLines>& lines, const std::vector<Pair>& unnumbered,
                     std::vector<std::ptrdiff_t>& match) {
  std::vector<std::size_t> from(match.size() + 1),
      to(match.size() + 1, static_cast<std::size_t>(-1));  // lines that are free
  for (std::size_t t = 0; t < match.size(); ++t)
    from[t + 1] = match[t] >= 0 ? lines[static_cast<std::size_t>(match[t])].last + 1 : from[t];
  for (std::size_t t = match.size(); t-- > 0;)
    to[t] = match[t] >= 0 ? lines[static_cast<std::size_t>(match[t])].first : to[t + 1];
  std::vector<Pair> free;
  for (const Pair& p : unnumbered)
    if (match[p.title] < 0 && lines[p.line].first >= from[p.title] && lines[p.line].last < to[p.title])
      free.push_back(p);
  for (const Pair& pair : longest_chain(std::move(free), lines))
    match[pair.title] = static_cast<std::ptrdiff_t>(pair.line);
}

}  // namespace

std::vector<std::ptrdiff_t> align_titles(const std::vector<Title>& list, const std::vector<TitleLines>& lines) {
  std::vector<std::ptrdiff_t> match(list.size(), -1);
  Pairs pairs = equal_pairs(list, lines);
  for (const Pair& pair : longest_chain(std::move(pairs.alike), lines))
    match[pair.title] = static_cast<std::ptrdiff_t>(pair.line);
  fill_between(list, lines, match);
  take_unnumbered(lines, pairs.unnumbered, match);
  return match;
}

}  // namespace emend
