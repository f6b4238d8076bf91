// Making decisions hold over the proposals of a stage: what is accepted, rejected and read otherwise.
#include "pipeline/run/heed.h"

#include <algorithm>

#include "pipeline/run/decisions.h"
#include "pipeline/run/heeder.h"

namespace emend {

namespace {
constexpr std::string_view heeded = "decision";
}

std::vector<Change> Heeder::run() {
  // What lines are comes first, since links and levels are about them.
  constexpr Deed order[] = {Deed::head, Deed::furniture, Deed::paragraph, Deed::note,   Deed::level, Deed::split,
                            Deed::join, Deed::link,      Deed::accept,    Deed::reject, Deed::read,  Deed::look};
  for (const Deed deed : order)
    for (const Ruling& r : d_.rulings)
      if (r.deed == deed && r.trouble.empty()) heed_one(r);
  drop_orphans();
  std::erase_if(changes_, [](const Change& c) { return c.stage.empty(); });
  changes_.insert(changes_.end(), notes_.begin(), notes_.end());
  return std::move(changes_);
}

void Heeder::heed_one(const Ruling& r) {
  switch (r.deed) {
    case Deed::accept: return accept(r);
    case Deed::reject: return reject(r);
    case Deed::read: return protect(r);
    case Deed::look: return look(r);
    case Deed::fact: return;  // of the book, and in its options
    case Deed::level: return level(r);
    case Deed::link: return link(r);
    case Deed::join: return join(r);
    case Deed::split: return split(r);
    case Deed::head:
    case Deed::furniture:
    case Deed::paragraph:
    case Deed::note: return line(r);
  }
}

bool Heeder::finds(std::string_view fact) const {
  return (' ' + std::string(provides_) + ' ').find(' ' + std::string(fact) + ' ') != std::string::npos;
}

void Heeder::record(const Ruling& r) {
  if (!noted_.insert(&r).second) return;
  Change& c = notes_.emplace_back();
  c.kind = Kind::meta;
  c.at = r.at;
  c.to = r.to;
  c.stage = stage_;
  c.rule = d_.arena->keep("decision." + std::string(verb_of(r.deed)));
  c.name = heeded;
  c.after = r.line;
}

Change& Heeder::add(Kind kind, Span at, std::string_view name, const Ruling& r) {
  Change& c = changes_.emplace_back();
  c.kind = kind;
  c.at = at;
  c.stage = stage_;
  c.rule = d_.arena->keep("decision." + std::string(verb_of(r.deed)));
  c.name = name;
  c.reason = "a person decided so";
  return c;
}

// Whether the change is the one that a person sees at the place: one that begins in that line if it is of lines.
bool Heeder::meant(const Change& c, const Ruling& r) const {
  if (dropped(c) || c.rule != r.argument) return false;
  if (c.kind == Kind::block || c.kind == Kind::page || c.kind == Kind::join)
    return d_.line_at(c.at.begin) == d_.line_at(r.at.begin);
  return overlap({c.at.begin, std::max(c.at.end, c.at.begin + 1)}, {r.at.begin, std::max(r.at.end, r.at.begin + 1)});
}

void Heeder::accept(const Ruling& r) {
  for (Change& c : changes_) {
    if (!meant(c, r)) continue;
    if (c.kind == Kind::doubt) drop(c);
    c.sure = 100;
    record(r);
  }
}

void Heeder::reject(const Ruling& r) {
  for (Change& c : changes_) {
    if (!meant(c, r)) continue;
    drop(c);
    if (c.kind == Kind::block) drop_block(c.at);
    if (c.kind == Kind::phrase) gone_.insert(c.at);
    record(r);
  }
}

// A list is not rejected without its items.
void Heeder::drop_block(Span at) {
  blocks_.push_back(at);
  for (Change& c : changes_)
    if (c.kind == Kind::block && !dropped(c) && at.contains(c.at)) {
      drop(c);
      blocks_.push_back(c.at);
    }
}

void Heeder::protect(const Ruling& r) {
  for (Change& c : changes_) {
    if (c.kind != Kind::edit || dropped(c) || !overlap(c.at, r.at)) continue;
    if (c.rule == "decision.read")
      record(r);
    else
      drop(c);
  }
}

// The stage made a doubt of it.
void Heeder::look(const Ruling& r) {
  for (const Change& c : changes_)
    if (c.kind == Kind::doubt && c.rule == "decision.look" && !dropped(c) && c.at == r.at) record(r);
}

void Heeder::drop_orphans() {
  for (const Span block : blocks_)
    for (Change& c : changes_)
      if (c.kind == Kind::phrase && !dropped(c) && block.contains(c.at) && c.name != "mark") {
        drop(c);
        gone_.insert(c.at);
      }
  for (const Span block : blocks_) gone_.insert(block);
  if (gone_.empty()) return;
  for (Change& c : changes_)
    if (c.kind == Kind::link && (gone_.contains(c.at) || gone_.contains(c.to))) drop(c);
}

std::vector<Change> heed(const Document& d, const Stage& stage, std::span<const Change> proposed) {
  if (d.rulings.empty()) return {proposed.begin(), proposed.end()};
  return Heeder(d, stage, proposed).run();
}

std::vector<Change> unheeded(const Document& d, const Stage& last) {
  std::set<std::string_view> done;
  for (const Meta& m : d.metas)
    if (m.name == heeded) done.insert(m.value);
  std::vector<Change> doubts;
  for (const Ruling& r : d.rulings) {
    if (done.contains(r.line) || (r.deed == Deed::fact && r.trouble.empty())) continue;
    if (r.deed == Deed::split && r.argument == within_line && r.trouble.empty()) continue;
    Change& c = doubts.emplace_back();
    c.kind = Kind::doubt;
    c.at = r.at;
    c.stage = last.name;
    c.rule = "decision.unheeded";
    c.sure = 0;
    const bool change = r.deed == Deed::accept || r.deed == Deed::reject;
    const std::string why = !r.trouble.empty() ? std::string(r.trouble)
                            : change ? "no rule '" + std::string(r.argument) + "' wants a change there any more"
                                     : "nothing there can be so";
    c.reason = d.arena->keep("the decision '" + std::string(r.line) + "' is not heeded: " + why);
  }
  return doubts;
}

}  // namespace emend
