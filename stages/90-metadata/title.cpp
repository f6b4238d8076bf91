// The title is what is called so, or what returns as a running head, else the first lines that are nothing else; below
// it stand the subtitle, the names of persons and, above date and publisher, a place.
#include "stages/90-metadata/title.h"

#include <algorithm>
#include <optional>

#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "stages/90-metadata/names.h"
#include "stages/90-metadata/running_heads.h"
#include "stages/90-metadata/title_words.h"
#include "weights/metadata.h"

namespace emend {

namespace {

constexpr std::string_view misread = "misread", nothing = "none";

class TitleFinder {
 public:
  TitleFinder(const Document& d, const Rules& rules, std::vector<OpeningLine>& lines)
      : d_(d), rules_(rules), lines_(lines), heads_(running_heads(d)) {}

  std::vector<BookFact> find() {
    drop_debris();
    const bool found = labelled() || said_by_file() || returns_over_pages() || set_largest() || stands_first() ||
                       runs_over_the_book() || soft_line() || said_alone();
    if (found && titled_) {
      find_places();
      find_subtitle();
      find_persons();
    }
    return std::move(facts_);
  }

 private:
  bool open(std::size_t i) const { return i < lines_.size() && lines_[i].open(); }

  // What is no line of a book's script where others are was misread, unless it returns as a running head.
  void drop_debris() {
    const std::string_view language = d_.meta("language");
    const bool han = language.starts_with("zh") || language.starts_with("ja");
    const bool any =
        std::any_of(lines_.begin(), lines_.end(), [](const OpeningLine& l) { return l.open() && mostly_han(l.text); });
    for (OpeningLine& line : lines_)
      if (line.open() && !is_words(line.text))
        line.role = misread;
      else if (line.open() && han && any && !mostly_han(line.text) && !returns(line.text))
        line.role = misread;
  }

  bool returns(std::string_view text) const {
    const auto found = heads_.find(folded(text));
    return found != heads_.end() && found->second.times > metadata::most_heads;
  }

  std::string joined(std::size_t first, std::size_t last) const {
    std::string text(lines_[first].text);
    for (std::size_t i = first + 1; i <= last; ++i)
      text.append(between_lines(lines_[i - 1].text, lines_[i].text)).append(lines_[i].text);
    return text;
  }

  // ---- the title

  bool labelled() {
    for (std::size_t i = 0; i < lines_.size(); ++i)
      if (lines_[i].role == "title" && !lines_[i].facts.empty())
        return give(i, i, std::string(lines_[i].facts[0].second), {95, lines_[i].why});
    return false;
  }

  // Programs name files as they like; what stands on the title page as well is the title.
  bool said_by_file() {
    const std::u32string said = folded(d_.meta("file:title"));
    if (said.size() < metadata::shortest_said) return false;
    for (std::size_t i = 0; i < lines_.size(); ++i)
      for (std::size_t k = i; open(k) && k < i + metadata::most_title_lines; ++k)
        if (folded(joined(i, k)) == said)
          return give(i, k, joined(i, k), {95, "the file says so, and it stands before the text"});
    return false;
  }

  // Where no line of the book seems to be its title.
  bool said_alone() {
    const std::string_view said = d_.meta("file:title");
    if (said.empty() || !is_words(said) || rules_.test("no-title", said) != nullptr) return false;
    facts_.push_back(
        {"title", std::string(said), Span{0, 0}, "metadata.said", {60, "the file says so, and no line of the book"}});
    return true;
  }

  bool returns_over_pages() {
    std::size_t most = metadata::most_heads, from = 0, to = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i)
      for (std::size_t k = i; open(k) && k < i + metadata::most_title_lines; ++k) {
        const auto found = heads_.find(folded(joined(i, k)));
        if (found == heads_.end() || found->second.times <= most || (k == i && is_name_beside_title(i))) continue;
        most = found->second.times;
        from = i;
        to = k;
      }
    if (most > metadata::most_heads) return give(from, to, joined(from, to), {90, "it comes again as a running head"});
    return returns_read_otherwise();
  }

