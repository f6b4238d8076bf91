// Facts that the stage of metadata read, as elements of TEI; what is not certain says so.
#include "stages/write/tei/printed_book.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "pipeline/text/dates.h"
#include "stages/write/tei/pen.h"
#include "stages/write/tei/sweep.h"

namespace emend {

namespace {

// How sure the fact is, as @cert; the ledger knows.
void set_certainty(pugi::xml_node element, const Document& d, const Meta& fact) {
  for (const Change& c : d.ledger)
    if (c.kind == Kind::meta && c.at == fact.at && c.name == fact.name && c.after == fact.value && c.sure < certain)
      return set(element, "cert", certainty(c.sure));
}

pugi::xml_node add_fact(pugi::xml_node where, const char* name, const Document& d, const Meta& fact) {
  pugi::xml_node element = add(where, name, fact.value);
  set_certainty(element, d, fact);
  return element;
}

bool said(const BookOptions& options, std::string_view key) {
  return std::any_of(options.begin(), options.end(), [&](const auto& o) { return o.first == key; });
}

struct Written {
  std::string_view fact;
  const char *element, *key, *value;  // and an attribute, or null
};

constexpr Written parts[] = {
    {"source:journal", "title", "level", "j"},       {"source:series", "title", "level", "s"},
    {"source:edition", "edition", nullptr, nullptr}, {"supervisor", "editor", "role", "supervisor"},
    {"source:degree", "seg", "type", "degree"},      {"source:institution", "seg", "type", "institution"},
    {"source:place", "pubPlace", nullptr, nullptr},  {"source:publisher", "publisher", nullptr, nullptr},
    {"source:date", "date", nullptr, nullptr},       {"source:isbn", "idno", "type", "ISBN"},
    {"source:issn", "idno", "type", "ISSN"},         {"source:doi", "idno", "type", "DOI"},
    {"source:clc", "idno", "type", "CLC"},           {"source:udc", "idno", "type", "UDC"}};

}  // namespace

void write_titles_and_persons(pugi::xml_node statement, const Document& d, const BookOptions& options) {
  const bool own_title = said(options, "title"), own_author = said(options, "author");
  pugi::xml_node title = add(statement, "title", book_fact(d, options, "title"));
  for (const Meta& fact : d.metas) {
    if (own_title) break;
    if (fact.name == "title" && fact.value == d.meta("title")) set_certainty(title, d, fact);
    if (fact.name != "subtitle") continue;
    set(title, "type", "main");
    set(add_fact(statement, "title", d, fact), "type", "sub");
    break;
  }
  for (const auto& [key, value] : options)
    if (key == "author") add(statement, "author", value);
  for (const Meta& fact : d.metas)
    if (fact.name == "author" && !own_author) add_fact(statement, "author", d, fact);
  for (const Meta& fact : d.metas) {
    if (fact.name == "editor") add_fact(statement, "editor", d, fact);
    if (fact.name == "translator" || fact.name == "illustrator")
      set(add_fact(statement, "editor", d, fact), "role", fact.name);
  }
}

void write_printed_book(pugi::xml_node where, const Document& d) {
  pugi::xml_node book;
  for (const Written& part : parts)
    for (const Meta& fact : d.metas) {
      if (fact.name != part.fact) continue;
      if (!book) set(book = where.append_child("bibl"), "type", "printed");
      pugi::xml_node element = add_fact(book, part.element, d, fact);
      if (part.key != nullptr) set(element, part.key, part.value);
      if (part.fact == "source:date") set(element, "when", date_when(fact.value));
    }
}

}  // namespace emend
