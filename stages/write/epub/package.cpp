// The package document of an EPUB 3: what a catalogue, a shop or a reader with a disability asks of a book before it is
// opened. Vocabulary: schema.org's accessibility properties, as EPUB Accessibility 1.1 asks for them.
#include "stages/write/epub/parts.h"
#include "stages/write/package/book_words.h"
#include "stages/write/package/xhtml.h"

namespace emend {
namespace {

using pugi::xml_node;

void add_text(xml_node parent, const char* name, const char* key, const char* value, std::string_view text) {
  xml_node element = parent.append_child(name);
  if (key) element.append_attribute(key) = value;
  element.append_child(pugi::node_pcdata).set_value(std::string(text).c_str());
  parent.append_child(pugi::node_pcdata).set_value("\n  ");
}

void add_property(const xml_node& metadata, const char* property, std::string_view text) {
  add_text(metadata, "meta", "property", property, text);
}

void add_accessibility(const xml_node& metadata, const EpubContents& contents, std::string_view language) {
  add_property(metadata, "schema:accessMode", "textual");
  if (contents.pictures > 0) add_property(metadata, "schema:accessMode", "visual");
  if (contents.pictures > 0) add_property(metadata, "schema:accessModeSufficient", "textual,visual");
  // The words are enough only where each picture has some.
  if (contents.pictures_without_words == 0) add_property(metadata, "schema:accessModeSufficient", "textual");
  std::vector<const char*> features{"structuralNavigation", "tableOfContents", "readingOrder",
                                    "displayTransformability"};
  if (!contents.pages.empty())
    features.insert(features.end(), {"pageBreakMarkers", "printPageNumbers", "pageNavigation"});
  if (contents.formulas) features.push_back("MathML");
  if (contents.pictures > 0 && contents.pictures_without_words == 0) features.push_back("alternativeText");
  for (const std::string& kind : contents.kinds) {
    if (kind == "index") features.push_back("index");
  }
  for (const char* feature : features) add_property(metadata, "schema:accessibilityFeature", feature);
  add_property(metadata, "schema:accessibilityHazard", "none");
  std::string summary(book_word("accessible", language));
  if (!contents.pages.empty()) {
    if (summary.back() == '.') summary += ' ';
    summary += book_word("accessible.pages", language);
  }
  add_property(metadata, "schema:accessibilitySummary", summary);
}

/// Which printed book the page numbers are those of, as far as the edition knows it.
std::string printed_book(const BookMetadata& metadata) {
  std::string all = metadata.title;
  if (!metadata.printed.empty()) return all + ", " + metadata.printed;
  for (const std::string& part : {metadata.publisher, metadata.date}) {
    if (!part.empty()) all += ", " + part;
  }
  return all;
}

/// Pandoc dates a book that has no date by its clock. No date is better than one that nobody said.
void remove_made_up_date(xml_node metadata, const BookMetadata& book) {
  if (!book.date.empty()) return;
  const auto by_clock = [](const xml_node& node) {
    return std::string_view(node.name()) == "dc:date" &&
           std::string_view(node.text().get()).find('T') != std::string_view::npos;
  };
  while (const xml_node date = metadata.find_child(by_clock)) metadata.remove_child(date);
}

/// Keywords may be in another language than the book, and in several: each is a subject all the same.
void add_missing_subjects(const xml_node& metadata, const BookMetadata& book) {
  if (metadata.child("dc:subject")) return;
  for (const std::string& word : book.keywords) add_text(metadata, "dc:subject", nullptr, nullptr, word);
}

}  // namespace

void finish_package(pugi::xml_document& opf, const EpubBook& book, const EpubContents& contents) {
  const BookMetadata& facts = book.facts.metadata;
  const xml_node package = opf.document_element();
  const xml_node metadata = package.child("metadata");
  if (!book.options.version_2) set_attribute(package, "xml:lang", facts.language);
  add_missing_subjects(metadata, facts);
  remove_made_up_date(metadata, facts);
  if (!facts.source.empty()) add_text(metadata, "dc:source", nullptr, nullptr, facts.source);
  if (!book.options.version_2) {
    if (!contents.pages.empty()) {  // EPUB 3.4's pageBreakSource is an error to checkers of EPUB 3.2, which know this
      add_text(metadata, "dc:source", "id", "printed-source", printed_book(facts));
      add_text(metadata, "meta", "property", "source-of", "pagination");
      metadata.last_child().previous_sibling().append_attribute("refines") = "#printed-source";
    }
    add_accessibility(metadata, contents, facts.language);
  }
  if (is_right_to_left(facts.language) && !book.options.version_2) {
    set_attribute(package.child("spine"), "page-progression-direction", "rtl");
  }
  for (const xml_node& reference : package.child("guide").children("reference")) {
    const std::string_view type = reference.attribute("type").value();
    if (type != "toc" && type != "cover") continue;
    set_attribute(reference, "title", std::string(book_word(type == "toc" ? "contents" : type, facts.language)));
  }
}

}  // namespace emend
