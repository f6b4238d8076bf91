// Lines that a person said are headings, furniture, notes or text, and the levels of headings.
#include <algorithm>

#include "pipeline/run/heeder.h"
#include "pipeline/text/script.h"

namespace emend {

void Heeder::line(const Ruling& r) {
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
  const bool mine = (r.deed == Deed::furniture && finds("furniture")) || (r.deed == Deed::head && finds("headings")) ||
                    (r.deed == Deed::note && finds("notes"));
  if (r.deed == Deed::paragraph && finds("paragraphs")) return split(r);
  if (!mine) return;
  if (!there) {
    if (d_.lines[d_.line_at(r.at.begin)].block >= 0) return;
    add_line(r, name);
  }
  record(r);
}

void Heeder::take_back(Change& c) {
  drop(c);
  blocks_.push_back(c.at);
}

void Heeder::add_line(const Ruling& r, std::string_view name) {
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
std::uint32_t Heeder::note_end(Span first) const {
  std::size_t i = d_.line_at(first.begin);
  const std::uint32_t page = d_.lines[i].page;
  while (i + 1 < d_.lines.size() && d_.lines[i + 1].block < 0 && d_.lines[i + 1].page == page &&
         !trim(d_.lines[i + 1].text).empty() && !begins_block(d_.lines[i + 1].at.begin))
    ++i;
  return d_.lines[i].at.end;
}

bool Heeder::begins_block(std::uint32_t at) const {
  return std::any_of(changes_.begin(), changes_.end(),
                     [&](const Change& c) { return c.kind == Kind::block && !dropped(c) && c.at.begin == at; });
}

// The end of the last line before `at` that says something, but not before `least`.
std::uint32_t Heeder::last_before(std::uint32_t at, std::uint32_t least) const {
  std::size_t i = d_.line_at(at);
  while (i > 0 && d_.lines[i - 1].at.begin > least && trim(d_.lines[i - 1].text).empty()) --i;
  return d_.lines[i > 0 ? i - 1 : 0].at.end;
}

// The stage took the level as evidence; here it is seen to it.
void Heeder::level(const Ruling& r) {
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
    record(r);
  }
}

}  // namespace emend
