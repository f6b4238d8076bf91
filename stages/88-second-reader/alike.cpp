// Lines look alike that have the same witnesses of those that the table names: how the text before ends and they begin,
// their indentation, their fill, and the form of their label.
#include "stages/88-second-reader/alike.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace emend::reader {

namespace {

// Lines that are as all lines of the book are, beside those that look alike: few of these say little.
constexpr float prior = 2;

using Look = std::vector<const Witness*>;

struct Sums {
  Scores made{};
  float lines = 0;
};

float share(const Scores& of, Role role) {
  float sum = 0;
  for (std::size_t k = 0; k < role_count; ++k)
    if (same_matter(static_cast<Role>(k), role)) sum += of[k];
  return sum;
}

std::vector<Look> looks_of(const Sight& s, const Model& m) {
  std::unordered_map<const Witness*, bool> known;
  std::vector<Look> out(s.lines.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const Witness* w : s.lines[i].witnesses) {
      const auto [at, fresh] = known.try_emplace(w, false);
      if (fresh) at->second = m.makes_alike(*w);
      if (at->second) out[i].push_back(w);
    }
    std::sort(out[i].begin(), out[i].end(), [](const Witness* a, const Witness* b) { return a->name < b->name; });
    out[i].erase(std::unique(out[i].begin(), out[i].end()), out[i].end());
  }
  return out;
}

}  // namespace

std::vector<float> made_alike(const Sight& s, const Model& m) {
  const std::vector<Look> looks = looks_of(s, m);
  std::map<Look, Sums> kinds;
  Sums all;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    if (!s.lines[i].made) continue;
    for (Sums* sums : {&kinds[looks[i]], &all}) sums->made[index(s.lines[i].made->role)] += 1, sums->lines += 1;
  }
  std::vector<float> out(looks.size());
  for (std::size_t i = 0; i < looks.size(); ++i) {
    if (!s.lines[i].made) continue;
    const Role role = s.lines[i].made->role;
    const Sums& kind = kinds.find(looks[i])->second;
    const float usual = prior * share(all.made, role) / all.lines, lines = kind.lines - 1 + prior;
    out[i] = logit((share(kind.made, role) - 1 + usual) / lines);
  }
  return out;
}

}  // namespace emend::reader
