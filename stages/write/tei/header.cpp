// Filling the teiHeader from the source, the user's words and the ledger.
#include "stages/write/tei/header.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "pipeline/document/digest.h"
#include "pipeline/text/file_names.h"
#include "pipeline/text/utf8.h"
#include "stages/write/tei/declarations.h"
#include "stages/write/tei/gaps.h"
#include "stages/write/tei/pen.h"
#include "stages/write/tei/printed_book.h"

namespace emend {

namespace {

std::string option_of(const BookOptions& options, std::string_view key) {
  const auto found = std::find_if(options.begin(), options.end(), [&](const auto& o) { return o.first == key; });
  return found == options.end() ? "" : found->second;
}

void write_file_description(pugi::xml_node header, const Document& d, const BookOptions& options) {
  pugi::xml_node file = add(header, "fileDesc"), title = add(file, "titleStmt");
  write_titles_and_persons(title, d, options);
  pugi::xml_node responsible = add(title, "respStmt");
  set(responsible, "xml:id", "emend");
  add(responsible, "resp", "converted, corrected and encoded");
  add(responsible, "name", "emend");
  const auto by_hand = [](const Change& c) { return c.rule.starts_with("decision."); };
  if (std::any_of(d.ledger.begin(), d.ledger.end(), by_hand)) {
    pugi::xml_node editor = add(title, "respStmt");
    set(editor, "xml:id", "editor");
    add(editor, "resp", "decided what the decisions file of the book says");
    add(editor, "name", "the editor");
  }
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
          (book_fact(d, options, "file-sha256").empty() ? "" : ", read from a PDF") +
          (book_fact(d, options, "columns-at").empty() ? "" : ", its columns one after the other") +
          (book_fact(d, options, "entries-at").empty() ? "" : ", the entries of its contents list put together"));
  set(add(source, "idno", sha256(d.source)), "type", "sha256");
  if (const std::string digest = book_fact(d, options, "file-sha256"); !digest.empty())
    set(add(source, "idno", digest), "type", "file-sha256");
  write_missing(source, d);
  write_printed_book(source.parent(), d);
}

// The share of each language in the text, by characters that are not blank.
struct Languages : pugi::xml_tree_walker {
  std::vector<std::pair<std::string, std::size_t>> characters;  // in the order in which they first occur
  std::size_t all = 0;

  bool for_each(pugi::xml_node& node) override {
    const std::size_t at = static_cast<std::size_t>(depth());
    open_.resize(at + 1);
    const std::string_view said = node.attribute("xml:lang").value();
    open_[at] = !said.empty() ? index_of(said) : at == 0 ? 0 : open_[at - 1];
    if (node.type() == pugi::node_pcdata) count(node.value(), characters[open_[at]].second);
    return true;
  }
  std::size_t index_of(std::string_view language) {
    std::size_t i = 0;
    while (i < characters.size() && characters[i].first != language) ++i;
    if (i == characters.size()) characters.emplace_back(language, 0);
    return i;
  }

 private:
  void count(std::string_view text, std::size_t& n) {
    for (std::size_t i = 0; i < text.size();)
      if (next_character(text, i) > U' ') ++n, ++all;
  }
  std::vector<std::size_t> open_;  // the language at each depth
};

std::string name_of_language(std::string_view tag) {
  static constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"zh-Hans", "Chinese, simplified characters"},
      {"zh-Hant", "Chinese, traditional characters"},
      {"zh", "Chinese"},
      {"en", "English"},
      {"fr", "French"},
      {"de", "German"},
      {"es", "Spanish"},
      {"it", "Italian"},
      {"pt", "Portuguese"},
      {"nl", "Dutch"},
      {"la", "Latin"},
      {"ja", "Japanese"},
      {"ko", "Korean"},
      {"und", "not known"}};
  for (const auto& [known, name] : names)
    if (known == tag) return std::string(name);
  return std::string(tag);
}

void write_languages(pugi::xml_node profile, pugi::xml_node text, const std::string& main) {
  Languages languages;
  languages.index_of(main);
  text.traverse(languages);
  pugi::xml_node usage = add(profile, "langUsage");
  for (const auto& [tag, characters] : languages.characters) {
    pugi::xml_node language = add(usage, "language", name_of_language(tag));
    set(language, "ident", tag);
    if (languages.all > 0)
      set(language, "usage", std::to_string((100 * characters + languages.all / 2) / languages.all));
  }
}

void write_profile(pugi::xml_node header, pugi::xml_node text, const Document& d, const BookOptions& options) {
  pugi::xml_node profile = add(header, "profileDesc");
  write_languages(profile, text, book_fact(d, options, "language"));
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

// One change for each stage that altered the text, the last first.
void write_revisions(pugi::xml_node header, const Document& d, const BookOptions& options) {
  struct Altered {
    std::string_view stage;
    std::size_t edits = 0, joins = 0, doubtful = 0;
  };
  std::vector<Altered> stages;
  for (const Change& c : d.ledger) {
    if (c.kind != Kind::edit && c.kind != Kind::join) continue;
    auto at = std::find_if(stages.begin(), stages.end(), [&](const Altered& a) { return a.stage == c.stage; });
    if (at == stages.end()) at = stages.insert(stages.end(), Altered{c.stage});
    ++(c.kind == Kind::edit ? at->edits : at->joins);
    at->doubtful += c.sure < certain;
  }
  const std::string made = option_of(options, "made");
  const auto counted = [](std::size_t n, const char* one) {
    return std::to_string(n) + " " + one + (n == 1 ? "" : "s");
  };
  pugi::xml_node revisions = add(header, "revisionDesc");
  const auto write = [&](const std::string& id, const std::string& text) {
    pugi::xml_node change = add(revisions, "change", text);
    set(change, "xml:id", id);
    set(change, "who", "#emend");
    set(change, "when", made);
  };
  for (auto at = stages.rbegin(); at != stages.rend(); ++at) {
    std::string text = std::string(at->stage) + ":";
    if (at->edits > 0) text += " " + counted(at->edits, "change") + " of characters";
    if (at->joins > 0) text += std::string(at->edits > 0 ? "," : "") + " " + counted(at->joins, "line end") + " joined";
    write("s-" + std::string(at->stage),
          text + (at->doubtful > 0 ? ", " + std::to_string(at->doubtful) + " in doubt" : ""));
  }
  if (stages.empty()) write("s-none", "No character was changed.");
}

}  // namespace

std::string book_fact(const Document& d, const BookOptions& options, std::string_view key) {
  for (const auto& [name, value] : options)
    if (name == key) return value;
  if (const std::string_view found = d.meta(key); !found.empty()) return std::string(found);
  if (key == "title") return std::string(without_ending(d.name));
  return key == "language" ? "und" : "";
}

void write_header(pugi::xml_node header, pugi::xml_node text, const Document& d, const BookOptions& options) {
  write_file_description(header, d, options);
  write_encoding(header, text, d, options);
  write_profile(header, text, d, options);
  write_revisions(header, d, options);
  for (pugi::xml_node child : header.children()) header.insert_child_before(pugi::node_pcdata, child).set_value("\n");
  header.append_child(pugi::node_pcdata).set_value("\n");
}

}  // namespace emend
