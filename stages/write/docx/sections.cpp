// The sections of a DOCX: title page, front matter with pages in roman numbers, and the text from page 1. What Word
// counts anew, pages and notes, it counts by sections.
#include <array>

#include "stages/write/docx/docx.h"
#include "stages/write/docx/parts.h"
#include "stages/write/package/xhtml.h"

namespace emend {
namespace {

using pugi::xml_node;

bool is_named(const xml_node& node, std::string_view name) { return node.name() == name; }

/// Takes the mark out of the text. What the text begins with, or nothing if there is no mark.
xml_node take_body_mark(xml_node body) {
  xml_node start = body.child("w:bookmarkStart");
  while (start && start.attribute("w:name").value() != docx_body_mark) start = start.next_sibling("w:bookmarkStart");
  if (!start) return {};
  const std::string_view id = start.attribute("w:id").value();
  for (xml_node end = body.last_child(); end != start; end = end.previous_sibling()) {
    if (!is_named(end, "w:bookmarkEnd") || end.attribute("w:id").value() != id) continue;
    body.remove_child(end);
    break;
  }
  const xml_node first = start.next_sibling();
  body.remove_child(start);
  return first;
}

/// A member of a section's or paragraph's properties in the place that Word's schema has for it: before the first of
/// `followers` that is there, else at the end.
xml_node add_before(xml_node properties, const char* name, std::initializer_list<const char*> followers) {
  for (const char* follower : followers) {
    if (const xml_node there = properties.child(follower)) return properties.insert_child_before(name, there);
  }
  return properties.append_child(name);
}

void count_pages(xml_node section, const char* format, bool anew) {
  section.remove_child("w:pgNumType");
  xml_node numbers = add_before(section, "w:pgNumType", {"w:cols", "w:vAlign", "w:titlePg", "w:docGrid"});
  numbers.append_attribute("w:fmt") = format;
  if (anew) numbers.append_attribute("w:start") = "1";
}

/// A first page that has no header or footer of its own has the others'.
void show_on_first_page(xml_node section) {
  const auto first = section.find_child_by_attribute("w:type", "first");
  if (!first) section.remove_child("w:titlePg");
}

void bare_of_heads(xml_node section, bool footers_too) {
  while (section.child("w:headerReference")) section.remove_child("w:headerReference");
  while (footers_too && section.child("w:footerReference")) section.remove_child("w:footerReference");
}

std::string_view style_of(const xml_node& paragraph) {
  return paragraph.child("w:pPr").child("w:pStyle").attribute("w:val").value();
}

/// The last paragraph before `next`, if it can hold the end of a section: an entry of the contents field is written
/// anew by Word, and what is no paragraph cannot.
xml_node paragraph_before(const xml_node& next) {
  xml_node last = next.previous_sibling();
  while (is_named(last, "w:bookmarkStart") || is_named(last, "w:bookmarkEnd")) last = last.previous_sibling();
  return is_named(last, "w:p") && !style_of(last).starts_with("TOC") ? last : xml_node();
}

/// Ends a section before `next`, as `section` has it.
xml_node end_section(const xml_node& next, const xml_node& section) {
  xml_node last = paragraph_before(next);
  if (!last) last = next.parent().insert_child_before("w:p", next);
  xml_node properties = last.child("w:pPr");
  if (!properties) properties = last.prepend_child("w:pPr");
  return properties.append_copy(section);
}

/// Sections of the front matter begin a page each, also in a paper whose chapters do not.
void break_before_headings(const xml_node& from, const xml_node& to) {
  for (xml_node node = from; node && node != to; node = node.next_sibling()) {
    if (style_of(node) == "Heading1") begin_page(node);
  }
}

}  // namespace

void begin_page(xml_node paragraph) {
  xml_node properties = paragraph.child("w:pPr");
  if (!properties) properties = paragraph.prepend_child("w:pPr");
  if (properties.child("w:pageBreakBefore")) return;
  const xml_node style = properties.child("w:pStyle");
  if (style) {
    properties.insert_child_after("w:pageBreakBefore", style);
  } else {
    properties.prepend_child("w:pageBreakBefore");
  }
}

void count_notes(xml_node properties, const NoteNumbers& notes) {
  if (!notes.anew_each_page()) return;
  static constexpr std::array formats{"decimal", "decimalEnclosedCircle", "lowerLetter", "chicago"};
  xml_node its = properties.child("w:footnotePr");
  if (!its) its = add_before(properties, "w:footnotePr", {"w:endnotePr", "w:type", "w:pgSz", "w:compat"});
  if (its.child("w:numFmt") || its.child("w:numRestart")) return;
  its.prepend_child("w:numRestart").append_attribute("w:val") = "eachPage";
  its.prepend_child("w:numFmt").append_attribute("w:val") = formats[static_cast<std::size_t>(notes.signs())];
}

void divide_into_sections(xml_node body, const BookFacts& facts, bool has_contents) {
  const xml_node text = take_body_mark(body);
  xml_node section = body.child("w:sectPr");
  if (!section) return;
  count_notes(section, facts.footnotes);
  const xml_node title = end_of_title(body);
  if (!text || !has_contents) return;
  show_on_first_page(section);
  const xml_node front = title ? title.next_sibling() : body.first_child();
  if (front != text) {
    break_before_headings(front, text);
    xml_node its = end_section(text, section);
    const bool east_asian = is_east_asian(facts.metadata.language);
    count_pages(its, east_asian ? "upperRoman" : "lowerRoman", east_asian);
    bare_of_heads(its, !title);
  }
  if (title) bare_of_heads(end_section(front, section), true);
  count_pages(section, "decimal", true);
}

}  // namespace emend
