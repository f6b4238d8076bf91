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

/// A line of the title page, with its place: titles, the authors of the facts, what is printed, the date.
struct TitleLine {
  xml_node paragraph;
  int rank;
  bool fact;  // Pandoc wrote it of the facts, in front of what the book printed
  std::string style, words;
};

std::vector<TitleLine> title_lines(const xml_node& body, const BookMetadata& facts) {
  std::vector<TitleLine> lines;
  std::size_t authors = facts.authors.size(), dates = facts.date.empty() ? 0 : 1;
  const xml_node last = end_of_title(body);
  for (xml_node at = last ? body.child("w:p") : xml_node(); at; at = at.next_sibling("w:p")) {
    const std::string style = style_of(at);
    const bool fact = (style == "Author" && authors > 0) || (style == "Date" && dates > 0);
    if (fact) --(style == "Author" ? authors : dates);
    const int rank = style == "Title" ? 0 : style == "Subtitle" ? 1 : style == "Date" ? 4 : fact ? 2 : 3;
    lines.push_back({at, rank, fact, style, words_of(at)});
    if (at == last) break;
  }
  return lines;
}

/// A printed line says a fact: “By Ada Quill” the author, and whatever the bridge took for the same date.
bool says(const TitleLine& printed, const TitleLine& fact) {
  if (printed.fact || printed.style != fact.style) return false;
  return fact.style == "Date" || printed.words.find(fact.words) != std::string::npos;
}

}  // namespace

void order_title(xml_node body, const BookMetadata& facts) {
  const std::vector<TitleLine> lines = title_lines(body, facts);
  std::vector<TitleLine> kept, said;
  for (const TitleLine& line : lines) {
    const auto says_it = [&](const TitleLine& other) { return says(other, line); };
    (line.fact && std::ranges::any_of(lines, says_it) ? said : kept).push_back(line);
  }
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
