// TEI header -> title, authors, date, publisher, keywords, language and a stable identifier.
#include "stages/write/tei/metadata.h"

#include <algorithm>

#include "pipeline/document/digest.h"
#include "pipeline/text/script.h"
#include "stages/write/pandoc/json.h"
#include "stages/write/tei/elements.h"

namespace emend {
namespace {

using pugi::xml_node;

xml_node child(const xml_node& parent, std::string_view name) {
  return parent.find_child([&](const xml_node& node) { return local_name(node) == name; });
}

xml_node descendant(const xml_node& parent, std::string_view name) {
  return parent.find_node([&](const xml_node& node) { return local_name(node) == name; });
}

template <class Take>
void each_child(const xml_node& parent, std::string_view name, Take take) {
  for (const xml_node& node : parent.children()) {
    if (local_name(node) == name) take(node);
  }
}

bool is_iso_date(std::string_view s) {
  if (s.size() != 4 && s.size() != 7 && s.size() != 10) return false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? s[i] != '-' : !is_digit(static_cast<unsigned char>(s[i]))) return false;
  }
  return true;
}

/// The first four digits in a row: the year of "2019年5月" and of "Oxford, May 2019".
std::string year_in(std::string_view s) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    digits = is_digit(static_cast<unsigned char>(s[i])) ? digits + 1 : 0;
    if (digits == 4) return std::string(s.substr(i - 3, 4));
  }
  return "";
}

std::string date_of(const xml_node& date) {
  const std::string_view when = date.attribute("when").value();
  const std::string text = plain_text(date);
  if (is_iso_date(when)) return std::string(when);
  return is_iso_date(text) ? text : year_in(text);
}

bool names_sha256(std::string_view type) {
  std::string letters;
  for (const char c : type) {
    if (c != '-' && c != '_' && c != ' ') letters += static_cast<char>(c | 0x20);
  }
  return letters == "sha256";
}

/// A UUID of version 8 (its own scheme: the first 122 free bits of a SHA-256).
std::string uuid_from(std::string hex) {
  hex[12] = '8';
  hex[16] = "89ab"[(hex[16] <= '9' ? hex[16] - '0' : hex[16] - 'a' + 10) & 3];
  return "urn:uuid:" + hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' + hex.substr(16, 4) +
         '-' + hex.substr(20, 12);
}

/// The identifier follows the source that the header names, so that a corrected edition stays the same book.
std::string identifier_of(const xml_node& header, std::string_view tei) {
  const xml_node source = descendant(header, "sourceDesc");
  const xml_node named = source.find_node(
      [](const xml_node& node) { return local_name(node) == "idno" && names_sha256(node.attribute("type").value()); });
  const std::string digest = plain_text(named);
  const bool hexadecimal = digest.size() == 64 && digest.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (hexadecimal) return uuid_from(digest);
  return uuid_from(sha256(digest.empty() ? tei : std::string_view(digest)));
}

void read_titles(const xml_node& statement, BookMetadata& metadata) {
  each_child(statement, "title", [&](const xml_node& title) {
    std::string& slot = title.attribute("type").value() == std::string_view("sub") ? metadata.subtitle : metadata.title;
    if (slot.empty()) slot = plain_text(title);
  });
  each_child(statement, "author", [&](const xml_node& author) {
    std::string name = plain_text(author);
    if (!name.empty()) metadata.authors.push_back(std::move(name));
  });
}

void read_publication(const xml_node& statement, BookMetadata& metadata) {
  metadata.publisher = plain_text(child(statement, "publisher"));
  metadata.date = date_of(child(statement, "date"));
  metadata.rights = plain_text(child(statement, "availability"));
  each_child(statement, "idno", [&](const xml_node& idno) {
    std::string id = plain_text(idno);
    if (!id.empty()) metadata.more_identifiers.push_back(std::move(id));
  });
}

/// The file that the edition was made from, as the header names it.
std::string source_of(const xml_node& header) {
  const xml_node source = child(child(header, "fileDesc"), "sourceDesc");
  std::string all = plain_text(child(child(source, "bibl"), "title"));
  if (all.empty()) return plain_text(source);
  const xml_node named = source.find_node(
      [](const xml_node& node) { return local_name(node) == "idno" && names_sha256(node.attribute("type").value()); });
  return named ? all + " (SHA-256 " + plain_text(named) + ")" : all;
}

/// The imprint of the printed book: its publisher, year and ISBN.
std::string imprint_of(const xml_node& header) {
  std::string all;
  const auto add = [&](const std::string& before, const xml_node& part) {
    const std::string text = plain_text(part);
    if (!text.empty()) all += (all.empty() ? "" : ", ") + before + text;
  };
  each_child(child(child(header, "fileDesc"), "sourceDesc"), "bibl", [&](const xml_node& bibl) {
    if (std::string_view(bibl.attribute("type").value()) != "printed") return;
    for (const char* part : {"publisher", "date"}) add("", child(bibl, part));
    each_child(bibl, "idno", [&](const xml_node& idno) {
      if (std::string_view(idno.attribute("type").value()) == "ISBN") add("ISBN ", idno);
    });
  });
  return all;
}

