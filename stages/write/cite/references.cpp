// Gathering references from bibl elements: texts without line ends, numbers without words, keys in letters of ASCII.
#include "stages/write/cite/references.h"

#include <unicode/translit.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <unordered_map>

#include "pipeline/text/dates.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/persons.h"
#include "pipeline/text/script.h"
#include "stages/write/tei/metadata.h"
#include "stages/write/tei/survey.h"

namespace emend {

namespace {

constexpr std::size_t longest_key = 24;

bool is_named(const pugi::xml_node& node, std::string_view name) { return local_name(node) == name; }

std::string_view attribute(const pugi::xml_node& node, const char* name) { return node.attribute(name).value(); }

bool has_han(std::string_view s) {
  for (std::size_t i = 0; i < s.size();)
    if (is_han(next_character(s, i))) return true;
  return false;
}

// The number in 第12-16页, Vol.32, H. 3, 第三卷; what has none stays as it is.
std::string number_in(const std::string& printed) {
  const std::string_view s = printed;
  const auto is_part = [](char c) {
    return is_digit(static_cast<unsigned char>(c)) || is_ascii_letter(static_cast<unsigned char>(c));
  };
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (!is_digit(static_cast<unsigned char>(s[i]))) continue;
    std::size_t begin = i, end = i;
    while (begin > 0 && s[begin - 1] >= 'A' && s[begin - 1] <= 'Z') --begin;  // A7
    while (end < s.size()) {
      if (is_part(s[end])) {
        ++end;
        continue;
      }
      std::size_t next = end;
      const char32_t c = next_character(s, next);
      if (std::u32string_view(U"-–—－/、,，").find(c) == std::u32string_view::npos) break;
      while (next < s.size() && s[next] == ' ') ++next;
      if (next >= s.size() || !is_part(s[next])) break;
      end = next;
    }
    return std::string(s.substr(begin, end - begin));
  }
  for (std::size_t i = 0; i < s.size();) {
    if (const Number n = read_number(s.substr(i)); n && n.form != Numeral::letter) return std::to_string(n.value);
    next_character(s, i);
  }
  return printed;
}

std::string pages_of(const pugi::xml_node& scope, const std::string& printed) {
  const std::string from(attribute(scope, "from")), to(attribute(scope, "to"));
  if (!from.empty()) return to.empty() ? from : from + "-" + to;
  std::string pages = number_in(printed);
  for (const std::string_view dash : {"–", "—", "－"})
    for (std::size_t at; (at = pages.find(dash)) != pages.npos;) pages.replace(at, dash.size(), "-");
  for (std::size_t at; (at = pages.find("、")) != pages.npos;) pages.replace(at, 3, ", ");
  return pages;
}

// "Penrice, Anna" and "Anna van Penrice" and "Cho Y." into their parts.
Person person_of(const std::string& name) {
  Person p;
  const std::size_t comma = name.find(',');
  const std::string family = surname(name);
  const auto words = std::count(name.begin(), name.end(), ' ') + 1;
  if (has_han(name) || family.empty() || (comma == name.npos && (words < 2 || words > 4))) {
    p.literal = name;
    return p;
  }
  p.family = family;
  if (comma != name.npos) {
    p.given = trim(std::string_view(name).substr(comma + 1));
  } else if (name.starts_with(family)) {
    p.given = trim(std::string_view(name).substr(family.size()));
  } else {
    std::size_t begin = name.size() - family.size();
    // van, de, von belong to the surname.
    while (begin > 1) {
      const std::size_t word = name.rfind(' ', begin - 2);
      if (word == name.npos || !is_lower(first_character(std::string_view(name).substr(word + 1)))) break;
      begin = word + 1;
    }
    p.family = name.substr(begin);
    p.given = trim(std::string_view(name).substr(0, begin));
  }
  return p;
}

DateParts date_of(const pugi::xml_node& date) {
  std::string when(attribute(date, "when"));
  if (when.empty()) when = date_when(plain_text(date));
  DateParts d;
  if (std::sscanf(when.c_str(), "%4d-%2d-%2d", &d.year, &d.month, &d.day) < 1) d.year = 0;
  return d;
}

void take_scope(Reference& r, const pugi::xml_node& node, const std::string& text) {
  const std::string_view unit = attribute(node, "unit");
  if (unit == "volume" || unit == "vol")
    r.volume = number_in(text);
  else if (unit == "issue")
    r.issue = number_in(text);
  else if (unit == "page" || unit == "pp" || unit == "pages")
    r.page = r.page.empty() ? pages_of(node, text) : r.page;
}

void take_title(Reference& r, const pugi::xml_node& node, const std::string& text) {
  const std::string_view level = attribute(node, "level");
  if (level == "s") r.series = text;
  if (level == "s") return;
  const bool host = level == "j" || (level == "m" && !r.title.empty());
  std::string& place = host && (!r.title.empty() || level != "m") ? r.container : r.title;
  if (place.empty()) place = text;
}

void take(Reference& r, const pugi::xml_node& node) {
  const std::string_view name = local_name(node);
  const std::string text = plain_text(node);
  if (name == "author")
    r.authors.push_back(person_of(text));
  else if (name == "editor")
    (attribute(node, "role") == "translator" ? r.translators : r.editors).push_back(person_of(text));
  else if (name == "title")
    take_title(r, node, text);
  else if (name == "publisher")
    r.publisher = text;
  else if (name == "pubPlace")
    r.place = text;
  else if (name == "edition")
    r.edition = text;
  else if (name == "date" && attribute(node, "type").starts_with("access"))
    r.accessed = date_of(node);
  else if (name == "date" && r.issued.year == 0)
    r.issued = date_of(node);
  else if (name == "biblScope")
    take_scope(r, node, text);
  else if (name == "seg" && attribute(node, "type") == "genre")
    r.genre = text;
  else if (name == "idno")
    r.doi = text.substr(std::min(text.find("10."), text.size()));
  else if (name == "ref" && attribute(node, "target").find("://") != std::string_view::npos)
    r.url = attribute(node, "target");
  else if (name == "ref" || name == "seg" || name == "hi" || name == "foreign")
    for (const pugi::xml_node& child : node.children()) take(r, child);
}

std::string kind_of(const Reference& r, const pugi::xml_node& bibl) {
  const std::string_view type = attribute(bibl, "type");
  for (const std::string_view known : {"article", "book", "chapter", "thesis", "newspaper", "web"})
    if (type == known) return std::string(known);
  if (!r.issue.empty() || (!r.volume.empty() && !r.container.empty())) return "article";
  if (!r.container.empty()) return "chapter";
  return !r.url.empty() && r.publisher.empty() ? "web" : "book";
}

Reference reference_of(const pugi::xml_node& bibl) {
  Reference r;
  for (const pugi::xml_node& child : bibl.children()) take(r, child);
  // A journal cited as a whole has no title besides its own.
  if (r.title.empty()) r.title.swap(r.container);
  r.kind = kind_of(r, bibl);
  return r;
}

std::string name_of(const Person& p) { return p.literal.empty() ? p.family + "|" + p.given : p.literal; }

// What makes two citations one work.
std::string identity(const Reference& r) {
  std::string all = r.authors.empty() ? r.editors.empty() ? "" : name_of(r.editors[0]) : name_of(r.authors[0]);
  all += "\n" + r.title + "\n" + std::to_string(r.issued.year);
  std::string folded;
  for (const char c : all)
    if (c != ' ' && c != '\t') folded += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return folded;
}

/// Any script in letters of ASCII, by Unicode's transliterations (CLDR): 梁苇 is liangwei, Müller is muller.
class Romanizer {
 public:
  Romanizer() {
    UErrorCode error = U_ZERO_ERROR;
    rules_.reset(icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, error));
    if (U_FAILURE(error)) rules_.reset();
  }
  std::string operator()(const std::string& text) const {
    icu::UnicodeString s = icu::UnicodeString::fromUTF8(text);
    if (rules_) rules_->transliterate(s);
    std::string ascii, letters;
    s.toUTF8String(ascii);
    for (const char c : ascii)
      if ((c >= 'a' && c <= 'z') || is_digit(static_cast<unsigned char>(c))) letters += c;
    return letters.substr(0, longest_key);
  }

