// Facts in the order of their weight: what an archive's notice says, what the title page says; and the parts of the
// page.
#include "stages/90-metadata/title_page.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "pipeline/text/dates.h"
#include "pipeline/text/script.h"
#include "stages/90-metadata/names.h"
#include "stages/90-metadata/opening.h"
#include "stages/90-metadata/title.h"

namespace emend {

namespace {

bool is_person(std::string_view role) {
  return role == "author" || role == "editor" || role == "translator" || role == "illustrator" || role == "supervisor";
}

std::string_view part_of(std::string_view role) {
  if (role == "title" || role == "subtitle") return "titlePart";
  if (is_person(role)) return "byline";
  if (role == "date") return "docDate";
  return role == "publisher" || role == "place" ? "docImprint" : std::string_view{};
}

class TitlePage {
 public:
  TitlePage(const Document& d, const Rules& rules, Proposal& out)
      : d_(d), rules_(rules), out_(out), lines_(read_opening(d, rules)) {}

  void run() {
    read_frame();
    for (const BookFact& fact : find_title(d_, rules_, lines_))
      tell(fact.name, fact.value, fact.at, fact.rule, fact.because);
    for (const OpeningLine& line : lines_) tell(line);
    tell_said_authors();
    const bool titled =
        std::any_of(lines_.begin(), lines_.end(), [](const OpeningLine& l) { return l.role == "title"; });
    for (std::size_t i = 0; titled && i < lines_.size();) i = name_part(i);
  }

 private:
  // An archive names the book in its notice: only lines with a label count there.
  void read_frame() {
    std::set<std::string_view> told;
    for (const Node& block : d_.blocks) {
      if (block.name != "fw" || block.get("part") != "frame") continue;
      const auto [first, end] = d_.lines_of({block.at.begin, block.at.end + 1});
      for (std::size_t i = first; i < end; ++i) {
        const OpeningLine line = read_line(d_, rules_, i);
        if (line.rule.find(".label-") == line.rule.npos || line.facts.empty()) continue;
        std::string words(line.facts[0].second);
        while (i + 1 < end && indent(d_.lines[i + 1].text) > 0) words.append(" ").append(trim(d_.lines[++i].text));
        tell(line, line.role, words);
        told.insert(line.role);
      }
    }
    from_frame_ = std::move(told);
  }

  // ---- facts

  // What the frame says, the title page does not say again; and nothing is said twice.
  void tell(std::string_view name, std::string_view value, Span at, std::string_view rule, Because because) {
    if (!from_frame_.contains(name) && told_.emplace(name, value).second) out_.meta(name, value, at, rule, because);
  }

  void tell(const OpeningLine& line, std::string_view role, std::string_view words) {
    const Span at = d_.lines[line.line].at;
    const Because because{line.sure, line.why};
    if (is_person(role)) {
      for (const std::string_view person : persons_in(words, rules_))
        tell(role, name_of(person), at, "metadata.person", because);
    } else if (role == "title" || role == "subtitle") {
      tell(role, words, at, role == "title" ? "metadata.title" : "metadata.subtitle", because);
    } else {
      tell("source:" + std::string(role), words, at, "metadata.imprint", because);
    }
  }

  // Whom the file names, where the book names nobody.
  void tell_said_authors() {
    if (std::any_of(told_.begin(), told_.end(), [](const auto& fact) { return fact.first == "author"; })) return;
    for (const Meta& said : d_.metas)
      if (said.name == "file:author")
        for (const std::string_view person : named_persons(said.value, rules_).persons)
          tell("author", name_of(person), Span{0, 0}, "metadata.said",
               {60, "the file says so, and no line of the book"});
  }

  void tell(const OpeningLine& line) {
    for (const auto& [role, words] : line.facts)
      if (role != "title" && role != "subtitle") tell(line, role, words);
  }

  // ---- parts of the title page

  // Names the part that begins at line i, and gives the line behind it. Lines of one part stand together; what is
  // between them must be of the title page itself.
  std::size_t name_part(std::size_t i) {
    const std::string_view role = lines_[i].role, part = part_of(role);
    const bool label = lines_[i].facts.empty() && is_person(role);  // "by" alone in its line
    std::size_t last = i;
    while (last + 1 < lines_.size() && lines_[last + 1].role == role &&
           (role == "title" || role == "subtitle" || (label && last == i)))
      ++last;
    if (part.empty() || !stands_whole(i, last)) return last + 1;
    std::string attributes = role == "title" ? "type=main" : role == "subtitle" ? "type=sub" : "";
    if (role == "date" && !lines_[i].facts.empty())
      if (const std::string when = date_when(lines_[i].facts[0].second); !when.empty()) attributes = "when=" + when;
    out_.block(lines_[i].line, lines_[last].line, part, attributes, "metadata.part", {95, lines_[i].why});
    for (std::size_t k = i + 1; k <= last; ++k)
      out_.join(d_.lines[lines_[k].line], between_lines(lines_[k - 1].text, lines_[k].text), "metadata.part");
    if (role == "author") name_authors(lines_[last]);
    return last + 1;
  }

  bool stands_whole(std::size_t first, std::size_t last) const {
    if (!lines_[first].on_title_page || !lines_[last].on_title_page) return false;
    const Node* page = d_.block_of(d_.lines[lines_[first].line]);
    for (std::size_t i = lines_[first].line; i <= lines_[last].line; ++i)
      if (!trim(d_.lines[i].text).empty() && d_.block_of(d_.lines[i]) != page) return false;
    return true;
  }

  void name_authors(const OpeningLine& line) {
    const Line& whole = d_.lines[line.line];
    for (const auto& [role, words] : line.facts) {
      if (role != "author") continue;
      for (const std::string_view person : persons_in(words, rules_)) {
        const auto begin = static_cast<std::size_t>(person.data() - whole.text.data());
        out_.phrase(whole, begin, begin + person.size(), "docAuthor", "", "metadata.person");
      }
    }
  }

  const Document& d_;
  const Rules& rules_;
  Proposal& out_;
  std::vector<OpeningLine> lines_;
  std::set<std::pair<std::string, std::string>> told_;
  std::set<std::string_view> from_frame_;  // facts that the archive's notice gives
};

}  // namespace

void take_title_page(const Document& d, const Rules& rules, Proposal& out) { TitlePage(d, rules, out).run(); }

}  // namespace emend
