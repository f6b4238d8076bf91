// Marks that a person linked to their notes.
#include <algorithm>

#include "pipeline/run/heeder.h"

namespace emend {

void Heeder::link(const Ruling& r) {
  if (!finds("notes")) return;
  const Change* target = nullptr;
  for (const Change& c : changes_)
    if (c.kind == Kind::block && c.name == "note" && !dropped(c) && c.at.begin < std::max(r.to.end, r.to.begin + 1) &&
        r.to.begin < c.at.end)
      target = &c;
  if (target == nullptr) return;
  const Span to = target->at;
  Span at{};
  for (Change& c : changes_) {
    if (dropped(c)) continue;
    if (c.kind == Kind::phrase && c.name == "mark" && overlap(c.at, r.at)) at = c.at;
  }
  if (at.empty()) {
    const Line& line = d_.lines[d_.line_at(r.at.begin)];
    if (!line.at.contains(r.at) || r.at.empty() || cuts(r.at)) return;
    add(Kind::phrase, r.at, "mark", r).attributes = d_.arena->keep("n=" + std::string(d_.slice(r.at)));
    at = r.at;
  }
  for (Change& c : changes_) {
    if (dropped(c)) continue;
    if (c.kind == Kind::link && c.name == "note" && (overlap(c.at, at) || c.to == to)) drop(c);
    if (c.kind == Kind::doubt && (overlap(c.at, at) || c.at == to)) drop(c);
  }
  add(Kind::link, at, "note", r).to = to;
  record(r);
}

// Whether a phrase there would overlap another, or cut a patch in two.
bool Heeder::cuts(Span at) const {
  for (std::size_t i = d_.first_phrase(at.begin > 256 ? at.begin - 256 : 0);
       i < d_.phrases.size() && d_.phrases[i].at.begin < at.end; ++i)
    if (overlap(d_.phrases[i].at, at)) return true;
  for (std::size_t i = d_.first_patch(d_.lines[d_.line_at(at.begin)].at.begin);
       i < d_.patches.size() && d_.patches[i].at.begin < at.end; ++i)
    if (overlap(d_.patches[i].at, at) && !at.contains(d_.patches[i].at)) return true;
  return std::any_of(changes_.begin(), changes_.end(), [&](const Change& c) {
    return !dropped(c) && (c.kind == Kind::phrase || c.kind == Kind::edit) && overlap(c.at, at);
  });
}

}  // namespace emend
