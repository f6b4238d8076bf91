// Blocks of lines: headings, the title page, paragraphs, lists, verse, tables.
#include "stages/write/tei_sweep.h"

#include <optional>

#include "pipeline/document/runs.h"

namespace emend {

void Sweep::write_top(const Node& node, std::size_t index) {
  if (relations_.written_elsewhere(node)) return;
  if (node.name == "head") return write_head(node);
  if (node.name == "titlePage") return write_title_page(node);
  const bool opens = current_ || node.name == "note" || node.name == "fw";
  if (!opens) part(heads_to_come_in_front(node) ? "front" : "body");
  if (part_ == 0 && divs_.empty() && node.name != "note" && node.name != "fw" && !heads_to_come(node)) part("body");
  if (node.name == "note") return write_unanchored(node);
  if (node.name == "contents" && !node.get("type").empty()) open_div(node);
  // Of all text, front takes paragraphs alone without a division.
  if (part_ == 0 && divs_.empty() && node.name != "p" && node.name != "keywords" && node.name != "fw")
    open_implied_div(1);
  pugi::xml_node where = container();
  turn(d_.lines[d_.line_at(node.at.begin)], where);
  const bool loose = part_ == 0 && divs_.empty() && node.name != "p" && node.name != "keywords" && node.name != "fw";
  write_block(node, index, loose ? where.append_child("p") : where);  // a front has no lists outside its divisions
  new_line(where);
}

bool Sweep::heads_to_come(const Node& before) const { return before.at.begin < last_head_; }

bool Sweep::heads_to_come_in_front(const Node& before) const {
  for (const Node& node : d_.blocks)
    if (node.name == "head" && node.at.begin >= before.at.begin) return node.get("part") == "front";
  return false;
}

void Sweep::write_head(const Node& node) {
  pugi::xml_node div = open_div(node);
  turn(d_.lines[d_.line_at(node.at.begin)], div);
  Pen pen(div.append_child("head"));
  write_lines(node, pen);
  new_line(div);
  last_p_ = {};
}

void Sweep::write_title_page(const Node& node) {
  pugi::xml_node where = part("front");
  turn(d_.lines[d_.line_at(node.at.begin)], where);
  pugi::xml_node page = where.append_child("titlePage"), title = page.append_child("docTitle");
  const auto [first, last] = d_.lines_of({node.at.begin, node.at.end + 1});
  for (std::size_t i = first; i < last; ++i) {
    const Line& line = d_.lines[i];
    if (trim(line.text).empty() || d_.block_of(line) != &node) continue;
    Pen pen(title.append_child("titlePart"));
    write_text(line, pen);
  }
  new_line(where);
}

// Lines that no stage named: they become a paragraph, so that nothing is lost.
void Sweep::write_stray(std::size_t line) {
  if (!current_) part("body");
  pugi::xml_node where = container();
  turn(d_.lines[line], where);
  Pen pen(where.append_child("p"));
  write_text(d_.lines[line], pen);
  new_line(where);
}

void Sweep::write_block(const Node& node, std::size_t index, pugi::xml_node where) {
  if (node.name == "contents") return write_contents(node, index, where);
  if (node.name == "list" || node.name == "table" || node.name == "lg" || node.name == "listBibl")
    return write_group(node, index, where);
  if (node.name == "figure" || node.name == "caption") return write_caption(node, where);
  const bool watermark = node.name == "fw", keywords = node.name == "keywords";
  const bool entry = std::string_view(where.name()) == "listBibl" && (node.name == "p" || node.name == "item");
  Pen pen(where.append_child(keywords ? "p" : entry ? "bibl" : std::string(node.name).c_str()));
  if (entry)
    if (const CitationSpan* span = citations_.first_in(node.at)) describe(pen.element(), *span);
  if (watermark) set(pen.element(), "type", node.get("type"));
  if (keywords) set(pen.element(), "rend", "keywords");
  set(pen.element(), "xml:lang", relations_.language_of(node));
  const bool plain = node.name == "p" || node.name == "item" || keywords;
  write_lines(node, pen);
  bibl_ = cite_part_ = {};
  if (plain) {
    last_p_ = pen.element();
    last_page_ = d_.lines[d_.line_at(node.at.end)].page;
  }
}

// A figure is known by its caption alone; a table's caption is written into the table.
void Sweep::write_caption(const Node& node, pugi::xml_node where) {
  Pen pen((node.name == "figure" ? where.append_child("figure") : where).append_child("head"));
  set(pen.element(), "xml:lang", relations_.language_of(node));
  write_lines(node, pen);
}

// A list, table or verse: an element for each of its parts.
void Sweep::write_group(const Node& node, std::size_t index, pugi::xml_node where) {
  const bool entries = std::string_view(where.name()) == "listBibl";  // a list of works may be numbered
  pugi::xml_node group = entries ? where : where.append_child(std::string(node.name).c_str());
  if (!entries) set(group, "rend", node.get("rend"));
  if (!entries) set(group, "xml:lang", relations_.language_of(node));
  for (std::size_t i = index + 1; i < d_.blocks.size() && node.at.contains(d_.blocks[i].at); ++i) {
    const Node& part = d_.blocks[i];
    if (part.parent != static_cast<std::int32_t>(index) || relations_.written_elsewhere(part)) continue;
    turn(d_.lines[d_.line_at(part.at.begin)], group, false);
    if (part.name == "row")
      write_row(part, group);
    else
      write_block(part, i, group);
  }
}

// Cells stand between the `cell` gaps that a stage named in the line.
void Sweep::write_row(const Node& node, pugi::xml_node table) {
  pugi::xml_node row = table.append_child("row");
  set(row, "role", node.get("role"));
  const auto [first, last] = d_.lines_of({node.at.begin, node.at.end + 1});
  std::optional<Pen> cell(row.append_child("cell"));
  for (std::size_t i = first; i < last; ++i)
    each_run_of_pieces(d_, d_.lines[i], [&](const Run& run, const Node* phrase) {
      if (phrase != nullptr && phrase->name == "gap")
        cell->trim_end(), cell.emplace(row.append_child("cell"));
      else if (phrase != nullptr)
        write_phrase(*phrase, run, *cell);
      else
        changes_.run(run, *cell, false);
    });
}

}  // namespace emend
