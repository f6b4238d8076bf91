// Filling the teiHeader from the source, the user's words and the ledger.
#include "stages/write/tei_header.h"

#include <map>

#include "pipeline/document/digest.h"
#include "stages/write/tei_pen.h"

namespace emend {

namespace {

std::string stem(const std::string& name) {
  const std::size_t slash = name.find_last_of('/');
  const std::string base = slash == name.npos ? name : name.substr(slash + 1);
  const std::size_t dot = base.find_last_of('.');
  return dot == base.npos || dot == 0 ? base : base.substr(0, dot);
}

void write_file_description(pugi::xml_node header, const Document& d, const BookOptions& options) {
  pugi::xml_node file = add(header, "fileDesc"), title = add(file, "titleStmt");
  add(title, "title", book_fact(d, options, "title"));
  bool any_author = false;
  for (const auto& [key, value] : options)
    if (key == "author") add(title, "author", value), any_author = true;
  if (const std::string_view author = d.meta("author"); !any_author && !author.empty()) add(title, "author", author);
  pugi::xml_node responsible = add(title, "respStmt");
  set(responsible, "xml:id", "emend");
  add(responsible, "resp", "converted, corrected and encoded");
  add(responsible, "name", "emend");
  pugi::xml_node publication = add(file, "publicationStmt");
  const std::string publisher = book_fact(d, options, "publisher"), date = book_fact(d, options, "date");
  if (publisher.empty()) add(publication, "p", date.empty() ? "Unpublished." : "Date: " + date);
  if (!publisher.empty()) add(publication, "publisher", publisher);
  if (!publisher.empty() && !date.empty()) add(publication, "date", date);
  pugi::xml_node source = add(add(file, "sourceDesc"), "bibl");
  add(source, "title", d.name);
  const std::string encoding = book_fact(d, options, "encoding");
  add(source, "extent",
      std::to_string(d.source.size()) + " bytes" + (encoding.empty() ? "" : " of UTF-8, decoded from " + encoding) +
          (book_fact(d, options, "columns-at").empty() ? "" : ", its columns one after the other"));
  set(add(source, "idno", sha256(d.source)), "type", "sha256");
}

// What an editor must declare, and which stages did it.
struct Declaration {
  const char* element;
  const char* text;
};
constexpr Declaration declarations[] = {
    {"correction",
     "Words that extraction split or misread were repaired where the book itself gives the evidence; every "
     "change is recorded in the ledger of the edition."},
    {"normalization",
     "Characters are in Unicode normalization form C. Running heads, page numbers, watermarks and other "
     "furniture are encoded as fw; nothing was removed."},
    {"punctuation",
     "Punctuation of sentences in Chinese is set at full width; that of other scripts, of addresses and of "
     "formulas is as in the source."},
    {"hyphenation", "Hyphens at line ends were removed where the word is set without a hyphen; others are kept."},
    {"segmentation",
     "Paragraphs cut by line, column or page ends were joined; page breaks are marked by pb where they fall. "
     "Notes stand at their marks."},
};

void write_encoding(pugi::xml_node header) {
  pugi::xml_node encoding = add(header, "encodingDesc"), application = add(add(encoding, "appInfo"), "application");
  set(application, "ident", "emend");
  set(application, "version", EMEND_VERSION);
  add(application, "label", "emend");
  pugi::xml_node editorial = add(encoding, "editorialDecl");
  for (const auto& [element, text] : declarations) add(add(editorial, element), "p", text);
  pugi::xml_node taxonomy = add(add(encoding, "classDecl"), "taxonomy");
  const auto category = [&](const char* id, const char* text) {
    pugi::xml_node c = add(taxonomy, "category");
    set(c, "xml:id", id);
    add(c, "catDesc", text);
  };
  category("missing", "An entry of the printed contents that has no heading in the text.");
  category("unresolved", "A note mark whose note was not found.");
  category("unanchored", "A note whose mark was not found.");
}

void write_profile(pugi::xml_node header, const Document& d, const BookOptions& options) {
  pugi::xml_node profile = add(header, "profileDesc");
  const std::string language = book_fact(d, options, "language");
  set(add(add(profile, "langUsage"), "language", language), "ident", language);
  pugi::xml_node text_class;
  pugi::xml_node keywords;
  std::string_view open;
  for (const Meta& m : d.metas) {
    if (!m.name.starts_with("keyword")) continue;
    if (!text_class) text_class = add(profile, "textClass");
    if (!keywords || open != m.name) {
      keywords = add(text_class, "keywords");
      if (m.name.size() > 8) set(keywords, "xml:lang", m.name.substr(8));
      open = m.name;
    }
    add(keywords, "term", m.value);
  }
}

void write_revisions(pugi::xml_node header, const Document& d) {
  struct Counts {
    std::size_t edits = 0, all = 0;
  };
  std::vector<std::pair<std::string_view, Counts>> stages;
  for (const Change& c : d.ledger) {
    if (stages.empty() || stages.back().first != c.stage) stages.push_back({c.stage, {}});
    ++stages.back().second.all;
    stages.back().second.edits += c.kind == Kind::edit;
  }
  pugi::xml_node revisions = add(header, "revisionDesc");
  for (const auto& [stage, counts] : stages) {
    pugi::xml_node change =
        add(revisions, "change",
            std::to_string(counts.all) + (counts.all == 1 ? " decision, of which " : " decisions, of which ") +
                std::to_string(counts.edits) + (counts.edits == 1 ? " changes the text" : " change the text"));
    set(change, "xml:id", "s-" + std::string(stage));
  }
  if (stages.empty()) add(revisions, "change", "nothing was changed");
}

}  // namespace

std::string book_fact(const Document& d, const BookOptions& options, std::string_view key) {
  for (const auto& [name, value] : options)
    if (name == key) return value;
  if (const std::string_view found = d.meta(key); !found.empty()) return std::string(found);
  if (key == "title") return stem(d.name);
  return key == "language" ? "und" : "";
}

void write_header(pugi::xml_node header, const Document& d, const BookOptions& options) {
  write_file_description(header, d, options);
  write_encoding(header);
  write_profile(header, d, options);
  write_revisions(header, d);
  for (pugi::xml_node child : header.children()) header.insert_child_before(pugi::node_pcdata, child).set_value("\n");
  header.append_child(pugi::node_pcdata).set_value("\n");
}

}  // namespace emend
