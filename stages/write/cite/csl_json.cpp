// References as CSL-JSON (https://docs.citationstyles.org/en/stable/specification.html, csl-data.json).
#include "stages/write/cite/references.h"
#include "stages/write/pandoc/json.h"

namespace emend {

namespace {

std::string_view type_of(const Reference& r) {
  if (r.kind == "article") return "article-journal";
  if (r.kind == "newspaper") return "article-newspaper";
  if (r.kind == "web") return "webpage";
  return r.kind;  // book, chapter, thesis
}

class Item {
 public:
  void text(std::string_view key, std::string_view value) {
    if (value.empty()) return;
    begin(key);
    append_json(out, value);
  }
  void people(std::string_view key, const std::vector<Person>& people) {
    if (people.empty()) return;
    begin(key);
    out += '[';
    for (const Person& p : people) {
      if (&p != &people.front()) out += ", ";
      out += '{';
      if (!p.literal.empty()) {
        out += "\"literal\": ";
        append_json(out, p.literal);
      } else {
        out += "\"family\": ";
        append_json(out, p.family);
        if (!p.given.empty()) out += ", \"given\": ", append_json(out, p.given);
      }
      out += '}';
    }
    out += ']';
  }
  void date(std::string_view key, const DateParts& d) {
    if (d.year == 0) return;
    begin(key);
    out += "{\"date-parts\": [[" + std::to_string(d.year);
    if (d.month > 0) out += ", " + std::to_string(d.month);
    if (d.month > 0 && d.day > 0) out += ", " + std::to_string(d.day);
    out += "]]}";
  }
  std::string out;

 private:
  void begin(std::string_view key) {
    out += out.empty() ? "    " : ",\n    ";
    append_json(out, key);
    out += ": ";
  }
};

}  // namespace

std::string csl_json(const std::vector<Reference>& all) {
  std::string out = "[";
  for (const Reference& r : all) {
    Item item;
    item.text("id", r.key);
    item.text("type", type_of(r));
    item.people("author", r.authors);
    item.people("editor", r.editors);
    item.people("translator", r.translators);
    item.text("title", r.title);
    item.text("container-title", r.container);
    item.text("collection-title", r.series);
    item.text("publisher", r.publisher);
    item.text("publisher-place", r.place);
    item.text("edition", r.edition);
    item.text("volume", r.volume);
    item.text("issue", r.issue);
    item.text("page", r.page);
    item.date("issued", r.issued);
    item.text("genre", r.genre);
    item.text("DOI", r.doi);
    item.text("URL", r.url);
    item.date("accessed", r.accessed);
    out += (&r == &all.front() ? "\n  {\n" : ",\n  {\n") + item.out + "\n  }";
  }
  return out + (all.empty() ? "]\n" : "\n]\n");
}

}  // namespace emend