 private:
  std::unique_ptr<icu::Transliterator> rules_;
};

std::string key_of(const Reference& r, const Romanizer& roman) {
  const std::vector<Person>& by = r.authors.empty() ? r.editors : r.authors;
  std::string key = by.empty() ? "" : roman(by[0].literal.empty() ? by[0].family : by[0].literal);
  if (key.empty()) key = roman(r.title.substr(0, 60)).substr(0, 12);
  if (key.empty()) key = "ref";
  return key + (r.issued.year == 0 ? "" : std::to_string(r.issued.year));
}

// a, b, … z, aa …
std::string letters(std::size_t n) {
  std::string s;
  for (;; n = n / 26 - 1) {
    s.insert(s.begin(), static_cast<char>('a' + n % 26));
    if (n < 26) return s;
  }
}

void name(std::vector<Reference>& all) {
  const Romanizer roman;
  std::map<std::string, std::vector<std::size_t>> same;
  for (std::size_t i = 0; i < all.size(); ++i) same[key_of(all[i], roman)].push_back(i);
  for (const auto& [key, works] : same)
    for (std::size_t k = 0; k < works.size(); ++k) {
      const bool year = is_digit(static_cast<unsigned char>(key.back()));
      all[works[k]].key = works.size() == 1 ? key : key + (year ? "" : "-") + letters(k);
    }
}

struct Gatherer : pugi::xml_tree_walker {
  std::vector<Reference> all;
  std::vector<bool> from_list;
  std::unordered_map<std::string, std::size_t> known;

  bool for_each(pugi::xml_node& node) override {
    if (!is_named(node, "bibl") || is_named(node.parent(), "bibl")) return true;
    Reference r = reference_of(node);
    const bool repeats = *attribute(node, "corresp").data() != '\0';
    if (r.title.empty() || repeats) return true;
    const bool listed = is_named(node.parent(), "listBibl");
    const auto [at, fresh] = known.try_emplace(identity(r), all.size());
    if (fresh) {
      all.push_back(std::move(r));
      from_list.push_back(listed);
      return true;
    }
    Reference& first = all[at->second];
    if (listed && !from_list[at->second]) {
      first = std::move(r);
      from_list[at->second] = true;
    } else if (!listed && !from_list[at->second] && !r.page.empty() && first.page != r.page) {
      if ((", " + first.page + ",").find(", " + r.page + ",") == std::string::npos)
        first.page += (first.page.empty() ? "" : ", ") + r.page;
    }
    return true;
  }
};

}  // namespace

std::vector<Reference> read_references(std::string_view tei) {
  pugi::xml_document document;
  const pugi::xml_node root = parse_tei(tei, document);
  Gatherer gatherer;
  for (pugi::xml_node text : root.children())
    if (!is_named(text, "teiHeader")) text.traverse(gatherer);
  name(gatherer.all);
  return std::move(gatherer.all);
}

}  // namespace emend
