// Makes paragraphs and lists of lines: names what the division of the text found, and says how lines are joined.
#include <algorithm>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "stages/65-paragraphs/division.h"
#include "stages/65-paragraphs/enumeration.h"
#include "stages/65-paragraphs/line_joins.h"
#include "stages/65-paragraphs/list_levels.h"
#include "stages/65-paragraphs/table_proposal.h"
#include "weights/paragraphs.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_paragraphs;
}

namespace {

class Namer {
 public:
  Namer(const Document& d, const Rules& rules, const Division& division, Proposal& out)
      : d_(d), rules_(rules), out_(out), division_(division), lines_(division.lines()) {}

  void run() {
    std::size_t k = name_title_page();
    while (k < lines_.size()) {
      const std::vector<ListItem> list = list_at(k);
      k = division_.table_at(k) != nullptr ? name_table(k, k)
          : division_.table_below(k) != k  ? name_table(k, division_.table_below(k))
          : division_.verse(k) > 0         ? name_verse(k)
          : !list.empty()                  ? name_list(list)
                                           : name_paragraph(k);
    }
    for (const Node& node : d_.blocks)
      if (node.name == "head" || node.name == "note" || node.name == "entry") gather_lines(node);
    for (const Link& link : d_.links)
      if (link.name == "continues") joins_.emplace_back(d_.line_at(link.at.end), d_.line_at(link.to.begin));
    join_lines(d_, rules_, std::move(joins_), out_);
  }

 private:
  std::string_view text(std::size_t k) const { return lines_[k].text; }
  const Line& line(std::size_t k) const { return d_.lines[lines_[k].line]; }

  // Short lines at the very beginning that are no sentences: the title page. Gives the first body line behind it.
  std::size_t name_title_page() {
    if (lines_.empty() || !nothing_before(lines_[0].line)) return 0;
    std::size_t k = 0;
    while (k < lines_.size() && k < paragraphs::title_lines && lines_[k].page == lines_[0].page &&
           columns(text(k)) <= paragraphs::title_columns && may_be_of_title_page(k) && lines_[k].lead == Lead::plain &&
           (k == 0 || only_blank_between(k)) && !runs_on(k) && !division_.in_table(k) &&
           division_.table_below(k) == k && division_.verse(k) <= paragraphs::title_stanza)
      ++k;
    if (k == 0 || (k < lines_.size() && runs_on(k))) return 0;
    const bool apart = k == lines_.size() || lines_[k].between != Between::nothing;
    if (!apart || (k == lines_.size() && !followed_by_text(lines_[k - 1].line))) return 0;
    out_.block(lines_[0].line, lines_[k - 1].line, "titlePage", "", "par.title-page",
               {80, "short lines before all text"});
    return k;
  }

  // Whether line k goes on with a full line: then both are running text, and no title.
  bool runs_on(std::size_t k) const {
    return k > 0 && division_.setting().wrapped() && !division_.begins(k) &&
           division_.setting().look(k).fill == LineBreak::full;
  }

  bool may_be_of_title_page(std::size_t k) const {
    return !ends_sentence(text(k)) || (k > 0 && rules_.test("title-page-line", text(k)) != nullptr);
  }

  bool nothing_before(std::size_t line) const {
    for (std::size_t i = 0; i < line; ++i)
      if (d_.lines[i].block >= 0 && !d_.is(d_.lines[i], "fw")) return false;
    return true;
  }
  bool followed_by_text(std::size_t line) const {
    for (std::size_t i = line + 1; i < d_.lines.size(); ++i)
      if (!trim(d_.lines[i].text).empty()) return true;
    return false;
  }
  bool only_blank_between(std::size_t k) const {
    for (std::size_t i = lines_[k - 1].line + 1; i < lines_[k].line; ++i)
      if (d_.lines[i].block >= 0) return false;
    return true;
  }

  void gather(std::size_t from, std::size_t to) {
    for (std::size_t i = from + 1; i < to; ++i) joins_.emplace_back(lines_[i - 1].line, lines_[i].line);
  }

