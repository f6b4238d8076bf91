// Paragraphs that a person joined or split.
#include <algorithm>

#include "pipeline/run/heeder.h"
#include "pipeline/text/script.h"

namespace emend {

// A line of a note, a heading or furniture is in no paragraph that could begin or go on there.
bool Heeder::in_text(const Ruling& r) const {
  return finds("paragraphs") && d_.lines[d_.line_at(r.at.begin)].block < 0;
}

void Heeder::join(const Ruling& r) {
  if (!in_text(r)) return;
  Change* first = nullptr;
  Change* second = nullptr;
  for (Change& c : changes_) {
    if (!is_text(c)) continue;
    if (c.at.begin < r.at.begin && c.at.contains(r.at)) return record(r);  // it goes on there already
    if (c.at.contains(r.at)) second = &c;
    if (c.at.end <= r.at.begin && (first == nullptr || c.at.begin > first->at.begin)) first = &c;
  }
  if (first == nullptr || second == nullptr || crossed({first->at.begin, second->at.end})) return;
  first->at.end = second->at.end;
  drop(*second);
  const char32_t a = last_character(trim(d_.slice(d_.lines[d_.line_at(last_before(r.at.begin, 0))].at))),
                 b = first_character(trim(d_.slice(r.at)));
  if (is_cjk(a) || is_cjk(b)) add(Kind::join, r.at, {}, r).at.end = r.at.begin;
  record(r);
}

// Whether a paragraph would cross a block, or hold one that is neither furniture nor a note.
bool Heeder::crossed(Span at) const {
  const auto bad = [&](Span other, std::string_view name) {
    const bool within = at.contains(other) && (name == "fw" || name == "note");
    return overlap(other, at) && !other.contains(at) && !within;
  };
  return std::any_of(d_.blocks.begin(), d_.blocks.end(), [&](const Node& n) { return bad(n.at, n.name); }) ||
         std::any_of(changes_.begin(), changes_.end(), [&](const Change& c) {
           return c.kind == Kind::block && !dropped(c) && !is_text(c) && bad(c.at, c.name);
         });
}

void Heeder::split(const Ruling& r) {
  if (!in_text(r)) return;
  for (std::size_t i = 0; i < changes_.size(); ++i) {
    if (!is_text(changes_[i]) || !changes_[i].at.contains(r.at)) continue;
    if (r.deed == Deed::paragraph && changes_[i].name != "p") return;
    if (changes_[i].at.begin == r.at.begin) return record(r);  // it begins there already
    const std::uint32_t end = last_before(r.at.begin, changes_[i].at.begin);
    Change rest = changes_[i];
    if (crossed_by_child({rest.at.begin, end})) return;
    changes_[i].at.end = end;
    rest.at.begin = r.at.begin;
    rest.sure = 100;
    changes_.push_back(rest);
    for (Change& c : changes_)
      if (c.kind == Kind::join && c.at.begin == r.at.begin) drop(c);
    return record(r);
  }
}

// Whether a block inside a paragraph would be cut where `first`, its first part, ends.
bool Heeder::crossed_by_child(Span first) const {
  return std::any_of(d_.blocks.begin(), d_.blocks.end(), [&](const Node& n) {
    return n.at.begin > first.begin && n.at.begin < first.end && n.at.end > first.end;
  });
}

}  // namespace emend
