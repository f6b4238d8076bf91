// Writes citations into the document, and finds what those mean that stand for another.
#include "stages/82-citations/cited.h"

#include <algorithm>
#include <utility>

#include "pipeline/text/dates.h"
#include "pipeline/text/persons.h"
#include "weights/citations.h"

namespace emend {

namespace {

constexpr std::size_t work_reach = 3000;  // citations that a search for an author's work goes back

bool wrote(const Cited& c, const std::string& author) {
  return std::find(c.authors.begin(), c.authors.end(), author) != c.authors.end();
}

}  // namespace

// The phrases of a part; more than one where a line ends in it. False if none could be named.
bool CitedWorks::name_part(const CitationUnit& unit, const CitationPart& part, const std::string& attributes,
                           std::string_view rule, Because because, Span& named) {
  bool any = false;
  for (std::size_t k = 0; k < unit.pieces.size(); ++k) {
    const Line& line = d_.lines[unit.pieces[k].line];
    const std::size_t from = unit.pieces[k].begin, to = from + line.text.size();
    if (part.end <= from || part.begin >= to) continue;
    std::size_t begin = std::max(part.begin, from) - from, end = std::min(part.end, to) - from;
    while (begin < end && line.text[begin] == ' ') ++begin;
    while (end > begin && line.text[end - 1] == ' ') --end;
    const Span span = out_.phrase(line, begin, end, part.name, attributes + (any ? "\ncontinues=yes" : ""), rule,
                                  any ? Because{95, {}} : because);
    if (span.empty()) continue;
    if (!any) named = span;
    any = true;
  }
  return any;
}

// The stars on both sides of a title are its emphasis, and are not printed.
void CitedWorks::hide_stars(const CitationUnit& unit, const CitationPart& title) {
  std::size_t n = 0;
  while (n < title.begin && title.end + n < unit.text.size() && unit.text[title.begin - n - 1] == '*' &&
         unit.text[title.end + n] == '*')
    ++n;
  for (const std::size_t from : {title.begin - n, title.end})
    for (const CitationUnit::Piece& piece : unit.pieces) {
      const Line& line = d_.lines[piece.line];
      if (n == 0 || from < piece.begin || from + n > piece.begin + line.text.size()) continue;
      out_.edit(line, from - piece.begin, from + n - piece.begin, "", "citations.emphasis");
    }
}

std::optional<std::size_t> CitedWorks::write(const CitationUnit& unit, const Citation& c, std::string_view rule,
                                             Cited cited) {
  const std::string key = "bibl=" + std::to_string(source_byte(d_, unit, c.begin));
  bool first = true;
  for (const CitationPart& part : c.parts) {
    std::string attributes = key + (part.attributes.empty() ? "" : "\n" + part.attributes);
    if (first && !c.kind.empty()) attributes += "\nkind=" + c.kind;
    Span named;
    if (!name_part(unit, part, attributes, rule, first ? Because{c.sure, c.reason} : Because{95, {}}, named)) continue;
    if (part.name == "title") hide_stars(unit, part);
    if (first) cited.first = named;
    first = false;
    const std::string text = unit.text.substr(part.begin, part.end - part.begin);
    if (part.name == "ref" && c.again != Again::none) cited.again = named;
    if (part.name == "author" || part.name == "editor") cited.authors.push_back(surname(text));
    if (part.name == "date" && cited.year.empty()) cited.year = date_when(text).substr(0, 4);
  }
  if (first) return {};
  if (c.again == Again::year) cited.again = cited.first;
  cited_.push_back(std::move(cited));
  return cited_.size() - 1;
}

void CitedWorks::index_entries() {
  std::sort(cited_.begin(), cited_.end(), [](const Cited& a, const Cited& b) { return a.first.begin < b.first.begin; });
  for (std::size_t i = 0; i < cited_.size(); ++i)
    for (const std::string& author : cited_[i].authors) {
      entries_.emplace(author + " " + cited_[i].year, i);
      entries_.emplace(author, i);
    }
}

std::optional<std::size_t> CitedWorks::entry_of(const CitationUnit& unit, const Citation& c) const {
  std::string author, year;
  for (const CitationPart& part : c.parts) {
    const std::string text = unit.text.substr(part.begin, part.end - part.begin);
    if (part.name == "author" && author.empty()) author = surname(text);
    if (part.name == "date" && year.empty()) year = date_when(text).substr(0, 4);
  }
  const auto found = year.empty() ? entries_.end() : entries_.find(author + " " + year);
  return found == entries_.end() ? std::nullopt : std::optional(found->second);
}

void CitedWorks::write_again(const CitationUnit& unit, const Citation& c, const Cited& cited) {
  std::optional<std::size_t> meant;
  if (c.again == Again::year && !(meant = entry_of(unit, c))) return;
  const std::optional<std::size_t> self = write(unit, c, "citations.again", cited);
  if (!self) return;
  std::uint8_t sure = c.sure;
  if (!meant) meant = meant_by(c, *self, sure);
  if (!meant) {
    out_.doubt(cited_[*self].again, "citations.again", {55, "no citation before it is what these words mean"});
    return;
  }
  while (cited_[*meant].means) meant = cited_[*meant].means;
  cited_[*self].means = meant;
  if (cited_[*self].authors.empty()) cited_[*self].authors = cited_[*meant].authors;
  if (!cited_[*self].again.empty())
    out_.link("cites", cited_[*self].again, cited_[*meant].first, "citations.again", {sure, {}});
}

std::optional<std::size_t> CitedWorks::meant_by(const Citation& c, std::size_t self, std::uint8_t& sure) const {
  switch (c.again) {
    case Again::ibid: return last_before(self, sure);
    case Again::number: return of_note(self, c.number);
    default: return of_author(self);
  }
}

// The citation before: in this note, or the last of the note before.
std::optional<std::size_t> CitedWorks::last_before(std::size_t self, std::uint8_t& sure) const {
  for (std::size_t i = self; i-- > 0;) {
    if (cited_[i].entry) continue;
    const std::size_t apart = cited_[self].note - cited_[i].note;
    if (apart > citations::ibid_reach) return {};
    const bool among_others = apart > 0 && i > 0 && !cited_[i - 1].entry && cited_[i - 1].note == cited_[i].note;
    if (apart > 1 || among_others) sure = 75;
    return i;
  }
  return {};
}

// The nearest note before with that number; in it, the work of that author if one is named.
std::optional<std::size_t> CitedWorks::of_note(std::size_t self, int number) const {
  std::optional<std::size_t> found;
  for (std::size_t i = self; i-- > 0 && self - i < work_reach;) {
    if (cited_[i].entry || cited_[i].number != number || cited_[i].note == cited_[self].note) {
      if (found && cited_[i].note != cited_[*found].note) break;
      continue;
    }
    if (found && cited_[i].note != cited_[*found].note) break;
    if (cited_[self].authors.empty() || wrote(cited_[i], cited_[self].authors.front())) found = i;
  }
  return found;
}

std::optional<std::size_t> CitedWorks::of_author(std::size_t self) const {
  if (cited_[self].authors.empty()) return {};
  const std::string& author = cited_[self].authors.front();
  for (std::size_t i = self; i-- > 0 && self - i < work_reach;)
    if (!cited_[i].entry && wrote(cited_[i], author)) return i;
  const auto found = entries_.find(author);
  return found == entries_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace emend
