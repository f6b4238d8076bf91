// The list of contents of a DOCX as the field that Word keeps up to date. It is filled from the start: with the printed
// list, if the book shows one, else with the headings; page numbers are fields of their own.
#include <algorithm>

#include "stages/write/docx/parts.h"
#include "stages/write/package/book_words.h"
#include "stages/write/package/xhtml.h"

namespace emend {
namespace {

using pugi::xml_node;

std::string_view style_of(const xml_node& paragraph) {
  return paragraph.child("w:pPr").child("w:pStyle").attribute("w:val").value();
}

xml_node add_run(xml_node parent) { return parent.append_child("w:r"); }

void add_text(xml_node parent, const std::string& text) {
  xml_node element = add_run(parent).append_child("w:t");
  element.append_attribute("xml:space") = "preserve";
  element.append_child(pugi::node_pcdata).set_value(text.c_str());
}

void fill_mark(xml_node run, const char* type) {
  run.append_child("w:fldChar").append_attribute("w:fldCharType") = type;
}

void fill_instruction(xml_node run, const std::string& instruction) {
  xml_node element = run.append_child("w:instrText");
  element.append_attribute("xml:space") = "preserve";
  element.append_child(pugi::node_pcdata).set_value((" " + instruction + " ").c_str());
}

/// A field at the end of `parent`, showing `shown` until it is updated.
void add_field(xml_node parent, const std::string& instruction, const std::string& shown) {
  fill_mark(add_run(parent), "begin");
  fill_instruction(add_run(parent), instruction);
  fill_mark(add_run(parent), "separate");
  add_text(parent, shown);
  fill_mark(add_run(parent), "end");
}

const std::string contents_instruction = "TOC \\o \"1-6\" \\h \\z \\u";

/// Begins the field before the first paragraph's words and ends it after the last's.
void make_field(xml_node first, xml_node last, bool dirty) {
  xml_node before = first.child("w:pPr");
  xml_node begin = before ? first.insert_child_after("w:r", before) : first.prepend_child("w:r");
  fill_mark(begin, "begin");
  if (dirty) begin.child("w:fldChar").append_attribute("w:dirty") = "true";
  xml_node instruction = first.insert_child_after("w:r", begin);
  fill_instruction(instruction, contents_instruction);
  fill_mark(first.insert_child_after("w:r", instruction), "separate");
  fill_mark(add_run(last), "end");
}

std::string words_of(const xml_node& paragraph) {
  std::string words;
  for (xml_node node = paragraph; node; node = next_element(node, paragraph)) {
    const std::string_view name = node.name();
    if (name == "w:t") words += node.text().get();
    if (name == "w:br" || name == "w:tab") words += ' ';
  }
  return words;
}

struct Heading {
  int level;
  std::string words, bookmark;
};

/// Every heading, with a bookmark of its own around its words. None stands in a table or a box.
std::vector<Heading> headings(const xml_node& body) {
  std::vector<Heading> all;
  for (xml_node node : body.children("w:p")) {
    const std::string_view style = style_of(node);
    if (!style.starts_with("Heading") || style.size() != 8) continue;
    const std::string number = std::to_string(all.size() + 1);
    all.push_back({style[7] - '0', words_of(node),
                   "_Toc" + std::string(8 - std::min<std::size_t>(8, number.size()), '0') + number});
    const std::string id = std::to_string(900000000 + all.size());
    const xml_node before = node.child("w:pPr");
    xml_node start =
        before ? node.insert_child_after("w:bookmarkStart", before) : node.prepend_child("w:bookmarkStart");
    start.append_attribute("w:id") = id.c_str();
    start.append_attribute("w:name") = all.back().bookmark.c_str();
    node.append_child("w:bookmarkEnd").append_attribute("w:id") = id.c_str();
  }
  return all;
}

void style_paragraph(xml_node paragraph, const std::string& style) {
  paragraph.append_child("w:pPr").append_child("w:pStyle").append_attribute("w:val") = style.c_str();
}

void add_entry(xml_node content, const Heading& heading) {
  xml_node paragraph = content.append_child("w:p");
  style_paragraph(paragraph, "TOC" + std::to_string(std::min(heading.level, 6)));
  xml_node link = paragraph.append_child("w:hyperlink");
  link.append_attribute("w:anchor") = heading.bookmark.c_str();
  link.append_attribute("w:history") = "1";
  add_text(link, heading.words);
  add_run(link).append_child("w:tab");
  add_field(link, "PAGEREF " + heading.bookmark + " \\h", "–");
}

/// A book's title has a page for itself.
void begin_page_after(const xml_node& title) {
  const xml_node next = title.next_sibling("w:p");
  if (next) begin_page(next);
}

void add_new_list(xml_node body, const std::vector<Heading>& all, std::string_view title) {
  const xml_node after = end_of_title(body);
  xml_node block = after ? body.insert_child_after("w:sdt", after) : body.prepend_child("w:sdt");
  xml_node about = block.append_child("w:sdtPr").append_child("w:docPartObj");
  about.append_child("w:docPartGallery").append_attribute("w:val") = "Table of Contents";
  about.append_child("w:docPartUnique");
  xml_node content = block.append_child("w:sdtContent");
  xml_node head = content.append_child("w:p");
  style_paragraph(head, "TOCHeading");
  add_text(head, std::string(title));
  for (const Heading& heading : all) add_entry(content, heading);
  make_field(head.next_sibling(), content.last_child(), true);
}

/// A printed page number that leads to its page: a field, showing the printed number until it is updated.
void make_page_field(xml_node link, bool dirty) {
  const std::string shown = words_of(link), bookmark = link.attribute("w:anchor").value();
  while (link.first_child()) link.remove_child(link.first_child());
  add_field(link, "PAGEREF " + bookmark + " \\h", shown);
  if (dirty) set_attribute(link.first_child().child("w:fldChar"), "w:dirty", "true");
}

bool is_page_link(const xml_node& link) {
  return std::string_view(link.name()) == "w:hyperlink" && link.attribute("w:anchor");
}

/// The printed list keeps its words. Its page numbers are brought up to date on opening if all of them can be: printed
/// ones and Word's must not stand in one list.
void make_printed_list(const std::vector<xml_node>& entries) {
  std::vector<xml_node> links;
  bool all = true;
  for (const xml_node& entry : entries) {
    for (const xml_node& tab : entry.children("w:r")) {
      const xml_node link = tab.next_sibling();
      if (!tab.child("w:tab")) continue;
      if (is_page_link(link)) links.push_back(link);
      all &= is_page_link(link);
    }
  }
  for (const xml_node& link : links) make_page_field(link, all);
  make_field(entries.front(), entries.back(), false);
}

}  // namespace

xml_node end_of_title(const xml_node& body) {
  xml_node last;
  for (const xml_node& node : body.children("w:p")) {
    const std::string_view style = style_of(node);
    if (style != "Title" && style != "Subtitle" && style != "Author" && style != "Date" && style != "TitlePage") break;
    last = node;
  }
  return last;
}

bool add_contents_field(const xml_node& body, const BookFacts& facts) {
  std::vector<xml_node> printed;
  for (const xml_node& node : body.children("w:p")) {
    const std::string_view style = style_of(node);
    if (style.starts_with("TOC") && style.size() == 4) printed.push_back(node);
  }
  if (body.child("w:sdt")) return true;  // Pandoc was asked for one
  const std::vector<Heading> all = headings(body);
  if (all.size() > 1) begin_page_after(end_of_title(body));
  if (!printed.empty()) {
    make_printed_list(printed);
  } else if (all.size() > 1) {
    add_new_list(body, all, book_word("contents", facts.metadata.language));
  }
  return !printed.empty() || all.size() > 1;
}

}  // namespace emend
