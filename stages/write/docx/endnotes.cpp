// Endnotes of a DOCX. Pandoc knows footnotes only; those that the edition calls endnotes move to word/endnotes.xml,
// which the package, the relationships and the settings must name.
#include <set>

#include "stages/write/docx/parts.h"
#include "stages/write/package/xhtml.h"

namespace emend {
namespace {

using pugi::xml_node;

constexpr std::string_view relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

void rename(const xml_node& below, std::string_view from, const char* to) {
  for (xml_node node = below; node; node = next_element(node, below)) {
    if (node.name() == from) node.set_name(to);
  }
}

/// Notes are read and written in the styles of endnotes.
void become_endnote(xml_node note) {
  rename(note, "w:footnoteRef", "w:endnoteRef");
  note.set_name("w:endnote");
  for (xml_node node = note; node; node = next_element(node, note)) {
    pugi::xml_attribute style = node.attribute("w:val");
    if (style.value() == std::string_view("FootnoteText")) style.set_value("EndnoteText");
    if (style.value() == std::string_view("FootnoteReference")) style.set_value("EndnoteReference");
  }
}

void mark_as_endnotes(const pugi::xml_document& text, const std::set<std::string, std::less<>>& numbers) {
  const xml_node root = text.document_element();
  for (xml_node node = root; node; node = next_element(node, root)) {
    if (std::string_view(node.name()) != "w:footnoteReference") continue;
    if (!numbers.contains(std::string_view(node.attribute("w:id").value()))) continue;
    node.set_name("w:endnoteReference");
    pugi::xml_attribute style = node.parent().child("w:rPr").child("w:rStyle").attribute("w:val");
    if (style) style.set_value("EndnoteReference");
  }
}

/// The separators, which every story of notes begins with, are copied; the notes themselves move.
bool move_notes(pugi::xml_document& footnotes, pugi::xml_document& endnotes,
                const std::set<std::string, std::less<>>& numbers) {
  xml_node from = footnotes.document_element();
  xml_node to = endnotes.append_child("w:endnotes");
  for (const pugi::xml_attribute& attribute : from.attributes()) to.append_copy(attribute);
  bool moved = false;
  for (xml_node note = from.first_child(); note;) {
    const xml_node next = note.next_sibling();
    if (note.attribute("w:type")) {
      become_endnote(to.append_copy(note));
    } else if (numbers.contains(std::string_view(note.attribute("w:id").value()))) {
      become_endnote(to.append_copy(note));
      from.remove_child(note);
      moved = true;
    }
    note = next;
  }
  return moved;
}

void register_part(std::vector<ArchiveMember>& members) {
  edit_part(members, "[Content_Types].xml", [](xml_node types) {
    xml_node part = types.append_child("Override");
    part.append_attribute("PartName") = "/word/endnotes.xml";
    part.append_attribute("ContentType") =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml";
  });
  edit_part(members, "word/_rels/document.xml.rels", [](xml_node all) {
    xml_node part = all.append_child("Relationship");
    part.append_attribute("Id") = "rIdEndnotes";
    part.append_attribute("Type") = (std::string(relationships) + "endnotes").c_str();
    part.append_attribute("Target") = "endnotes.xml";
  });
  edit_part(members, "word/settings.xml", [](xml_node settings) {
    const xml_node footnotes = settings.child("w:footnotePr");
    if (!footnotes || settings.child("w:endnotePr")) return;
    xml_node endnotes = settings.insert_child_after("w:endnotePr", footnotes);
    for (const char* id : {"-1", "0"}) endnotes.append_child("w:endnote").append_attribute("w:id") = id;
  });
  // Links in notes are in a list of their own; a copy of it serves both.
  if (const ArchiveMember* const links = find_member(members, "word/_rels/footnotes.xml.rels")) {
    members.push_back({"word/_rels/endnotes.xml.rels", links->bytes});
  }
}

}  // namespace

void move_endnotes(std::vector<ArchiveMember>& members, pugi::xml_document& text,
                   const std::vector<std::string>& numbers) {
  const std::set<std::string, std::less<>> wanted(numbers.begin(), numbers.end());
  ArchiveMember* const notes = find_member(members, "word/footnotes.xml");
  pugi::xml_document footnotes, endnotes;
  if (wanted.empty() || !notes || !parse_xhtml(notes->bytes, footnotes)) return;
  if (find_member(members, "word/endnotes.xml") || !move_notes(footnotes, endnotes, wanted)) return;
  mark_as_endnotes(text, wanted);
  notes->bytes = write_xml(footnotes);
  members.push_back({"word/endnotes.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + write_xml(endnotes)});
  register_part(members);
}

}  // namespace emend
