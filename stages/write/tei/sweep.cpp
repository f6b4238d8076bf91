// The sweep itself, and the frame of the text: front, body, back, and the divisions in them.
#include "stages/write/tei/sweep.h"

#include <algorithm>

namespace emend {

namespace {

void new_line_before(pugi::xml_node n) {
  if (n.type() == pugi::node_element) n.parent().insert_child_before(pugi::node_pcdata, n).set_value("\n");
}

bool is_content(std::string_view name) {
  return !name.empty() && name != "pb" && name != "fw" && name != "note" && name != "figure";
}

}  // namespace

Sweep::Sweep(const Document& d, const Facsimile& facsimile, Shows shows, pugi::xml_node text)
    : d_(d),
      facsimile_(facsimile),
      relations_(d),
      ids_(d, relations_),
      citations_(d, ids_),
      changes_(d, shows),
      text_(text) {
  for (const Node& node : d.blocks) {
    if (node.name == "head") last_head_ = node.at.begin;
    front_ahead_ = front_ahead_ || node.name == "titlePage" || node.get("part") == "front";
  }
  for (const Meta& m : d.metas)
    if (m.name == "gap") gaps_.push_back(&m);
  std::stable_sort(gaps_.begin(), gaps_.end(), [](const Meta* a, const Meta* b) { return a->at.begin < b->at.begin; });
}

void Sweep::write() {
  std::size_t block = 0;
  for (std::size_t line = 0; line < d_.lines.size();) {
    if (block < d_.blocks.size() && d_.blocks[block].at.begin <= d_.lines[line].at.begin) {
      const Node& node = d_.blocks[block];
      write_top(node, block);
      const auto [first, last] = d_.lines_of({node.at.begin, node.at.end + 1});
      line = std::max(line + 1, last);
      while (block < d_.blocks.size() && d_.blocks[block].at.begin < node.at.end) ++block;
      while (block < d_.blocks.size() && node.at.contains(d_.blocks[block].at)) ++block;
    } else {
      if (!trim(d_.lines[line].text).empty()) write_stray(line);
      ++line;
    }
  }
  for (; turned_ < d_.pages.size(); ++turned_) write_page(turned_, container());
  write_gap_at_end();
  finish();
}

// Opens the part, unless a later one is open: parts never go back. No name stays where it is.
pugi::xml_node Sweep::part(std::string_view name) {
  if (name.empty() && current_) return current_;
  const int rank = name == "front" ? 0 : name == "back" ? 2 : 1;
  if (rank > part_ || !current_) {
    part_ = std::max(rank, part_);
    current_ = text_.append_child(part_ == 0 ? "front" : part_ == 2 ? "back" : "body");
    new_line(current_);
    divs_.clear();
  }
  return current_;
}

pugi::xml_node Sweep::container() {
  return !divs_.empty() ? divs_.back().second : current_ ? current_ : part(front_ahead_ ? "front" : "body");
}

pugi::xml_node Sweep::open_div(const Node& head) {
  const int level = level_of(head);
  const std::string_view where = head.get("part");
  const bool leaves_front = part_ <= 0 && where == "body";
  if (level == 1 || leaves_front || !current_) part(where.empty() && part_ <= 0 ? "body" : where);
  while (!divs_.empty() && divs_.back().first >= level) divs_.pop_back();
  for (int above = divs_.empty() ? 1 : divs_.back().first + 1; above < level; ++above) open_implied_div(above);
  pugi::xml_node div = container().append_child("div");
  set(div, "type", head.get("type"));
  set(div, "n", head.get("n"));
  set(div, "xml:id", ids_.head(head.at.begin));
  set(div, "xml:lang", relations_.language_of(head));
  new_line(div);
  divs_.emplace_back(level, div);
  return div;
}

// A division whose heading was not read, or that has none.
void Sweep::open_implied_div(int level, std::string_view type) {
  pugi::xml_node implied = container().append_child("div");
  set(implied, "type", type);
  new_line(implied);
  divs_.emplace_back(level, implied);
}

// Closes the division of the printed contents behind its list: no text of the book belongs to it. Gives its level, or
// 0.
int Sweep::leave_contents() {
  if (divs_.empty() || divs_.back().second != contents_ || !contents_.child("list")) return 0;
  const int level = divs_.back().first;
  divs_.pop_back();
  return level;
}

// TEI wants a body, and no text beside a closed division.
void Sweep::finish() {
  if (!text_.child("body")) {
    pugi::xml_node body =
        text_.child("front") ? text_.insert_child_after("body", text_.child("front")) : text_.prepend_child("body");
    body.append_child("p");
  }
  for (pugi::xml_node p : text_.children()) new_line_before(p);
  new_line(text_);
  pugi::xml_node body = text_.child("body");
  if (!body.find_child([](pugi::xml_node n) { return is_content(n.name()); })) body.append_child("p");
}

}  // namespace emend
