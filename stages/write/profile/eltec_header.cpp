// Titles, persons, length, sources and the four facts by which ELTeC balances its collections.
#include "stages/write/profile/eltec_header.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "pipeline/text/script.h"
#include "stages/write/tei/metadata.h"
#include "stages/write/tei/pen.h"

namespace emend {

namespace {

using pugi::xml_node;

xml_node find(const xml_node& under, std::string_view name) {
  return under.find_node([&](const xml_node& node) { return local_name(node) == name; });
}

// Words between blanks; of Chinese each character is one.
std::size_t words_in(std::string_view text) {
  std::size_t words = 0;
  bool within = false;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_character(text, i);
    const bool letter = is_letter(c) || is_digit(c);
    words += is_han(c) || (letter && !within);
    within = letter || (within && (c == '\'' || c == U'’' || c == '-'));
  }
  return words;
}

void copy_words(xml_node where, const xml_node& from, const char* name) {
  if (const std::string words = plain_text(from); !words.empty()) add(where, name, words);
}

void write_title_statement(xml_node file, const xml_node& old) {
  xml_node statement = file.append_child("titleStmt");
  for (const xml_node& child : old.children()) {
    const std::string_view name = local_name(child);
    if (name == "title" || name == "author") add(statement, std::string(name).c_str(), plain_text(child));
  }
  for (const xml_node& child : old.children()) {
    if (local_name(child) != "respStmt" && local_name(child) != "editor") continue;
    xml_node responsible = statement.append_child("respStmt");
    if (local_name(child) == "editor") {
      const std::string role = child.attribute("role").value();
      add(responsible, "resp", role.empty() ? "editor" : role);
      add(responsible, "name", plain_text(child));
    } else {
      add(responsible, "resp", plain_text(find(child, "resp")));
      add(responsible, "name", plain_text(find(child, "name")));
    }
  }
}

// The file, and the book that was printed.
void write_sources(xml_node file, const xml_node& old) {
  xml_node sources = file.append_child("sourceDesc");
  for (const xml_node& bibl : old.children()) {
    if (local_name(bibl) != "bibl") continue;
    xml_node source = sources.append_child("bibl");
    const bool printed = std::string_view(bibl.attribute("type").value()) == "printed";
    set(source, "type", printed ? "printSource" : "digitalSource");
    for (const xml_node& part : bibl.children())
      for (const char* name : {"title", "publisher", "pubPlace", "date"})
        if (local_name(part) == name) copy_words(source, part, name);
  }
  if (!sources.first_child()) add(sources, "p", "Not known.");
}

// The first number of four digits, or 0.
int year_in(std::string_view text) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool digit = i < text.size() && is_digit(static_cast<unsigned char>(text[i]));
    if (!digit && digits == 4) return std::stoi(std::string(text.substr(i - 4, 4)));
    digits = digit ? digits + 1 : 0;
  }
  return 0;
}

// Of the printed book, or else of what is said of its publication.
int year_of(const xml_node& header) {
  for (const xml_node& bibl : find(header, "sourceDesc").children("bibl"))
    for (const xml_node& date : bibl.children("date"))
      if (const int year = year_in(date.attribute("when") ? date.attribute("when").value() : plain_text(date)))
        return year;
  return year_in(plain_text(find(header, "publicationStmt")));
}

// By the year of the first edition: 1840–1859, 1860–1879, 1880–1899, 1900–1920.
std::string time_slot(int year) {
  if (year < 1840 || year > 1920) return "";
  return "T" + std::to_string(std::min(4, 1 + (year - 1840) / 20));
}

void write_balance(xml_node profile, std::size_t words, int year, std::vector<std::string>& lacks) {
  constexpr std::size_t medium = 50'000, large = 100'000;  // words, as ELTeC counts them
  xml_node text = profile.append_child("textDesc");
  const auto fact = [&](const char* name, std::string_view key) {
    xml_node element = text.append_child((std::string("eltec:") + name).c_str());
    set(element, "xmlns:eltec", "http://distantreading.net/eltec/ns");
    set(element, "key", key);
  };
  fact("authorGender", "U");
  fact("size", words > large ? "long" : words > medium ? "medium" : "short");
  fact("canonicity", "unspecified");
  if (const std::string slot = time_slot(year); !slot.empty())
    fact("timeSlot", slot);
  else
    lacks.push_back(year == 0
                        ? "the year of the first edition (timeSlot)"
                        : "a first edition between 1840 and 1920 (timeSlot); the book says " + std::to_string(year));
}

}  // namespace

void write_eltec_header(xml_node tei, std::vector<std::string>& lacks) {
  const xml_node old = find(tei, "teiHeader"), text = find(tei, "text");
  const std::size_t words = words_in(plain_text(text));
  const std::string made = find(old, "change").attribute("when").value();
  xml_node header = tei.insert_child_before("teiHeader", old);
  xml_node file = header.append_child("fileDesc");
  write_title_statement(file, find(old, "titleStmt"));
  set(add(file.append_child("extent"), "measure", std::to_string(words)), "unit", "words");
  const std::string published = plain_text(find(old, "publicationStmt"));
  add(file.append_child("publicationStmt"), "p", published.empty() ? "Unpublished." : published);
  write_sources(file, find(old, "sourceDesc"));
  xml_node encoding = header.append_child("encodingDesc");
  set(encoding, "n", "eltec-1");
  add(encoding, "p", "Exported from an edition that emend made; its ledger has each decision.");
  xml_node profile = header.append_child("profileDesc"), usage = profile.append_child("langUsage");
  if (const xml_node languages = find(old, "langUsage"); languages.first_child())
    for (const xml_node& language : languages.children("language")) usage.append_copy(language);
  if (!usage.first_child()) set(usage.append_child("language"), "ident", tei.attribute("xml:lang").value());
  write_balance(profile, words, year_of(old), lacks);
  xml_node change = add(header.append_child("revisionDesc"), "change", "Exported from the edition.");
  if (made.empty())
    lacks.push_back("the day of the last change (change/@when); SOURCE_DATE_EPOCH gives it to an edition");
  else
    set(change, "when", made);
  tei.remove_child(old);
  if (!tei.attribute("xml:id")) set(tei, "xml:id", "eltec");
}

}  // namespace emend
