// Making decisions hold over the proposals of a stage.
#include "pipeline/run/heed.h"

#include <algorithm>
#include <set>

#include "pipeline/run/decisions.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::string_view heeded = "decision";

bool overlap(Span a, Span b) { return a.begin < b.end && b.begin < a.end; }

class Heeder {
 public:
  Heeder(const Document& d, const Stage& stage, std::span<const Change> proposed)
      : d_(d), stage_(stage.name), provides_(stage.provides), changes_(proposed.begin(), proposed.end()) {}

  std::vector<Change> run() {
    // What lines are comes first, since links and levels are about them.
    constexpr Deed order[] = {Deed::head, Deed::furniture, Deed::paragraph, Deed::note,   Deed::level, Deed::split,
                              Deed::join, Deed::link,      Deed::accept,    Deed::reject, Deed::read};
    for (const Deed deed : order)
      for (const Ruling& r : d_.rulings)
        if (r.deed == deed && r.trouble.empty()) heed_one(r);
    drop_orphans();
    std::erase_if(changes_, [](const Change& c) { return c.stage.empty(); });
    changes_.insert(changes_.end(), notes_.begin(), notes_.end());
    return std::move(changes_);
  }

 private:
  void heed_one(const Ruling& r) {
    switch (r.deed) {
      case Deed::accept: return accept(r);
      case Deed::reject: return reject(r);
      case Deed::read: return protect(r);
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

  bool finds(std::string_view fact) const {
    return (' ' + std::string(provides_) + ' ').find(' ' + std::string(fact) + ' ') != std::string::npos;
  }

  // ---- a change taken back is marked by an empty stage until all are gone

  static void drop(Change& c) { c.stage = {}; }
  static bool dropped(const Change& c) { return c.stage.empty(); }

  void note(const Ruling& r) {
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

  Change& add(Kind kind, Span at, std::string_view name, const Ruling& r) {
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
  bool meant(const Change& c, const Ruling& r) const {
    if (dropped(c) || c.rule != r.argument) return false;
    if (c.kind == Kind::block || c.kind == Kind::page || c.kind == Kind::join)
      return d_.line_at(c.at.begin) == d_.line_at(r.at.begin);
    return overlap({c.at.begin, std::max(c.at.end, c.at.begin + 1)}, {r.at.begin, std::max(r.at.end, r.at.begin + 1)});
  }

  void accept(const Ruling& r) {
    for (Change& c : changes_) {
      if (!meant(c, r)) continue;
      if (c.kind == Kind::doubt) drop(c);
      c.sure = 100;
      note(r);
    }
  }

  void reject(const Ruling& r) {
    for (Change& c : changes_) {
      if (!meant(c, r)) continue;
      drop(c);
      if (c.kind == Kind::block) drop_block(c.at);
      if (c.kind == Kind::phrase) gone_.insert(c.at);
      note(r);
    }
  }

  // A list is not rejected without its items.
  void drop_block(Span at) {
    blocks_.push_back(at);
    for (Change& c : changes_)
      if (c.kind == Kind::block && !dropped(c) && at.contains(c.at)) {
        drop(c);
        blocks_.push_back(c.at);
      }
  }

  void protect(const Ruling& r) {
    for (Change& c : changes_) {
      if (c.kind != Kind::edit || dropped(c) || !overlap(c.at, r.at)) continue;
      if (c.rule == "decision.read")
        note(r);
      else
        drop(c);
    }
  }

  // ---- lines

  void line(const Ruling& r) {
    const std::string_view name = r.deed == Deed::furniture ? "fw"
                                  : r.deed == Deed::head    ? "head"
                                  : r.deed == Deed::note    ? "note"
                                                            : "p";
    bool there = false;
    for (Change& c : changes_) {
      if (c.kind != Kind::block || dropped(c) || !c.at.contains(r.at)) continue;
      if (c.name == name && c.at.begin == r.at.begin) {
        there = true;
        continue;
      }
      if (c.name != "fw" && c.name != "head" && c.name != "note") continue;
      if (c.at.begin == r.at.begin)
        take_back(c);
      else
        c.at.end = last_before(r.at.begin, c.at.begin);
    }
    const bool mine = (r.deed == Deed::furniture && finds("furniture")) ||
                      (r.deed == Deed::head && finds("headings")) || (r.deed == Deed::note && finds("notes"));
    if (r.deed == Deed::paragraph && finds("paragraphs")) return split(r);
    if (!mine) return;
    if (!there) {
      if (d_.lines[d_.line_at(r.at.begin)].block >= 0) return;
      add_line(r, name);
    }
    note(r);
  }

  void take_back(Change& c) {
    drop(c);
    blocks_.push_back(c.at);
  }

  void add_line(const Ruling& r, std::string_view name) {
    Span at = r.at;
    std::string attributes;
    if (r.deed == Deed::furniture)
      attributes = "type=" + std::string(r.argument.empty() ? "header" : r.argument) +
                   "\nplace=" + (r.argument == "footer" || r.argument == "catch" ? "bottom" : "top");
    if (r.deed == Deed::head)
      attributes = "level=" + std::string(r.argument.empty() ? "1" : r.argument) + "\ntype=section\npart=body";
    if (r.deed == Deed::note) {
      attributes = std::string("place=foot") + (r.argument.empty() ? "" : "\nn=" + std::string(r.argument));
      at.end = note_end(r.at);
    }
    add(Kind::block, at, name, r).attributes = d_.arena->keep(attributes);
    const std::string_view text = d_.slice(r.at);
    const std::size_t mark = text.find_first_not_of(" \t");
    if (r.deed == Deed::note && !r.argument.empty() && mark != text.npos && text.substr(mark).starts_with(r.argument)) {
      const auto begin = r.at.begin + static_cast<std::uint32_t>(mark);
      const std::size_t words = std::min(text.find_first_not_of(" \t", mark + r.argument.size()), text.size());
      const Span label{begin, r.at.begin + static_cast<std::uint32_t>(words)};
      if (!cuts(label)) add(Kind::phrase, label, "label", r);
    }
  }

  // A note goes on to the next blank line, block or page.
  std::uint32_t note_end(Span first) const {
    std::size_t i = d_.line_at(first.begin);
    const std::uint32_t page = d_.lines[i].page;
    while (i + 1 < d_.lines.size() && d_.lines[i + 1].block < 0 && d_.lines[i + 1].page == page &&
           !trim(d_.lines[i + 1].text).empty() && !begins_block(d_.lines[i + 1].at.begin))
      ++i;
    return d_.lines[i].at.end;
  }

  bool begins_block(std::uint32_t at) const {
    return std::any_of(changes_.begin(), changes_.end(),
                       [&](const Change& c) { return c.kind == Kind::block && !dropped(c) && c.at.begin == at; });
  }

  // The end of the last line before `at` that says something, but not before `least`.
  std::uint32_t last_before(std::uint32_t at, std::uint32_t least) const {
    std::size_t i = d_.line_at(at);
    while (i > 0 && d_.lines[i - 1].at.begin > least && trim(d_.lines[i - 1].text).empty()) --i;
    return d_.lines[i > 0 ? i - 1 : 0].at.end;
  }

  // The stage took the level as evidence; here it is seen to it.
  void level(const Ruling& r) {
    for (Change& c : changes_) {
      if (c.kind != Kind::block || c.name != "head" || dropped(c) || !c.at.contains(r.at)) continue;
      std::string attributes;
      for (std::string_view rest = c.attributes; !rest.empty();) {
        const std::string_view one = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), one.size() + 1));
        attributes += (attributes.empty() ? "" : "\n") +
                      (one.starts_with("level=") ? "level=" + std::string(r.argument) : std::string(one));
      }
      c.attributes = d_.arena->keep(attributes);
      c.sure = 100;
      note(r);
    }
  }

  // ---- links

  void link(const Ruling& r) {
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
    note(r);
  }

  // Whether a phrase there would overlap another, or cut a patch in two.
  bool cuts(Span at) const {
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

  // ---- paragraphs

  static bool is_text(const Change& c) {
    return c.kind == Kind::block && !dropped(c) && (c.name == "p" || c.name == "quote" || c.name == "item");
  }

  // A line of a note, a heading or furniture is in no paragraph that could begin or go on there.
  bool in_text(const Ruling& r) const { return finds("paragraphs") && d_.lines[d_.line_at(r.at.begin)].block < 0; }

  void join(const Ruling& r) {
    if (!in_text(r)) return;
    Change* first = nullptr;
    Change* second = nullptr;
    for (Change& c : changes_) {
      if (!is_text(c)) continue;
      if (c.at.begin < r.at.begin && c.at.contains(r.at)) return note(r);  // it goes on there already
      if (c.at.contains(r.at)) second = &c;
      if (c.at.end <= r.at.begin && (first == nullptr || c.at.begin > first->at.begin)) first = &c;
    }
    if (first == nullptr || second == nullptr || crossed({first->at.begin, second->at.end})) return;
    first->at.end = second->at.end;
    drop(*second);
    const char32_t a = last_character(trim(d_.slice(d_.lines[d_.line_at(last_before(r.at.begin, 0))].at))),
                   b = first_character(trim(d_.slice(r.at)));
    if (is_cjk(a) || is_cjk(b)) add(Kind::join, r.at, {}, r).at.end = r.at.begin;
    note(r);
  }

  // Whether a paragraph would cross a block, or hold one that is neither furniture nor a note.
  bool crossed(Span at) const {
    const auto bad = [&](Span other, std::string_view name) {
      const bool within = at.contains(other) && (name == "fw" || name == "note");
      return overlap(other, at) && !other.contains(at) && !within;
    };
    return std::any_of(d_.blocks.begin(), d_.blocks.end(), [&](const Node& n) { return bad(n.at, n.name); }) ||
           std::any_of(changes_.begin(), changes_.end(), [&](const Change& c) {
             return c.kind == Kind::block && !dropped(c) && !is_text(c) && bad(c.at, c.name);
           });
  }

  void split(const Ruling& r) {
    if (!in_text(r)) return;
    for (std::size_t i = 0; i < changes_.size(); ++i) {
      if (!is_text(changes_[i]) || !changes_[i].at.contains(r.at)) continue;
      if (r.deed == Deed::paragraph && changes_[i].name != "p") return;
      if (changes_[i].at.begin == r.at.begin) return note(r);  // it begins there already
      const std::uint32_t end = last_before(r.at.begin, changes_[i].at.begin);
      Change rest = changes_[i];
      if (crossed_by_child({rest.at.begin, end})) return;
      changes_[i].at.end = end;
      rest.at.begin = r.at.begin;
      rest.sure = 100;
      changes_.push_back(rest);
      for (Change& c : changes_)
        if (c.kind == Kind::join && c.at.begin == r.at.begin) drop(c);
      return note(r);
    }
  }

  // Whether a block inside a paragraph would be cut where `first`, its first part, ends.
  bool crossed_by_child(Span first) const {
    return std::any_of(d_.blocks.begin(), d_.blocks.end(), [&](const Node& n) {
      return n.at.begin > first.begin && n.at.begin < first.end && n.at.end > first.end;
    });
  }

  // ---- what hangs on a change that is gone

  void drop_orphans() {
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

  const Document& d_;
  std::string_view stage_, provides_;
  std::vector<Change> changes_, notes_;
  std::vector<Span> blocks_;  // that were taken back
  std::set<Span> gone_;       // blocks and phrases
  std::set<const Ruling*> noted_;
};

}  // namespace

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
    if (done.contains(r.line)) continue;
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
