// Blocks of lines: headings, the title page, paragraphs, lists, verse, tables.
#include "stages/write/tei/sweep.h"

#include <optional>
#include <utility>

#include "pipeline/document/runs.h"
#include "stages/write/absent.h"

namespace emend {

namespace {

bool is_title_part(const Node& node) {
  return node.name == "titlePart" || node.name == "byline" || node.name == "docDate" || node.name == "docImprint";
}

// Whether a part of the title is known of title page `index`.
bool has_title_part(const Document& d, std::size_t index) {
  for (std::size_t b = index + 1; b < d.blocks.size() && d.blocks[index].at.contains(d.blocks[b].at); ++b)
    if (d.blocks[b].parent == static_cast<std::int32_t>(index) && d.blocks[b].name == "titlePart") return true;
  return false;
}

}  // namespace

void Sweep::write_top(const Node& node, std::size_t index) {
  if (relations_.written_elsewhere(node)) return;
  if (node.name == "head") return write_head(node);
  if (node.name == "titlePage") return write_title_page(node);
  const bool opens = current_ || node.name == "note" || node.name == "fw";
  if (!opens) part(heads_to_come_in_front(node) ? "front" : "body");
  if (part_ == 0 && divs_.empty() && node.name != "note" && node.name != "fw" && !heads_to_come(node)) part("body");
  if (node.name == "note") return write_unanchored(node);
  if (node.name == "contents" && !node.get("type").empty())
    contents_ = open_div(node);
  else if (const int level = node.name == "contents" || node.name == "fw" ? 0 : leave_contents(); level > 0)
    open_implied_div(level, "section");
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
  leave_contents();
  pugi::xml_node div = open_div(node);
  if (node.get("type") == "contents") contents_ = div;
  write_gaps_before(node.at.begin, div.parent(), div);
  turn(d_.lines[d_.line_at(node.at.begin)], div);
  Pen pen(div.append_child("head"));
  set(pen.element(), "facs", facsimile_.block(node));
  write_lines(node, pen);
  new_line(div);
  last_p_ = {};
}

// Title and subtitle stand together in a docTitle, the other parts beside it; lines of which nothing is known are parts
// of the title if there is none.
void Sweep::write_title_page(const Node& node) {
  pugi::xml_node where = part("front");
  turn(d_.lines[d_.line_at(node.at.begin)], where);
  pugi::xml_node page = where.append_child("titlePage"), title;
  const std::size_t index = static_cast<std::size_t>(&node - d_.blocks.data());
  const auto [first, last] = d_.lines_of({node.at.begin, node.at.end + 1});
  const bool titled = has_title_part(d_, index);
  const auto of_title = [&] {
    if (!title) title = page.append_child("docTitle");
    return title;
  };
  for (std::size_t i = first; i < last; ++i) {
    const Line& line = d_.lines[i];
    if (trim(line.text).empty()) continue;
    if (const Node* inner = d_.block_of(line); inner == &node) {
      if (titled) title = {};
      Pen pen((titled ? page : of_title()).append_child("titlePart"));
      write_text(line, pen);
    } else if (is_title_part(*inner)) {
      if (inner->name != "titlePart") title = {};
      Pen pen((inner->name == "titlePart" ? of_title() : page).append_child(std::string(inner->name).c_str()));
      for (const char* key : {"type", "when"}) set(pen.element(), key, inner->get(key));
      write_lines(*inner, pen);
      i = std::max(i + 1, d_.lines_of({inner->at.begin, inner->at.end + 1}).second) - 1;
    } else if (!relations_.written_elsewhere(*inner)) {  // a watermark across it
      Pen pen((titled ? page : of_title()).append_child("titlePart"));
      i = std::max(i, write_inner(index, *inner, pen) - 1);
    }
  }
  new_line(where);
}

// Lines that no stage named: they become a paragraph, so that nothing is lost.
void Sweep::write_stray(std::size_t line) {
  if (!current_) part("body");
  if (const int level = leave_contents(); level > 0) open_implied_div(level, "section");
  pugi::xml_node where = container();
  turn(d_.lines[line], where);
  Pen pen(where.append_child("p"));
  write_text(d_.lines[line], pen);
  new_line(where);
}

void Sweep::write_block(const Node& node, std::size_t index, pugi::xml_node where) {
  if (node.name == "contents") return write_contents(node, index, where);
  if (node.name == "note") return write_note(node, where, nullptr, nullptr);
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
  set(pen.element(), "facs", facsimile_.block(node));
  const bool plain = node.name == "p" || node.name == "item" || keywords;
  write_lines(node, pen);
  for (const Node* figure : std::exchange(floating_, {})) write_caption(*figure, where);
  bibl_ = cite_part_ = {};
  if (plain) {
    last_p_ = pen.element();
    last_page_ = d_.lines[d_.line_at(node.at.end)].page;
  }
}

// The image right before, if it has no caption yet, or else a figure of which there is none.
pugi::xml_node Sweep::figure_without_caption(pugi::xml_node where) {
  pugi::xml_node last = where.last_child();
  while (last && last.type() == pugi::node_pcdata &&
         std::string_view(last.value()).find_first_not_of(" \n") == std::string_view::npos)
    last = last.previous_sibling();
  return std::string_view(last.name()) == "figure" && last.child("graphic") && !last.child("head")
             ? last
             : where.append_child("figure");
}

// A figure is known by its caption alone; a table's caption is written into the table.
void Sweep::write_caption(const Node& node, pugi::xml_node where) {
  if (const std::size_t i = d_.first_phrase(node.at.begin);
      node.name == "figure" && i < d_.phrases.size() && d_.phrases[i].name == "graphic" &&
      trim(d_.slice({node.at.begin, d_.phrases[i].at.begin})).empty() &&
      d_.block_of(d_.lines[d_.line_at(d_.phrases[i].at.begin)]) == &node) {
    Pen pen(where.append_child("figure"));
    return write_lines(node, pen);
  }
  Pen pen((node.name == "figure" ? figure_without_caption(where) : where).append_child("head"));
  set(pen.element(), "xml:lang", relations_.language_of(node));
  write_lines(node, pen);
}

// A list, table or verse: an element for each of its parts.
void Sweep::write_group(const Node& node, std::size_t index, pugi::xml_node where) {
  const bool entries = std::string_view(where.name()) == "listBibl";  // a list of works may be numbered
  pugi::xml_node group = entries ? where : where.append_child(std::string(node.name).c_str());
  if (!entries) set(group, "rend", node.get("rend"));
  if (!entries) set(group, "xml:lang", relations_.language_of(node));
  std::vector<std::size_t> behind;  // a table holds no other
  for (std::size_t i = index + 1; i < d_.blocks.size() && node.at.contains(d_.blocks[i].at); ++i) {
    const Node& part = d_.blocks[i];
    if (part.parent != static_cast<std::int32_t>(index) || relations_.written_elsewhere(part)) continue;
    turn(d_.lines[d_.line_at(part.at.begin)], group, false);
    if (part.name == "row")
      write_row(part, group);
    else if (node.name == "table" && part.name == "table")
      behind.push_back(i);
    else if (part.name == "note" && std::string_view(group.name()) == "listBibl")
      write_between(part, i, group);
    else
      write_block(part, i, group);
  }
  for (const std::size_t i : behind) write_block(d_.blocks[i], i, where);
}

// Cells stand between the `cell` gaps that a stage named in the line.
void Sweep::write_row(const Node& node, pugi::xml_node table) {
  pugi::xml_node row = table.append_child("row");
  set(row, "role", node.get("role"));
  const auto [first, last] = d_.lines_of({node.at.begin, node.at.end + 1});
  std::optional<Pen> cell(row.append_child("cell"));
  bool any = false;  // something stands in the row
  for (std::size_t i = first; i < last; ++i) {
    if (i > first) cell->text(" ");
    each_run_of_pieces(d_, d_.lines[i], [&](const Run& run, const Node* phrase) {
      const bool tag = phrase != nullptr && phrase->name == "markup" && !phrase->get("cell").empty();
      if (tag || (phrase != nullptr && absent(d_, *phrase) == Absent::gap)) {
        const std::string_view begins = phrase->get("row");
        cell->trim_end();
        if (!begins.empty() && any) row = table.append_child("row");
        if (!begins.empty() && begins == "label" && !row.attribute("role")) set(row, "role", begins);
        if (begins.empty() || any) cell.emplace(row.append_child("cell"));
        any = true;
        set(cell->element(), "cols", phrase->get("cols"));
        set(cell->element(), "rows", phrase->get("rows"));
      } else if (phrase != nullptr) {
        write_phrase(*phrase, run, *cell);
      } else {
        any = any || !trim(changes_.shown(run)).empty();
        changes_.run(run, *cell, false);
      }
    });
  }
  cell->trim_end();
}

}  // namespace emend