  std::size_t name_paragraph(std::size_t k) {
    const std::size_t end = division_.paragraph_end(k);
    const Rule* keywords = lines_[k].lead == Lead::keywords ? rules_.test("keywords", text(k)) : nullptr;
    const bool cut = end - k > 1 && lines_[k].page != lines_[end - 1].page;
    const bool quoted = keywords == nullptr && division_.setting().wrapped() && division_.setting().set_in(k, end) &&
                        lines_[k].between != Between::nothing &&
                        (end == lines_.size() || lines_[end].between != Between::nothing);
    if (is_figure_caption(k, end))
      out_.block(lines_[k].line, lines_[end - 1].line, "figure", "", "par.caption", {85, "the caption of a figure"});
    else if (quoted)
      out_.block(lines_[k].line, lines_[end - 1].line, "quote", "", "par.quote", {85, "indented on both sides"});
    else
      out_.block(lines_[k].line, lines_[end - 1].line, keywords != nullptr ? "keywords" : "p", "",
                 keywords != nullptr ? keywords->id
                 : cut               ? "par.across-pages"
                                     : "par.lines",
                 {static_cast<std::uint8_t>(cut ? 85 : 95), cut ? "the sentence goes on behind the page break" : ""});
    gather(k, end);
    return end;
  }

  bool is_figure_caption(std::size_t k, std::size_t end) const {
    if (end > k + 3) return false;
    for (std::size_t i = lines_[k].line; i < lines_[end - 1].line; ++i)
      if (d_.is(d_.lines[i], "figure")) return false;  // of an image between two lines
    const Rule* caption = rules_.test("caption", text(k));
    return caption != nullptr && caption->fact("of") == "figure";
  }

  std::size_t name_verse(std::size_t k) {
    const std::size_t end = k + division_.verse(k);
    out_.block(lines_[k].line, lines_[end - 1].line, "lg", "", "par.verse", {85, "short lines of one measure"});
    for (; k < end; ++k) out_.block(lines_[k].line, lines_[k].line, "l", "", "par.verse", {85, {}});
    return end;
  }

  // The name of the list that line k is an item of: an enumeration or a bullet. Negative: of none. Where the source
  // declares its items, those of an inner list are set in, and have the same bullet as often as another.
  int list_key(std::size_t k) const {
    constexpr int first_bullet = 1 << 24, a_column = 1 << 22, most_columns = 64;
    if (!division_.bullet(k)) return division_.chain(k);
    const Node* said = d_.declaration(line(k));
    const int set_in = said == nullptr || said->name != "item"
                           ? 0
                           : std::min(most_columns, static_cast<int>(lines_[k].indent / paragraphs::set_in));
    return first_bullet + set_in * a_column + static_cast<int>(first_character(text(k)));
  }

  // At most `most` items that follow each other from line k, with their levels.
  std::vector<ListItem> items_from(std::size_t k, std::size_t most) const {
    std::vector<ListItem> items;
    for (std::size_t at = k; at < lines_.size() && items.size() < most && list_key(at) >= 0 &&
                             !division_.in_table(at) && (at == k || lines_[at].between != Between::other);
         at = division_.paragraph_end(at))
      items.push_back({at, division_.paragraph_end(at), list_key(at), lines_[at].indent,
                       division_.bullet(at) || read_item_mark(text(at)).value == 1, 0});
    set_levels(items);
    return items;
  }

  // The list that begins with line k, or nothing. Few items are looked at first, since most lists are short.
  std::vector<ListItem> list_at(std::size_t k) const {
    constexpr std::size_t few = 64;
    std::vector<ListItem> items = items_from(k, few);
    if (items.size() == few) items = items_from(k, lines_.size());
    const auto top = std::count_if(items.begin(), items.end(), [](const ListItem& item) { return item.level == 0; });
    if (!items.empty() && top < 2 && !division_.bullet(k)) items.clear();
    return items;
  }

  // Gives the line behind the list.
  std::size_t name_list(const std::vector<ListItem>& items) {
    name_level(items, 0, items.size());
    return items.back().end;
  }

