// One XHTML file of an EPUB 3: what its parts are for readers' programs, in the words of EPUB's structural vocabulary
// and of DPUB-ARIA.
#include <array>

#include "stages/write/epub/parts.h"
#include "stages/write/package/book_words.h"
#include "stages/write/package/xhtml.h"

namespace emend {
namespace {

using pugi::xml_node;

struct Kind {
  std::string_view type;  // TEI's
  const char* epub;
  const char* role;  // DPUB-ARIA's, or nullptr
};

// The vocabularies: EPUB 3 Structural Semantics Vocabulary 1.1; Digital Publishing WAI-ARIA Module 1.0.
constexpr std::array<Kind, 18> kinds{{{"abstract", "abstract", "doc-abstract"},
                                      {"acknowledgements", "acknowledgments", "doc-acknowledgments"},
                                      {"afterword", "afterword", "doc-afterword"},
                                      {"appendix", "appendix", "doc-appendix"},
                                      {"bibliography", "bibliography", "doc-bibliography"},
                                      {"chapter", "chapter", "doc-chapter"},
                                      {"colophon", "colophon", "doc-colophon"},
                                      {"conclusion", "conclusion", "doc-conclusion"},
                                      {"contents", "toc", "doc-toc"},
                                      {"dedication", "dedication", "doc-dedication"},
                                      {"epilogue", "epilogue", "doc-epilogue"},
                                      {"foreword", "foreword", "doc-foreword"},
                                      {"glossary", "glossary", "doc-glossary"},
                                      {"index", "index", "doc-index"},
                                      {"introduction", "introduction", "doc-introduction"},
                                      {"part", "part", "doc-part"},
                                      {"preface", "preface", "doc-preface"},
                                      {"prologue", "prologue", "doc-prologue"}}};

const Kind* kind_of(std::string_view type) {
  for (const Kind& kind : kinds) {
    if (kind.type == type) return &kind;
  }
  return nullptr;
}

/// A `dedication` is no section of ours in the text but a box: no role is allowed on those.
bool takes_role(const xml_node& node) { return std::string_view(node.name()) == "section"; }

void tell_language(xml_node node) {
  const std::string language = node.attribute("xml:lang").value();
  if (language.empty()) return;
  set_attribute(node, "lang", language);
  if (is_right_to_left(language)) set_attribute(node, "dir", "rtl");
}

/// Pandoc hands on what it does not know as data-…: nobody reads it.
void drop_data(xml_node node) {
  for (pugi::xml_attribute a = node.first_attribute(); a;) {
    const pugi::xml_attribute next = a.next_attribute();
    if (std::string_view(a.name()).starts_with("data-")) node.remove_attribute(a);
    a = next;
  }
}

/// A page that begins with a heading begins above it.
void move_above_heading(xml_node page) {
  if (!has_class(page, "above")) return;
  xml_node before = page.previous_sibling();
  while (before && (before.type() == pugi::node_pcdata || has_class(before, "pagebreak"))) {
    before = before.previous_sibling();
  }
  if (heading_level(before) != 0) page.parent().insert_move_before(page, before);
}

/// Pandoc 3 sets a stanza as a block of its own look, Pandoc 2.17 as a paragraph; so do we.
void finish_stanza(xml_node stanza) {
  stanza.set_name("p");
  stanza.remove_attribute("class");
}

void finish_page(xml_node page, const std::string& file, EpubContents& contents) {
  const std::string label = page.attribute("title").value();
  if (label.empty()) return;
  page.remove_children();
  set_attribute(page, "class", "pagebreak");
  set_attribute(page, "epub:type", "pagebreak");
  set_attribute(page, "role", "doc-pagebreak");
  set_attribute(page, "aria-label", label);
  contents.pages.push_back({file + '#' + page.attribute("id").value(), label, 0});
}

/// A picture of which nothing is said is told as one, or its file's name would be read aloud.
void finish_picture(xml_node picture, const EpubBook& book, EpubContents& contents) {
  ++contents.pictures;
  if (!std::string_view(picture.attribute("alt").value()).empty()) return;
  ++contents.pictures_without_words;
  set_attribute(picture, "alt", std::string(book_word("picture", book.facts.metadata.language)));
}

void finish_heading(const xml_node& heading, const std::string& file, EpubContents& contents) {
  const xml_node section = heading.parent();
  const std::string id = heading.attribute("id") ? heading.attribute("id").value() : section.attribute("id").value();
  if (id.empty()) return;
  std::string text = heading_text(heading);
  if (!text.empty()) contents.headings.push_back({file + '#' + id, std::move(text), heading_level(heading)});
}

void finish_section(xml_node section, const std::string& file, const EpubBook& book, EpubContents& contents) {
  const std::string id = section.attribute("id").value();
  const BookSection* const known = book.section(id);
  if (!known) return;
  const std::string target = file + '#' + id;
  const std::string_view language = book.facts.metadata.language;
  if (known->matter == Matter::body) add_landmark(contents, target, book_word("start", language), "bodymatter");
  for (const char* type : {"bibliography", "index"}) {
    if (known->type == type) add_landmark(contents, target, book_word(type, language), type);
  }
  const Kind* const kind = kind_of(known->type);
  if (!kind) return;
  set_attribute(section, "epub:type", kind->epub);
  if (kind->role && takes_role(section)) set_attribute(section, "role", kind->role);
}

void name_body(xml_node body, const EpubBook& book) {
  static constexpr std::array matters{"frontmatter", "bodymatter", "backmatter"};
  for (xml_node node = body; node; node = next_element(node, body)) {
    const BookSection* const known = book.section(node.attribute("id").value());
    if (!known) continue;
    return set_attribute(body, "epub:type", matters[static_cast<std::size_t>(known->matter)]);
  }
  set_attribute(body, "epub:type", "frontmatter");
}

void finish_head(xml_node head, const std::string& title, const EpubOptions& options) {
  while (options.own_style && head.child("style")) head.remove_child("style");
  if (title.empty()) return;
  xml_node element = head.child("title");
  element.remove_children();
  element.append_child(pugi::node_pcdata).set_value(title.c_str());
}

void finish_element(xml_node node, const std::string& file, const EpubBook& book, EpubContents& contents) {
  drop_data(node);
  tell_language(node);
  const std::string_view name = node.name();
  if (has_class(node, "pagebreak")) {
    finish_page(node, file, contents);
  } else if (heading_level(node) != 0) {
    finish_heading(node, file, contents);
  } else if (name == "section") {
    finish_section(node, file, book, contents);
  } else if (name == "th") {
    set_attribute(node, "scope", "col");
  } else if (name == "math") {
    contents.formulas = true;
  } else if (name == "img") {
    finish_picture(node, book, contents);
  } else if (has_class(node, "missing")) {
    set_attribute(node, "epub:type", "notice");
    set_attribute(node, "role", "doc-notice");
  }
}

}  // namespace

void add_landmark(EpubContents& contents, const std::string& target, std::string_view word, const char* kind) {
  for (const std::string& there : contents.kinds) {
    if (there == kind) return;
  }
  contents.landmarks.push_back({target, std::string(word), 0});
  contents.kinds.emplace_back(kind);
}

/// A list that does not begin with 1 cannot say so in XHTML 1.1: its numbers become text.
void write_numbers(xml_node list) {
  if (!list.attribute("start")) return;
  int number = list.attribute("start").as_int(1);
  list.remove_attribute("start");
  list.remove_attribute("type");
  list.set_name("ul");
  set_attribute(list, "style", "list-style-type: none");
  for (const xml_node& item : list.children("li")) {
    xml_node first = item.first_child();
    xml_node words = std::string_view(first.name()) == "p" ? first : item;
    words.prepend_child(pugi::node_pcdata).set_value((std::to_string(number++) + ". ").c_str());
  }
}

EpubBook::EpubBook(const BookFacts& the_facts, const EpubOptions& the_options)
    : facts(the_facts), options(the_options) {
  for (const BookSection& section : facts.sections) sections_.emplace(section.id, &section);
}

const BookSection* EpubBook::section(std::string_view id) const {
  const auto found = sections_.find(id);
  return found == sections_.end() ? nullptr : found->second;
}

const std::string& EpubBook::sign(std::size_t marks_before) const {
  static const std::string none;
  return signs_are_known_ && marks_before < facts.note_signs.size() ? facts.note_signs[marks_before] : none;
}

std::string heading_text(const xml_node& heading) {
  std::string all, text;
  for (xml_node node = heading.first_child(); node;) {
    const bool skipped = has_class(node, "footnote-ref") || has_class(node, "pagebreak");
    if (node.type() == pugi::node_pcdata) all += node.value();
    if (std::string_view(node.name()) == "br") all += ' ';
    if (node.first_child() && !skipped) {
      node = node.first_child();
      continue;
    }
    while (node != heading && !node.next_sibling()) node = node.parent();
    if (node == heading) break;
    node = node.next_sibling();
  }
  for (const char c : all) {
    const bool white = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!white) {
      text += c;
    } else if (!text.empty() && text.back() != ' ') {
      text += ' ';
    }
  }
  if (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

void drop_made_up_heading(const xml_node& body, const EpubBook& book) {
  xml_node section = body.first_child();
  while (section && section.type() != pugi::node_element) section = section.next_sibling();
  if (!has_class(section, "unnumbered") || book.section(section.attribute("id").value())) return;
  const xml_node heading = section.find_child([](const xml_node& child) { return child.type() == pugi::node_element; });
  if (heading_level(heading) == 0 || heading_text(heading) != book.facts.metadata.title) return;
  section.remove_child(heading);
  section.remove_attribute("id");
  section.attribute("class").set_value("unheaded");
  section.set_name("div");
}

void finish_chapter(pugi::xml_document& chapter, const std::string& file, const EpubBook& book,
                    EpubContents& contents) {
  const xml_node root = chapter.document_element();
  const xml_node body = root.child("body");
  const std::size_t first_heading = contents.headings.size();
  if (!book.options.version_2) tell_language(root);
  std::vector<xml_node> pages;
  for (xml_node node = body; node; node = next_element(node, body)) {
    if (has_class(node, "pagebreak")) pages.push_back(node);
    if (has_class(node, "line-block")) finish_stanza(node);
  }
  for (auto page = pages.begin(); page != pages.end(); ++page) move_above_heading(*page);
  if (book.options.version_2) {
    for (xml_node node = body; node; node = next_element(node, body)) {
      node.remove_attribute("lang");  // XHTML 1.1 has xml:lang only
      write_numbers(node);
      if (has_class(node, "pagebreak") && node.attribute("title")) {
        contents.pages.push_back({file + '#' + node.attribute("id").value(), node.attribute("title").value(), 0});
      }
      if (heading_level(node) != 0) finish_heading(node, file, contents);
    }
  } else {
    name_body(body, book);
    for (xml_node node = body; node; node = next_element(node, body)) finish_element(node, file, book, contents);
    contents.notes += finish_notes(body, book, contents.marks);
  }
  const bool has_heading = contents.headings.size() > first_heading;
  finish_head(root.child("head"), has_heading ? contents.headings[first_heading].text : book.facts.metadata.title,
              book.options);
}

}  // namespace emend
