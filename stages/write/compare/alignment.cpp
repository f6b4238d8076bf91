// The greedy algorithm of E. W. Myers, An O(ND) Difference Algorithm and Its Variations (Algorithmica 1, 1986); where
// that takes too many steps, patience difference (Bram Cohen, 2008: the longest rising chain of what is unique in both)
// divides, or the way that got furthest is taken, as GNU diff does.
#include "stages/write/compare/alignment.h"

#include <algorithm>
#include <unordered_map>

namespace emend {
namespace {

using Sequence = std::vector<std::uint32_t>;
using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

struct Range {
  std::uint32_t a_begin, a_end, b_begin, b_end;
  std::size_t divided_below = static_cast<std::size_t>(-1);  // larger ones are not sought for what is unique (again)

  std::size_t size() const { return std::size_t{a_end - a_begin} + (b_end - b_begin); }

  bool is_empty() const { return a_begin == a_end || b_begin == b_end; }
};

/// Pairs equal ends, and leaves what is between.
Range without_equal_ends(const Sequence& a, const Sequence& b, Range r, Pairs& pairs) {
  for (; !r.is_empty() && a[r.a_begin] == b[r.b_begin]; ++r.a_begin, ++r.b_begin)
    pairs.emplace_back(r.a_begin, r.b_begin);
  for (; !r.is_empty() && a[r.a_end - 1] == b[r.b_end - 1]; --r.a_end, --r.b_end)
    pairs.emplace_back(r.a_end - 1, r.b_end - 1);
  return r;
}

/// What is once in both, in the order of `a`.
Pairs unique_in_both(const Sequence& a, const Sequence& b, const Range& r) {
  struct Seen {
    std::uint32_t in_a = 0, in_b = 0, b_at = 0;
  };
  std::unordered_map<std::uint32_t, Seen> seen;
  for (std::uint32_t i = r.a_begin; i < r.a_end; ++i) ++seen[a[i]].in_a;
  for (std::uint32_t j = r.b_begin; j < r.b_end; ++j) {
    const auto found = seen.find(b[j]);
    if (found == seen.end()) continue;
    ++found->second.in_b;
    found->second.b_at = j;
  }
  Pairs unique;
  for (std::uint32_t i = r.a_begin; i < r.a_end; ++i) {
    const Seen& here = seen[a[i]];
    if (here.in_a == 1 && here.in_b == 1) unique.emplace_back(i, here.b_at);
  }
  return unique;
}

/// The longest chain of pairs that rises in both.
Pairs longest_rising(const Pairs& pairs) {
  std::vector<std::size_t> ends;  // of chains of length 1, 2, …: the pair that ends lowest
  std::vector<std::size_t> before(pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto place = std::lower_bound(ends.begin(), ends.end(), pairs[i].second,
                                        [&](std::size_t end, std::uint32_t j) { return pairs[end].second < j; });
    before[i] = place == ends.begin() ? i : *(place - 1);
    if (place == ends.end())
      ends.push_back(i);
    else
      *place = i;
  }
  Pairs chain(ends.size());
  for (std::size_t k = ends.size(), i = ends.empty() ? 0 : ends.back(); k-- > 0; i = before[i]) chain[k] = pairs[i];
  return chain;
}

/// Myers' greedy algorithm: of all ways from one end to the other the one with the fewest steps that pair nothing.
class FewestSteps {
 public:
  FewestSteps(const Sequence& a, const Sequence& b, const Range& r)
      : a_(a),
        b_(b),
        r_(r),
        width_(static_cast<int>(r.a_end - r.a_begin)),
        height_(static_cast<int>(r.b_end - r.b_begin)) {}

  /// Adds the pairs on the way. False if it has too many steps.
  bool add_to(Pairs& pairs) {
    for (int steps = 0; steps <= std::min(most, width_ + height_); ++steps) {
      furthest_.emplace_back(static_cast<std::size_t>(2 * steps + 1));
      for (int k = -steps; k <= steps; k += 2) {
        if (!go(steps, k)) continue;
        trace(steps, k, pairs);
        return true;
      }
    }
    return false;
  }

