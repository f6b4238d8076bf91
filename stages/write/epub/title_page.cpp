// One title page: what Pandoc makes of the facts, and what the book printed, which Pandoc has in the first chapter.
#include <string>
#include <string_view>

#include "stages/write/epub/parts.h"
#include "stages/write/package/xhtml.h"

namespace emend {
namespace {

using pugi::xml_node;

bool is_blank(const xml_node& node) {
  for (const xml_node& child : node.children()) {
    if (child.type() == pugi::node_element) return false;
    if (std::string_view(child.value()).find_first_not_of(" \t\r\n") != std::string_view::npos) return false;
  }
  return true;
}

/// The title page that the book printed, within a chapter that Pandoc made of the text before the first heading: the
/// whole of it, within which what is left of its titles is a title page again.
xml_node printed_title_page(const xml_node& body) {
  xml_node found;
  for (xml_node node = body; node; node = next_element(node, body)) {
    if (has_class(node, "titlepage")) found = node;
    if (heading_level(node) != 0) break;
  }
  return found;
}

std::string words_of(const xml_node& node) {
  std::string words;
  for (xml_node at = node; at; at = next_element(at, node)) {
    for (const xml_node& child : at.children()) words += child.value();
  }
  return words;
}

/// Whether the printed page says a fact in more or other words: the author in a byline, the publisher in a line that
/// begins with the name, the date in the book's own form.
bool says_more(const xml_node& printed, const xml_node& fact) {
  const std::string words = words_of(fact);
  if (words.empty()) return false;
  const bool author = has_class(fact, "author");
  if (has_class(fact, "date")) {  // the bridge knows which line has the same date
    return bool(printed.find_child([](const xml_node& line) { return has_class(line, "docdate"); }));
  }
  if (!author && !has_class(fact, "publisher")) return false;
  for (const xml_node& line : printed.children()) {
    const std::size_t at = words_of(line).find(words);
    if (author ? has_class(line, "byline") && at != std::string::npos : at == 0) return true;
  }
  return false;
}

/// Moves what the book printed to the page that Pandoc made of the facts, in the order of title pages: titles, persons,
/// the rest, and what Pandoc has of publisher and date. A fact that a printed line says in more words is that line.
void move_to_title_page(const xml_node& printed, xml_node target) {
  xml_node title, imprint;
  for (xml_node fact = target.first_child(); fact;) {
    const xml_node next = fact.next_sibling();
    if (says_more(printed, fact)) {
      target.remove_child(fact);
    } else if (has_class(fact, "title") || has_class(fact, "subtitle")) {
      title = fact;
    } else if (!imprint && (has_class(fact, "publisher") || has_class(fact, "date"))) {
      imprint = fact;
    }
    fact = next;
  }
  for (const xml_node& part : printed.children()) {
    if (has_class(part, "subtitle")) {
      for (const xml_node& of_title : part.children()) {
        title = title ? target.insert_copy_after(of_title, title) : target.append_copy(of_title);
      }
    } else if (imprint && !has_class(part, "docdate")) {
      target.insert_copy_before(part, imprint);
    } else {
      target.append_copy(part);
    }
  }
}

bool leads_within(const xml_node& node) {
  return has_class(node, "footnote-ref") ||
         (std::string_view(node.name()) == "a" && *node.attribute("href").value() == '#');
}

std::string name_of(const std::string& file) { return file.substr(file.rfind('/') + 1); }

}  // namespace

TitlePageJoin join_title_page(const pugi::xml_document& title_page, const pugi::xml_document& chapter) {
  xml_node target = title_page.document_element().child("body").find_node(
      [](const xml_node& node) { return std::string_view(node.name()) == "section" && has_class(node, "titlepage"); });
  if (!target) target = title_page.document_element().child("body").child("div");
  const xml_node body = chapter.document_element().child("body");
  xml_node printed = printed_title_page(body);
  // A note stands in the chapter of its mark.
  if (!target || !printed || printed.find_node(leads_within)) return {};
  TitlePageJoin join;
  for (xml_node node = printed; node; node = next_element(node, printed)) {
    if (const pugi::xml_attribute id = node.attribute("id")) join.places.emplace_back(id.value());
  }
  move_to_title_page(printed, target);
  while (printed.first_child()) printed.remove_child(printed.first_child());
  for (xml_node empty = printed; empty != body && is_blank(empty);) {
    xml_node parent = empty.parent();
    parent.remove_child(empty);
    empty = parent;
  }
  join.nothing_left = is_blank(body);
  return join;
}

void lead_links_to(const pugi::xml_document& chapter, const std::set<std::string, std::less<>>& places,
                   const std::string& now, const std::string& before, const std::string& file) {
  const std::string old = name_of(before);
  const xml_node body = chapter.document_element().child("body");
  for (xml_node node = body; node; node = next_element(node, body)) {
    const std::string_view address = node.attribute("href").value();
    const std::size_t hash = address.find('#');
    if (hash == std::string_view::npos || !places.contains(address.substr(hash + 1))) continue;
    if (address.substr(0, hash) != old && (hash != 0 || file != before)) continue;
    set_attribute(node, "href", name_of(now) + std::string(address.substr(hash)));
  }
}

}  // namespace emend