std::string any_title(const xml_node& root) {
  for (const std::string_view place : {"docTitle", "titlePart", "head"}) {
    std::string title = plain_text(descendant(child(root, "text"), place));
    if (!title.empty()) return title;
  }
  return "Untitled";
}

void append_plain_text(const xml_node& node, std::string& out) {
  for (const xml_node& part : node.children()) {
    if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) {
      out += part.value();
      continue;
    }
    const std::string_view name = local_name(part);
    const Role role = role_of(name);
    if (role == Role::skip || role == Role::note || name == "orig" || name == "sic") continue;
    append_plain_text(part, out);
    const bool cuts_a_word = part.attribute("break").value() == std::string_view("no");
    if (role == Role::paragraph || (role == Role::line_break && !cuts_a_word)) out += ' ';
  }
}

/// `text` as XML can hold it, for a reference to a control character passes the parser.
void make_safe(std::string& text) {
  std::string json, safe;
  append_json(json, text);
  for (std::size_t i = 1; i + 1 < json.size(); ++i) {
    if (json[i] == '\\') ++i;
    safe += json[i];
  }
  text = std::move(safe);
}

void add_text(std::string& json, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  if (json.back() != '{') json += ',';
  append_json(json, key);
  PandocJson inlines;
  inlines.open_text(R"({"t":"MetaInlines","c":[)", "]}");
  inlines.text(value);
  inlines.close();
  json += ':' + inlines.take();
}

void add_list(std::string& json, std::string_view key, const std::vector<std::string>& values) {
  if (values.empty()) return;
  if (json.back() != '{') json += ',';
  append_json(json, key);
  PandocJson list;
  list.open(R"({"t":"MetaList","c":[)", "]}");
  for (const std::string& value : values) {
    list.open_text(R"({"t":"MetaInlines","c":[)", "]}");
    list.text(value);
    list.close();
  }
  list.close();
  json += ':' + list.take();
}

}  // namespace

std::string_view local_name(const xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string plain_text(const xml_node& node) {
  std::string all, text;
  append_plain_text(node, all);
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

BookMetadata book_metadata(const xml_node& root, std::string_view tei) {
  BookMetadata metadata;
  const xml_node header = child(root, "teiHeader");
  const xml_node file = child(header, "fileDesc");
  const xml_node profile = child(header, "profileDesc");
  read_titles(child(file, "titleStmt"), metadata);
  read_publication(child(file, "publicationStmt"), metadata);
  if (metadata.title.empty()) metadata.title = any_title(root);
  if (metadata.date.empty()) metadata.date = date_of(descendant(child(file, "sourceDesc"), "date"));
  each_child(child(profile, "textClass"), "keywords", [&](const xml_node& keywords) {
    each_child(keywords, "term", [&](const xml_node& term) {
      std::string word = plain_text(term);
      if (!word.empty()) metadata.keywords.push_back(std::move(word));
    });
  });
  metadata.language = root.attribute("xml:lang").value();
  if (metadata.language.empty()) {
    metadata.language = child(child(profile, "langUsage"), "language").attribute("ident").value();
  }
  if (metadata.language.empty()) metadata.language = "und";
  metadata.identifier = identifier_of(header, tei);
  metadata.source = source_of(header);
  metadata.printed = imprint_of(header);
  for (std::string* text : {&metadata.title, &metadata.subtitle, &metadata.publisher, &metadata.rights, &metadata.date,
                            &metadata.language, &metadata.source, &metadata.printed}) {
    make_safe(*text);
  }
  for (auto* list : {&metadata.authors, &metadata.keywords, &metadata.more_identifiers}) {
    for (std::string& text : *list) make_safe(text);
  }
  return metadata;
}

std::string metadata_json(const BookMetadata& metadata) {
  std::vector<std::string> identifiers{metadata.identifier};
  identifiers.insert(identifiers.end(), metadata.more_identifiers.begin(), metadata.more_identifiers.end());
  std::string json = "{";
  add_list(json, "author", metadata.authors);
  add_text(json, "date", metadata.date);
  add_list(json, "identifier", identifiers);
  add_list(json, "keywords", metadata.keywords);
  add_text(json, "lang", metadata.language);
  add_text(json, "publisher", metadata.publisher);
  add_text(json, "rights", metadata.rights);
  add_list(json, "subject", metadata.keywords);
  add_text(json, "subtitle", metadata.subtitle);
  add_text(json, "title", metadata.title);
  return json + "}";
}

}  // namespace emend
