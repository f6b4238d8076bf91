// Page breaks with their printed numbers, and the running heads and page numbers that stand at them.
#include "stages/write/tei/sweep.h"

namespace emend {

// Writes the page breaks up to the page of `line` into `where`.
void Sweep::turn(const Line& line, pugi::xml_node where, bool blocks) {
  while (turned_ < d_.pages.size() && turned_ <= line.page) {
    write_page(turned_++, where);
    if (blocks) new_line(where);
  }
}

void Sweep::write_page(std::size_t i, pugi::xml_node where) {
  const Page& page = d_.pages[i];
  write_gaps_before(page.at.begin, where);
  const std::string facs = facsimile_.page(i);
  if (i > 0 || !page.label.empty() || !facs.empty() || !relations_.furniture_of(i).empty()) {
    pugi::xml_node pb = where.append_child("pb");
    write_label(pb, i);
    if (!page.label.empty()) set(pb, "xml:id", ids_.page(i));
    set(pb, "facs", facs);
  }
  for (const std::size_t block : relations_.furniture_of(i)) write_furniture(d_.blocks[block], where);
}

// The page is counted and numbered where the text turns to it; a note that runs over to it only says which it is.
void Sweep::write_break_within(pugi::xml_node pb, std::size_t i) const {
  if (!d_.pages[i].label.empty()) set(pb, "corresp", "#" + ids_.page(i));
}

void Sweep::write_label(pugi::xml_node pb, std::size_t i) const {
  const Page& page = d_.pages[i];
  set(pb, "n", page.label);
  if (page.read && page.sure >= certain) return;
  if (page.read || page.label.empty()) {
    if (page.sure < certain) set(pb, "cert", certainty(page.sure)), set(pb, "resp", "#emend");
    return;
  }
  set(pb, "cert", page.sure >= certain ? "high" : certainty(page.sure));
  set(pb, "resp", "#emend");
}

void Sweep::write_furniture(const Node& fw, pugi::xml_node where) {
  Pen pen(where.append_child("fw"));
  set(pen.element(), "type", fw.get("type"));
  set(pen.element(), "place", fw.get("place"));
  set(pen.element(), "facs", facsimile_.block(fw));
  write_lines(fw, pen);
}

}  // namespace emend