  /// After too many steps: adds the pairs on the way that got furthest, and gives what is left behind its end.
  Range add_furthest_to(Pairs& pairs) {
    int best = -most;
    const auto reach = [&](int k) { return 2 * furthest(most, k) - k; };  // in both together
    const auto is_within = [&](int k) { return furthest(most, k) <= width_ && furthest(most, k) - k <= height_; };
    for (int k = -most; k <= most; k += 2)
      if (is_within(k) && (!is_within(best) || reach(k) > reach(best))) best = k;
    const int i = furthest(most, best);
    trace(most, best, pairs);
    return {r_.a_begin + static_cast<std::uint32_t>(i), r_.a_end, r_.b_begin + static_cast<std::uint32_t>(i - best),
            r_.b_end, r_.divided_below};
  }

 private:
  static constexpr int most = 500;

  /// How far in `a` one gets on the diagonal `k` = i - j with so many steps.
  int& furthest(int steps, int k) {
    return furthest_[static_cast<std::size_t>(steps)][static_cast<std::size_t>(k + steps)];
  }

  /// Where the diagonal `k` is entered with the last of these steps: from the diagonal below or above.
  std::pair<int, int> entered(int steps, int k) {
    if (steps == 0) return {0, 0};
    const bool down = k == -steps || (k != steps && furthest(steps - 1, k - 1) < furthest(steps - 1, k + 1));
    return down ? std::pair(furthest(steps - 1, k + 1), k + 1) : std::pair(furthest(steps - 1, k - 1) + 1, k - 1);
  }

  /// Goes on along the diagonal as far as both are alike. True at the end of both.
  bool go(int steps, int k) {
    int i = entered(steps, k).first;
    while (i < width_ && i - k < height_ && i >= 0 && i - k >= 0 && alike(i, i - k)) ++i;
    furthest(steps, k) = i;
    return i == width_ && i - k == height_;
  }

  bool alike(int i, int j) const {
    return a_[r_.a_begin + static_cast<std::uint32_t>(i)] == b_[r_.b_begin + static_cast<std::uint32_t>(j)];
  }

  void trace(int steps, int k, Pairs& pairs) {
    for (; steps >= 0; --steps) {
      const auto [begin, from] = entered(steps, k);
      for (int i = furthest(steps, k); i-- > begin;)
        pairs.emplace_back(r_.a_begin + static_cast<std::uint32_t>(i), r_.b_begin + static_cast<std::uint32_t>(i - k));
      k = from;
    }
  }

  const Sequence &a_, &b_;
  const Range r_;
  const int width_, height_;
  std::vector<std::vector<int>> furthest_;  // by steps, then by diagonal
};

}  // namespace

Pairs align(const Sequence& a, const Sequence& b) {
  Pairs pairs;
  std::vector<Range> open{{0, static_cast<std::uint32_t>(a.size()), 0, static_cast<std::uint32_t>(b.size())}};
  while (!open.empty()) {
    const Range r = without_equal_ends(a, b, open.back(), pairs);
    open.pop_back();
    if (r.is_empty()) continue;
    FewestSteps way(a, b, r);
    if (way.add_to(pairs)) continue;
    const bool tried = r.size() > r.divided_below;
    const Pairs chain = tried ? Pairs{} : longest_rising(unique_in_both(a, b, r));
    if (chain.empty()) {
      open.push_back(way.add_furthest_to(pairs));
      if (!tried) open.back().divided_below = r.size() / 2;
      continue;
    }
    Range between{r.a_begin, 0, r.b_begin, 0, r.size() / 8 * 7};  // so that each member is sought for but a few times
    for (const auto& [i, j] : chain) {
      between.a_end = i, between.b_end = j;
      open.push_back(between);
      between.a_begin = i + 1, between.b_begin = j + 1;
      pairs.emplace_back(i, j);
    }
    between.a_end = r.a_end, between.b_end = r.b_end;
    open.push_back(between);
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace emend
