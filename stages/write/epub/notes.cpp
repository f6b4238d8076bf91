// Notes of an EPUB 3 chapter: `noteref` and `footnote`, which readers' programs show as pop-ups, and which still make a
// list of notes with links both ways where they do not. Pandoc 2.17 writes list items, Pandoc 3 <aside> elements; both
// become <aside> with the number as the link back.
#include <map>

#include "pipeline/text/script.h"
#include "stages/write/epub/parts.h"
#include "stages/write/package/xhtml.h"

namespace emend {
namespace {

using pugi::xml_node;

bool is_mark(const xml_node& node) { return has_class(node, "footnote-ref"); }

bool is_note(const xml_node& node) {
  return std::string_view(node.attribute("epub:type").value()) == "footnote" ||
         std::string_view(node.attribute("role").value()) == "doc-footnote";
}

/// The mark's number as a raised one, also where no style sheet is used; the printed one, if it is known.
std::string finish_mark(xml_node mark, const std::string& printed) {
  if (!printed.empty()) {
    mark.remove_children();
    mark.append_child(pugi::node_pcdata).set_value(printed.c_str());
  }
  const std::string number = mark.text().get();
  set_attribute(mark, "epub:type", "noteref");
  set_attribute(mark, "role", "doc-noteref");
  if (mark.child("sup")) return mark.child("sup").text().get();
  xml_node raised = mark.prepend_child("sup");
  while (raised.next_sibling()) raised.append_move(raised.next_sibling());
  return number;
}

void drop_links_back(xml_node note) {
  std::vector<xml_node> links;
  for (xml_node node = note; node; node = next_element(node, note)) {
    if (has_class(node, "footnote-back")) links.push_back(node);
  }
  for (const xml_node& link : links) {
    const xml_node around = link.parent();
    xml_node(around).remove_child(link);
    if (!around.first_child() && around != note) around.parent().remove_child(around);
  }
}

/// The paragraph that is to begin with the note's number: the first, or a new one.
xml_node first_paragraph(xml_node note) {
  xml_node first = note.find_child([](const xml_node& child) { return child.type() == pugi::node_element; });
  return std::string_view(first.name()) == "p" ? first : note.prepend_child("p");
}

bool begins_with_chinese(const xml_node& paragraph) {
  const xml_node words = paragraph.find_node([](const xml_node& node) { return node.type() == pugi::node_pcdata; });
  return is_cjk(first_character(words.value()));
}

void finish_note(xml_node note, const std::string& mark_id, const std::string& number) {
  note.set_name("aside");
  set_attribute(note, "class", "footnote");
  set_attribute(note, "epub:type", "footnote");
  set_attribute(note, "role", "doc-footnote");
  drop_links_back(note);
  xml_node paragraph = first_paragraph(note);
  if (!begins_with_chinese(paragraph)) paragraph.prepend_child(pugi::node_pcdata).set_value(" ");
  xml_node back = paragraph.prepend_child("a");
  set_attribute(back, "href", "#" + mark_id);
  set_attribute(back, "class", "footnote-back");
  set_attribute(back, "role", "doc-backlink");
  back.append_child(pugi::node_pcdata).set_value(number.c_str());
}

/// A list of notes becomes the notes themselves.
void unwrap(xml_node list) {
  xml_node parent = list.parent();
  while (list.first_child()) parent.insert_move_before(list.first_child(), list);
  parent.remove_child(list);
}

}  // namespace

int finish_notes(const xml_node& body, const EpubBook& book, std::size_t& marks_before) {
  std::map<std::string, std::pair<std::string, std::string>, std::less<>> marks;  // note -> its mark and number
  std::vector<xml_node> notes, lists;
  for (xml_node node = body; node; node = next_element(node, body)) {
    if (is_mark(node)) {
      const std::string target = node.attribute("href").value();
      const std::string number = finish_mark(node, book.sign(marks_before++));
      marks[target.substr(target.find('#') + 1)] = {node.attribute("id").value(), number};
    } else if (is_note(node)) {
      notes.push_back(node);
    } else if (std::string_view(node.name()) == "ol" && has_class(node.parent(), "footnotes")) {
      lists.push_back(node);
    }
  }
  int linked = 0;
  for (const xml_node& note : notes) {
    const auto mark = marks.find(note.attribute("id").value());
    if (mark == marks.end()) continue;
    finish_note(note, mark->second.first, mark->second.second);
    ++linked;
  }
  if (linked == static_cast<int>(notes.size())) {
    for (const xml_node& list : lists) unwrap(list);
  }
  return linked;
}

}  // namespace emend