  // Items [from, to), all on the level of the first or below it.
  void name_level(const std::vector<ListItem>& items, std::size_t from, std::size_t to) {
    const bool bulleted = division_.bullet(items[from].first);
    out_.block(lines_[items[from].first].line, lines_[items[to - 1].end - 1].line, "list",
               bulleted ? "rend=bulleted" : "rend=numbered", bulleted ? "par.list" : "par.numbered",
               {static_cast<std::uint8_t>(bulleted ? 90 : 85), bulleted ? "" : "the numbers count on from one"});
    for (std::size_t i = from, next; i < to; i = next) {
      next = i + 1;
      while (next < to && items[next].level > items[i].level) ++next;
      name_item(items[i], items[next - 1].end);
      if (next > i + 1) name_level(items, i + 1, next);
    }
  }

  // An item, whose block goes to body line `end`: the lists in it are part of it.
  void name_item(const ListItem& item, std::size_t end) {
    const std::size_t k = item.first;
    std::size_t begin = 0, length = read_item_mark(text(k)).length;
    std::string_view rule = "par.number";
    if (division_.bullet(k)) {
      const bool lone = lines_[k].lead == Lead::lone_bullet;
      const std::string mark = lone ? std::string(text(k)) + " x" : std::string(text(k));
      Match m = rules_.find("marker", mark);
      if (!m) m = rules_.find("dash", mark);
      const std::string_view shown = m.groups[m.groups.size() > 1];
      begin = static_cast<std::size_t>(shown.data() - mark.data());
      length = begin + shown.size();
      rule = m.rule->id;
    }
    out_.block(lines_[k].line, lines_[end - 1].line, "item", "", rule, {90, {}});
    const std::string_view whole = line(k).text;
    const auto at = static_cast<std::size_t>(text(k).data() - whole.data());
    std::size_t behind = std::min(at + length, whole.size());
    while (behind < whole.size() && whole[behind] == ' ') ++behind;
    out_.phrase(line(k), at + begin, behind, "marker", "", "par.marker");
    gather(k, item.end);
  }

  // A table from line k, with the caption above it if its rows begin further down.
  std::size_t name_table(std::size_t k, std::size_t rows) {
    const CellTable& table = *division_.table_at(rows);
    const std::size_t end = table.last + 1;
    if (!table.certain) {
      out_.block(lines_[k].line, lines_[end - 1].line, "p", "", "par.lines", {70, "lines of a table, perhaps"});
      out_.doubt(d_.hull(lines_[k].line, lines_[end - 1].line), "par.table",
                 {50, "this looks like a table, but its columns are not certain"});
      return end;
    }
    out_.block(lines_[k].line, lines_[end - 1].line, "table", "", "par.table", {90, "cells below each other"});
    if (k < rows) {
      out_.block(lines_[k].line, lines_[rows - 1].line, "caption", "", "par.caption", {90, {}});
      gather(k, rows);
    }
    propose_rows(table, d_, lines_, out_);
    return end;
  }

  void gather_lines(const Node& node) {
    const auto [first, last] = d_.lines_of({node.at.begin, node.at.end + 1});
    std::size_t before = d_.lines.size();
    for (std::size_t i = first; i < last; ++i) {
      if (d_.block_of(d_.lines[i]) != &node || trim(d_.lines[i].text).empty()) continue;
      if (before < d_.lines.size()) joins_.emplace_back(before, i);
      before = i;
    }
  }

  const Document& d_;
  const Rules& rules_;
  Proposal& out_;
  const Division& division_;
  const std::vector<BodyLine>& lines_;
  LinePairs joins_;
};

void run(const Document& d, const Rules& rules, Proposal& out) {
  const Division division(d, rules);
  Namer(d, rules, division, out).run();
}

}  // namespace

extern const Stage stage_paragraphs{.name = "paragraphs",
                                    .summary = "Make paragraphs of lines, across notes and pages",
                                    .needs = "notes headings contents",
                                    .provides = "paragraphs",
                                    .rules = &embedded::rules_paragraphs,
                                    .run = run};

}  // namespace emend
