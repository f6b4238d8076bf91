// References as BibTeX, in UTF-8: the fields of BibTeX itself, and url, doi and urldate, which biblatex and most styles
// know.
#include <array>

#include "stages/write/cite/references.h"

namespace emend {

namespace {

// What TeX would take for a command.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\\': out += "\\textbackslash{}"; break;
      case '~': out += "\\textasciitilde{}"; break;
      case '^': out += "\\textasciicircum{}"; break;
      case '{':
      case '}':
      case '$':
      case '&':
      case '#':
      case '%':
      case '_': out += '\\'; [[fallthrough]];
      default: out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

// An address is read letter by letter; only what would end the field is written otherwise.
std::string address(std::string_view url) {
  std::string out;
  for (const char c : url) {
    if (c == '{')
      out += "%7B";
    else if (c == '}')
      out += "%7D";
    else if (c == '\\')
      out += "%5C";
    else if (static_cast<unsigned char>(c) > 0x20)
      out += c;
  }
  return out;
}

// Braces keep "and" and commas within a name from being read as TeX reads them.
std::string people(const std::vector<Person>& all) {
  std::string out;
  for (const Person& p : all) {
    if (&p != &all.front()) out += " and ";
    if (!p.literal.empty())
      out += "{" + escaped(p.literal) + "}";
    else
      out += escaped(p.family) + (p.given.empty() ? "" : ", " + escaped(p.given));
  }
  return out;
}

std::string pages(std::string_view pages) {
  std::string out;
  for (const char c : pages) out += c == '-' ? "--" : std::string(1, c);
  return out;
}

std::string two(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

std::string day(const DateParts& d) {
  if (d.year == 0) return "";
  return std::to_string(d.year) + (d.month > 0 ? "-" + two(d.month) + (d.day > 0 ? "-" + two(d.day) : "") : "");
}

bool is_masters(std::string_view genre) {
  for (const std::string_view word : {"硕士", "碩士", "aster", "M.A", "MA "})
    if (genre.find(word) != genre.npos) return true;
  return false;
}

std::string_view type_of(const Reference& r) {
  if (r.kind == "article" || r.kind == "newspaper") return "article";
  if (r.kind == "chapter") return "incollection";
  if (r.kind == "thesis") return is_masters(r.genre) ? "mastersthesis" : "phdthesis";
  return r.kind == "web" ? "misc" : "book";
}

}  // namespace

std::string bibtex(const std::vector<Reference>& all) {
  static constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                           "jul", "aug", "sep", "oct", "nov", "dec"};
  std::string out;
  for (const Reference& r : all) {
    const std::string_view type = type_of(r);
    out += (out.empty() ? "@" : "\n@") + std::string(type) + "{" + r.key;
    const auto raw = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) out += ",\n  " + std::string(name) + " = " + value;
    };
    const auto field = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) raw(name, "{" + value + "}");
    };
    field("author", people(r.authors));
    field("editor", people(r.editors));
    field("translator", people(r.translators));
    field("title", escaped(r.title));
    field(type == "incollection" ? "booktitle" : type == "misc" ? "howpublished" : "journal", escaped(r.container));
    field(type.ends_with("thesis") ? "school" : "publisher", escaped(r.publisher));
    field("series", escaped(r.series));
    field("address", escaped(r.place));
    field("edition", escaped(r.edition));
    field("volume", escaped(r.volume));
    field("number", escaped(r.issue));
    field("pages", escaped(pages(r.page)));
    field("year", r.issued.year == 0 ? "" : std::to_string(r.issued.year));
    if (r.issued.month > 0) raw("month", std::string(months[static_cast<std::size_t>(r.issued.month - 1) % 12]));
    field("type", type.ends_with("thesis") ? escaped(r.genre) : "");
    field("doi", address(r.doi));
    field("url", address(r.url));
    field("urldate", day(r.accessed));
    out += "\n}\n";
  }
  return out;
}

}  // namespace emend