  // Articles have their author over the pages, too; but a book may be called by a name.
  bool is_name_beside_title(std::size_t name) const {
    const auto is_name = [&](std::size_t i) { return named_persons(lines_[i].text, rules_).evidence >= 2; };
    if (!is_name(name)) return false;
    for (std::size_t i = 0; i < lines_.size(); ++i)
      if (open(i) && !is_name(i) && rules_.test("subtitle", lines_[i].text) == nullptr) return true;
    return false;
  }

  // Misread on the title page, and read well over the pages.
  bool returns_read_otherwise() {
    const RunningHead* best = nullptr;
    std::size_t from = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!open(i) && lines_[i].role != misread) continue;
      const std::u32string words = folded(lines_[i].text);
      for (const auto& [fold, head] : heads_)
        if (head.times > (best == nullptr ? metadata::most_heads : best->times) && words.size() > 2 &&
            similarity(words, fold, metadata::same_words) >= metadata::same_words)
          best = &head, from = i;
    }
    // A running head that adds something to the printed line, as who wrote it, leaves the line as it is.
    if (best != nullptr && folded(best->text).starts_with(folded(lines_[from].text)))
      return give(from, from, std::string(lines_[from].text), {85, "it comes again in the running heads"});
    return best != nullptr &&
           give(from, from, std::string(best->text), {85, "it comes again, read otherwise, as a running head"});
  }

  // The first run of lines that are nothing else; names and subtitles only if there is nothing better.
  // In percent of the book's type, where its fonts are known; 0: no larger.
  int size_of(std::size_t i) const {
    const Node* said = d_.declaration(d_.lines[lines_[i].line]);
    return said != nullptr && (said->name == "display" || said->name == "edge")
               ? read_whole_number(said->get("size")).value
               : 0;
  }

  // The largest type of a title page is its title's; what is as large below it may be a name.
  bool set_largest() {
    if (d_.meta("type") != "told") return false;  // sizes of scans are guesses
    int largest = 0;
    const auto counts = [&](std::size_t i) { return open(i) && lines_[i].on_title_page; };
    for (std::size_t i = 0; i < lines_.size(); ++i)
      if (counts(i)) largest = std::max(largest, size_of(i));
    if (largest < metadata::least_title) return false;
    const auto is_large = [&](std::size_t i) { return counts(i) && size_of(i) * 100 >= largest * metadata::same_size; };
    std::size_t first = 0;
    while (!is_large(first)) ++first;
    std::size_t last = first;
    const auto goes_on_large = [&](std::size_t i) {
      return is_large(i) && !lines_[i].apart && lines_[i].line <= lines_[i - 1].line + 2 &&
             i < first + metadata::most_title_lines;
    };
    while (goes_on_large(last + 1)) ++last;
    return give(first, last, joined(first, last), {85, "it is set largest on the title page"});
  }

  bool stands_first() {
    std::optional<std::size_t> any, first;
    for (std::size_t i = 0; i < lines_.size() && !first; ++i) {
      if (!open(i)) continue;
      const bool subtitle = any && rules_.test("subtitle", lines_[i].text) != nullptr;
      const NamedPersons names = named_persons(lines_[i].text, rules_);
      if (!any) any = i;
      if (!subtitle && (names.persons.empty() || names.evidence < 2)) first = i;
    }
    if (!any) return false;
    const bool page = lines_[*any].on_title_page, alone = first == any;
    if (!first) first = any;  // a book about a person, with a subtitle or a name below
    if (!page && !stands_as_title(*first)) return false;
    std::size_t last = *first;
    bool sure = true;
    while (last + 1 < *first + metadata::most_title_lines && goes_on(last, sure)) ++last;
    if (!page && last + 1 >= *first + metadata::most_title_lines) return false;  // that long it is text
    return give(*first, last, joined(*first, last),
                {static_cast<std::uint8_t>(!page             ? 70
                                           : !sure || !alone ? 75
                                                             : 85),
                 page ? "it stands first on the title page" : "it stands before the text, apart from it"});
  }

  // Whether the title that line i ends goes on in the next.
  bool goes_on(std::size_t i, bool& sure) const {
    if (!open(i + 1) || lines_[i + 1].line > lines_[i].line + 3) return false;
    const OpeningLine &here = lines_[i], &next = lines_[i + 1];
    if (folded(here.text) == folded(next.text)) return false;
    if (here.on_title_page != next.on_title_page && next.apart) return false;
    if (rules_.test("goes-on", here.text) != nullptr) return true;
    if (rules_.test("subtitle", next.text) != nullptr || is_place(i + 1)) return false;
    if (is_lower(first_character(next.text))) return true;
    if (!has_lower(here.text) && rules_.test("goes-on-here", next.text) != nullptr) return true;
    if (is_person(i + 1)) return false;
    if (next.apart && !(all_apart() && columns(here.text) >= metadata::full_line)) return false;
    const bool face = has_lower(here.text) == has_lower(next.text);
    sure = sure && face && !next.apart;
    return face || !next.apart;
  }

  bool all_apart() const {
    return std::all_of(lines_.begin() + 1, lines_.end(), [](const OpeningLine& l) { return l.apart; });
  }

  // A first line of the text that is set as a title: apart, or with names, dates or addresses behind it.
  bool stands_as_title(std::size_t first) const {
    const std::string_view text = lines_[first].text;
    if (folded(text).size() < 2 || is_lower(first_character(text)) || text.ends_with('/') || text.ends_with('-'))
      return false;
    const bool imprint = std::any_of(lines_.begin(), lines_.end(), [](const OpeningLine& l) {
      return l.role == "author" || l.role == "publisher" || l.role == "degree";
    });
    if ((text.ends_with('.') || is_han_sentence(text)) && !imprint) return false;
    for (std::size_t i = 0; i < lines_.size(); ++i)
      if (i != first && lines_[i].role != misread && (!open(i) || is_person(i))) return true;
    const std::size_t below = lines_[first].line + 1;
    const bool apart = first + 1 < lines_.size() ? lines_[first + 1].apart
                                                 : below < d_.lines.size() && trim(d_.lines[below].text).empty();
    return first == 0 && apart && d_.meta("markup").empty();
  }

  // What runs over many of the pages and is no chapter, where the title page cannot be read.
  bool runs_over_the_book() {
    std::size_t all = 0;
    const RunningHead* most = nullptr;
    for (const auto& [fold, head] : heads_) {
      all += head.times;
      if (fold.size() < 2 || (most != nullptr && head.times <= most->times)) continue;
      const bool chapter = std::any_of(d_.blocks.begin(), d_.blocks.end(), [&, &words = fold](const Node& b) {
        return b.name == "head" && folded(d_.lines[d_.line_at(b.at.begin)].text) == words;
      });
      if (!chapter && rules_.test("line", head.text) == nullptr) most = &head;
    }
    if (most == nullptr || most->times <= metadata::most_heads || 5 * most->times < 2 * all) return false;
    facts_.push_back(
        {"title", std::string(most->text), most->at, "metadata.title", {75, "it runs over the pages of the book"}});
    return true;
  }

  // A school or a publisher that stands first where nothing else could be the title.
  bool soft_line() {
    for (std::size_t i = 0; i < lines_.size() && lines_[i].on_title_page; ++i)
      if (lines_[i].role == "institution" || lines_[i].role == "publisher" || lines_[i].role == "edition")
        return give(i, i, std::string(lines_[i].text), {70, "it stands first on the title page"});
    return false;
  }

  bool give(std::size_t first, std::size_t last, std::string title, Because because) {
    last_ = last;
    titled_ = true;
    title = without_title_marks(title);
    title_ = folded(title);
    for (std::size_t i = first; i <= last; ++i) lines_[i].role = "title";
    facts_.push_back(
        {"title", std::move(title), d_.hull(lines_[first].line, lines_[last].line), "metadata.title", because});
    return true;
  }

  // ---- what stands below it

  // Between persons or title and the date or publisher stands a place.
  bool is_place(std::size_t i) const {
    if (i == 0 || i + 1 >= lines_.size() || !lines_[i].on_title_page ||
        wider_than(lines_[i].text, metadata::longest_place))
      return false;
    if (rules_.test("no-name", lines_[i].text) != nullptr ||
        !(is_upper(first_character(lines_[i].text)) || is_han(first_character(lines_[i].text))))
      return false;
    return lines_[i].open() && (lines_[i + 1].role == "date" || lines_[i + 1].role == "publisher") && lines_[i].apart;
  }

  void find_places() {
    for (std::size_t i = last_ + 1; i < lines_.size(); ++i)
      if (is_place(i) && !is_person(i)) lines_[i].be("place", "it stands above date or publisher"), lines_[i].sure = 80;
  }

  void find_subtitle() {
    for (const OpeningLine& line : lines_)
      if (line.role == "subtitle" && !line.facts.empty()) {
        facts_.push_back({"subtitle",
                          std::string(line.facts[0].second),
                          d_.lines[line.line].at,
                          "metadata.subtitle",
                          {95, line.why}});
        return;
      }
    const std::size_t first = last_ + 1;
    if (!open(first) || folded(lines_[first].text) == title_) return;
    const bool kind = rules_.test("subtitle", lines_[first].text) != nullptr;
    if (!kind && (is_person(first) || !lines_[first].on_title_page)) return;
    std::size_t last = first;
    bool sure = true;
    while (last + 1 < first + metadata::most_title_lines && goes_on(last, sure)) ++last;
    facts_.push_back({"subtitle",
                      joined(first, last),
                      d_.hull(lines_[first].line, lines_[last].line),
                      "metadata.subtitle",
                      {static_cast<std::uint8_t>(kind ? 85 : 70), "it stands below the title"}});
    for (std::size_t i = first; i <= last; ++i) lines_[i].role = "subtitle";
  }

  // Authors of an article one below the other, above where they work. Of two such lines the first may end the title.
  bool in_row_of_names(std::size_t i) const {
    const auto may_name = [&](std::size_t k) {
      return k < lines_.size() && (open(k) || lines_[k].role == "author") &&
             !named_persons(lines_[k].text, rules_).persons.empty();
    };
    std::size_t first = i, end = i;
    while (first > 0 && may_name(first - 1)) --first;
    while (may_name(end)) ++end;
    return end >= first + metadata::row && end < lines_.size() && lines_[end].role == "institution";
  }

  bool is_person(std::size_t i) const {
    const NamedPersons names = named_persons(lines_[i].text, rules_);
    if (names.persons.empty()) return false;
    if (in_row_of_names(i)) return true;
    int evidence = names.evidence + returns(lines_[i].text);
    evidence += i > 0 && has_lower(lines_[i].text) != has_lower(lines_[i - 1].text);
    evidence += i > 0 && lines_[i].apart && !all_apart();
    if (i + 1 < lines_.size() && !lines_[i + 1].open() && lines_[i + 1].role != "title")
      evidence += lines_[i + 1].role == "institution" || lines_[i + 1].role == nothing ? 2 : 1;
    const bool in_text = i > 0 && !lines_[i].on_title_page;
    const bool second = i == 1 || lines_[i].apart || (i > 0 && lines_[i - 1].apart);  // of its paragraph, or the first
    if (in_text && second && i + 1 == lines_.size()) evidence += 2;                   // right above the text
    if (in_text && evidence < 2 && open(i + 1) && is_person(i + 1)) evidence += 2;    // right above another
    return evidence >= 2;
  }

  void find_persons() {
    if (std::any_of(lines_.begin(), lines_.end(), [](const OpeningLine& l) { return l.role == "author"; })) return;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!open(i) || !is_person(i)) continue;
      const bool strong = returns(lines_[i].text) || named_persons(lines_[i].text, rules_).evidence >= 3;
      lines_[i].be("author", "a name, by its form and place");
      lines_[i].sure = strong ? 85 : 75;
    }
  }

  const Document& d_;
  const Rules& rules_;
  std::vector<OpeningLine>& lines_;
  RunningHeads heads_;
  std::vector<BookFact> facts_;
  std::u32string title_;
  std::size_t last_ = 0;  // line of the title
  bool titled_ = false;   // the title is a line of the opening
};

}  // namespace

std::string_view between_lines(std::string_view before, std::string_view after) {
  const bool han = is_cjk(last_character(before)) || last_character(before) == U'·';
  return han && is_cjk(first_character(after)) ? "" : " ";
}

std::vector<BookFact> find_title(const Document& d, const Rules& rules, std::vector<OpeningLine>& lines) {
  return TitleFinder(d, rules, lines).find();
}

}  // namespace emend
