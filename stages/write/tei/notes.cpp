// Notes at their marks; marks without a note, and notes without a mark.
#include "stages/write/absent.h"
#include "stages/write/tei/sweep.h"

namespace emend {

void Sweep::write_unanchored(const Node& note) {
  const bool same_page = last_p_ && (d_.pages.empty() || last_page_ == d_.lines[d_.line_at(note.at.begin)].page);
  pugi::xml_node where = same_page ? last_p_ : container();
  write_note(note, where, nullptr, nullptr);
  if (!same_page) new_line(where);
}

// The characters that an inferred mark was read in may be the text's own; then they stay.
void Sweep::write_mark(const Node& mark, const Run& run, Pen& pen) {
  if (absent(d_, mark) == Absent::no) write_run(run, pen, false);
  const Link* link = relations_.link_from(mark.at.begin, "note");
  const Node* note = link == nullptr ? nullptr : relations_.note_at(link->to.begin);
  if (note != nullptr && written_.insert(link->to.begin).second) return write_note(*note, here(pen), link, &mark);
  pugi::xml_node ref = here(pen).append_child("ref");
  set(ref, "type", "noteAnchor");
  set(ref, "n", mark.get("n"));
  set(ref, "ana", "#unresolved");
}

void Sweep::write_note(const Node& note, pugi::xml_node where, const Link* link, const Node* mark) {
  Pen pen(where.append_child("note"));
  const std::string_view place = note.get("place"), n = note.get("n");
  set(pen.element(), "place", place.empty() ? "foot" : place);
  set(pen.element(), "n", n.empty() && mark != nullptr ? mark->get("n") : n);
  set(pen.element(), "xml:id", ids_.note(note));
  set(pen.element(), "xml:lang", relations_.language_of(note));
  set(pen.element(), "facs", facsimile_.block(note));
  if (link == nullptr)
    set(pen.element(), "ana", "#unanchored");
  else if (link->sure < certain)
    set(pen.element(), "cert", certainty(link->sure));
  // A note within an entry of a list of works: its own citations are no part of that.
  const pugi::xml_node bibl = std::exchange(bibl_, {}), cite_part = std::exchange(cite_part_, {});
  write_note_text(note, pen);
  bibl_ = bibl;
  cite_part_ = cite_part;
}

void Sweep::write_note_text(const Node& note, Pen& pen) {
  std::unordered_set<std::uint32_t> done;
  const Node* part = &note;
  while (done.insert(part->at.begin).second) {
    write_lines(*part, pen);
    const Node* follows = relations_.continuation_of(*part);
    if (follows == nullptr) return;
    const Line& line = d_.lines[d_.line_at(follows->at.begin)];
    write_joint(line, pen);
    if (line.page < d_.pages.size() && line.page != d_.lines[d_.line_at(part->at.begin)].page)
      write_break_within(here(pen).append_child("pb"), line.page);
    part = follows;
  }
}

}  // namespace emend
