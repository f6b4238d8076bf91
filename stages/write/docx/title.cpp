// The title of a DOCX, in even lines: Word would break it where the line is full, in Chinese also within a word.
#include "stages/write/docx/parts.h"
#include "stages/write/package/line_breaks.h"

namespace emend {
namespace {

using pugi::xml_node;

constexpr int measure =
    19'500;  // thousandths of the title's size in styles/docx: 8958 twips of 22 points, and some room

void add_line(xml_node run, std::string_view line, bool first) {
  if (!first) run.append_child("w:br");
  xml_node text = run.append_child("w:t");
  text.append_attribute("xml:space") = "preserve";
  text.append_child(pugi::node_pcdata).set_value(std::string(line).c_str());
}

}  // namespace

void break_title(const xml_node& body) {
  const xml_node title = body.child("w:p");
  if (title.child("w:pPr").child("w:pStyle").attribute("w:val").value() != std::string_view("Title")) return;
  xml_node run = title.child("w:r");
  const std::string words = run.child("w:t").text().get();
  if (run.next_sibling("w:r") || run.child("w:t").next_sibling() || words.empty()) return;
  const std::vector<std::string_view> lines = even_lines(words, measure);
  if (lines.size() < 2) return;
  run.remove_child("w:t");
  for (const std::string_view line : lines) add_line(run, line, line.data() == lines.front().data());
}

}  // namespace emend
