// The title page of a DOCX: its lines in the order of title pages, and the title in even ones, since Word would break
// it where the line is full, in Chinese also within a word.
#include <algorithm>

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

std::string style_of(const xml_node& paragraph) {
  return paragraph.child("w:pPr").child("w:pStyle").attribute("w:val").value();
}

std::string words_of(const xml_node& paragraph) {
  std::string words;
  for (const xml_node& run : paragraph.children("w:r")) {
    for (const xml_node& text : run.children("w:t")) words += text.text().get();
  }
  return words;
}

/// A line of the title page, with its place: titles, the author that the facts name, what is printed, the date.
struct TitleLine {
  xml_node paragraph;
  int rank;
  bool author;
};

std::vector<TitleLine> title_lines(const xml_node& body) {
  std::vector<TitleLine> lines;
  const xml_node last = end_of_title(body);
  bool facts = true;  // Pandoc writes the facts, and then comes what the book printed
  for (xml_node at = last ? body.child("w:p") : xml_node(); at; at = at.next_sibling("w:p")) {
    const std::string style = style_of(at);
    facts = facts && (style == "Title" || style == "Author");
    const int rank = style == "Title" ? 0 : style == "Subtitle" ? 1 : style == "Date" ? 4 : facts ? 2 : 3;
    lines.push_back({at, rank, style == "Author"});
    if (at == last) break;
  }
  return lines;
}

}  // namespace

void order_title(xml_node body) {
  std::vector<TitleLine> lines = title_lines(body);
  const auto is_said_below = [&](const TitleLine& fact) {  // “By Ada Quill” says “Ada Quill”
    const std::string name = words_of(fact.paragraph);
    return fact.author && fact.rank == 2 && std::ranges::any_of(lines, [&](const TitleLine& line) {
             return line.author && line.rank == 3 && words_of(line.paragraph).find(name) != std::string::npos;
           });
  };
  std::vector<TitleLine> kept, said;
  for (const TitleLine& line : lines) (is_said_below(line) ? said : kept).push_back(line);
  if (kept.empty()) return;
  for (const TitleLine& line : said) body.remove_child(line.paragraph);
  std::ranges::stable_sort(kept, {}, &TitleLine::rank);
  xml_node before = body.prepend_move(kept.front().paragraph);
  for (std::size_t i = 1; i < kept.size(); ++i) before = body.insert_move_after(kept[i].paragraph, before);
}

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
