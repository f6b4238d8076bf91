// The lines of a block, joined, and the phrases in them.
#include "stages/write/tei_sweep.h"

#include <algorithm>

#include "pipeline/document/runs.h"

namespace emend {

// The lines of a block, except those of the blocks within it; page breaks where they fall.
void Sweep::write_lines(const Node& node, Pen& pen) {
  const std::size_t index = static_cast<std::size_t>(&node - d_.blocks.data());
  const bool in_flow = node.name != "note" && node.name != "fw";
  const auto [first, last] = d_.lines_of({node.at.begin, node.at.end + 1});
  bool any = false;
  for (std::size_t i = first; i < last; ++i) {
    const Line& line = d_.lines[i];
    if (trim(line.text).empty()) continue;
    const Node* inner = d_.block_of(line);
    if (inner != &node) {
      const std::size_t end = write_inner(index, *inner, pen);
      i = std::max(i, end - 1);
      continue;
    }
    const bool breaks = in_flow && turned_ < d_.pages.size() && turned_ <= line.page;
    if (any) pen.trim_end(), write_joint(line, pen);
    if (breaks) turn(line, here(pen), false);
    any = true;
    write_text(line, pen);
  }
}

// A block within a block: written here, unless it is written elsewhere. Gives the first line behind it.
std::size_t Sweep::write_inner(std::size_t outer, const Node& innermost, Pen& pen) {
  const Node* inner = &innermost;
  while (inner->parent >= 0 && static_cast<std::size_t>(inner->parent) != outer)
    inner = &d_.blocks[static_cast<std::size_t>(inner->parent)];
  if (!relations_.written_elsewhere(*inner)) {
    if (inner->name == "note")
      write_note(*inner, pen.element(), nullptr, nullptr);
    else if (inner->name == "fw")
      write_furniture(*inner, pen.element());
    else
      write_block(*inner, static_cast<std::size_t>(inner - d_.blocks.data()), pen.element());
  }
  return d_.lines_of({inner->at.begin, inner->at.end + 1}).second;
}

void Sweep::write_text(const Line& line, Pen& pen) {
  bool first = true;
  each_run_of_pieces(d_, line, [&](const Run& run, const Node* phrase) {
    if (phrase != nullptr)
      write_phrase(*phrase, run, pen);
    else
      write_run(run, pen, first);
    first = false;
  });
}

void Sweep::write_phrase(const Node& phrase, const Run& run, Pen& pen) {
  if (phrase.name == "mark") return write_mark(phrase, run, pen);
  if (citations_.of(phrase) != nullptr) return write_citation(phrase, run, pen);
  if (phrase.name == "label" || phrase.name == "leader") return;
  if (phrase.name == "marker") {  // stays in the text of its item, as a number does in that of its heading
    if (!pen.element().attribute("n")) set(pen.element(), "n", trim(changes_.shown(run)));
    return write_run(run, pen, false);
  }
  Pen inner(here(pen).append_child(std::string(phrase.name).c_str()));
  for (const char* key : {"target", "rend", "type", "reason", "extent", "level", "when", "unit"})
    set(inner.element(), key, phrase.get(key));
  set(inner.element(), "xml:lang", phrase.get("lang"));
  changes_.run(run, inner, false);
}

}  // namespace emend
