// Makes paragraphs and lists of lines: across line ends, columns, notes and pages; and says how lines are joined.
//
// Two kinds of text come in. Transcripts have a line for a paragraph, and a line that breaks off was cut by a page.
// Extracted pages have lines of one width; there each line end is weighed by how full the line is, by blank lines,
// indentation and the sentence, as the book's own lines show them to count (`ParagraphModel`).
#include <algorithm>
#include <optional>
#include <span>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "stages/65-paragraphs/displays.h"
#include "stages/65-paragraphs/enumeration.h"
#include "stages/65-paragraphs/line_joins.h"
#include "stages/65-paragraphs/line_leads.h"
#include "stages/65-paragraphs/list_levels.h"
#include "stages/65-paragraphs/measure.h"
#include "stages/65-paragraphs/page_lines.h"
#include "stages/65-paragraphs/paragraph_model.h"
#include "stages/65-paragraphs/table_proposal.h"
#include "stages/65-paragraphs/verse.h"
#include "stages/65-paragraphs/works.h"
#include "weights/paragraphs.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_paragraphs;
}

namespace {

// A mark's kind of list. Chinese numerals and numbers in square brackets begin paragraphs (sections, works cited).
bool makes_items(const ItemMark& mark, std::string_view text) {
  return mark.form != Numeral::chinese && text[0] != '[' && !text.starts_with("［") && !text.starts_with("〔");
}

// The stop of a sentence that extraction set on a line of its own.
bool is_stop_alone(std::string_view s) { return s == "。" || s == "！" || s == "？" || s == "．"; }

class Builder {
 public:
  Builder(const Document& d, const Rules& rules, Proposal& out)
      : d_(d), rules_(rules), out_(out), lines_(body_lines(d)) {
    find_tables();
    find_formulas();
    read_leads(lines_, rules_);
    read_last_words(lines_, rules_);
    heed_declared_items();
    verse_ = find_stanzas(lines_, in_table_);
    setting_.emplace(lines_);
    find_lists();
    find_paragraphs();
    find_dashes();
    find_verse();
  }

  void run() {
    std::size_t k = name_title_page();
    while (k < lines_.size()) {
      const std::vector<ListItem> list = list_at(k);
      k = table_at(k) != nullptr ? name_table(k, k)
          : table_below(k) != k  ? name_table(k, table_below(k))
          : verse_[k] > 0        ? name_verse(k)
          : !list.empty()        ? name_list(list)
                                 : name_paragraph(k);
    }
    for (const Node& node : d_.blocks)
      if (node.name == "head" || node.name == "note" || node.name == "entry") gather_lines(node);
    for (const Link& link : d_.links)
      if (link.name == "continues") joins_.emplace_back(d_.line_at(link.at.end), d_.line_at(link.to.begin));
    join_lines(d_, rules_, std::move(joins_), out_);
  }

 private:
  enum class Known : std::uint8_t { begins, continues, open };

  std::string_view text(std::size_t k) const { return lines_[k].text; }
  const Line& line(std::size_t k) const { return d_.lines[lines_[k].line]; }

  // Dashes that the source declares to be bullets.
  void heed_declared_items() {
    for (std::size_t k = 0; k < lines_.size(); ++k)
      if (lines_[k].lead == Lead::plain && declared(k, "item") && rules_.test("dash", text(k)) != nullptr)
        lines_[k].lead = Lead::bullet, lines_[k].hang += 2;
  }
  bool declared(std::size_t k, std::string_view name) const {
    const Node* said = d_.declaration(line(k));
    return said != nullptr && said->name == name;
  }

  // ---- what belongs together

  void find_tables() {
    tables_ = emend::find_tables(d_, lines_);
    in_table_.assign(lines_.size(), 0);
    for (const CellTable& table : tables_)
      std::fill(in_table_.begin() + static_cast<std::ptrdiff_t>(table.first),
                in_table_.begin() + static_cast<std::ptrdiff_t>(table.last) + 1, std::uint8_t{1});
  }

  // Numbered formulas, line by line: what of one goes on with the line before.
  void find_formulas() {
    in_formula_.assign(lines_.size() + 1, Known::open);
    if (marked_up_) return;
    for (const Display& formula : find_displays(lines_)) {
      for (std::size_t k = formula.first; k <= formula.last; ++k) in_formula_[k] = Known::continues;
      in_formula_[formula.first] = in_formula_[formula.last + 1] = Known::begins;
    }
  }

  const CellTable* table_at(std::size_t k) const {
    const auto table = std::lower_bound(tables_.begin(), tables_.end(), k,
                                        [](const CellTable& t, std::size_t line) { return t.first < line; });
    return table != tables_.end() && table->first == k ? &*table : nullptr;
  }

  // Where the table begins whose caption line k is, or k.
  std::size_t table_below(std::size_t k) const {
    const std::size_t end = paragraph_end(k);
    const CellTable* table = end < lines_.size() && end <= k + 2 ? table_at(end) : nullptr;
    const Rule* caption = table == nullptr || !table->certain ? nullptr : rules_.test("caption", text(k));
    return caption != nullptr && caption->fact("of") == "table" ? end : k;
  }

  // Enumerations: marks at places where an item may begin, that count on from one.
  void find_lists() {
    std::vector<MarkedLine> marked;
    std::vector<ItemMark> marks;
    for (std::size_t k = 0; k < lines_.size(); ++k) {
      const auto first = static_cast<unsigned char>(text(k)[0]);
      if ((first > 'z' && first < 0xE2) || in_table_[k] != 0 || lines_[k].displaced ||
          in_formula_[k] == Known::continues)
        continue;
      const ItemMark mark = read_item_mark(text(k));
      if (mark && may_begin_item(k)) marked.push_back({k, lines_[k].indent, mark});
    }
    const std::vector<int> chains = find_enumerations(marked, paragraphs::list_reach);
    chain_.assign(lines_.size(), -1);
    for (std::size_t i = 0; i < marked.size(); ++i) {
      if (chains[i] < 0) continue;
      const std::size_t k = marked[i].line;
      if (makes_items(marked[i].mark, text(k))) {
        chain_[k] = chains[i];
        lines_[k].hang += static_cast<std::uint32_t>(columns(text(k).substr(0, marked[i].mark.length)));
      } else {
        chain_[k] = -2;
      }
    }
  }

  bool may_begin_item(std::size_t k) const {
    if (k == 0 || lines_[k].between == Between::other || lines_[k].between == Between::blank || !setting_->wrapped())
      return true;
    const LineBreak b = setting_->look(k);
    return b.ending >= LineBreak::colon || b.fill >= LineBreak::room ||
           (b.ending == LineBreak::comma && b.indent == LineBreak::in);
  }

  bool bullet(std::size_t k) const { return lines_[k].lead == Lead::bullet || lines_[k].lead == Lead::lone_bullet; }
  bool special(std::size_t k) const { return in_table_[k] != 0 || lines_[k].lead != Lead::plain || chain_[k] != -1; }

  // What is known of line k without weighing.
  Known known(std::size_t k) const {
    const BodyLine& here = lines_[k];
    const BodyLine& before = lines_[k - 1];
    if (in_formula_[k] != Known::open && here.between != Between::other && !here.closes) return in_formula_[k];
    if (here.between == Between::other || special(k) || in_table_[k - 1] != 0) return Known::begins;
    if (here.verse || before.verse) return Known::begins;
    if (before.lead == Lead::lone_bullet || is_drop_cap(before.text, here.text)) return Known::continues;
    if (here.closes && is_stop_alone(here.text)) return Known::continues;
    if (here.displaced) return Known::continues;
    if (here.closes && here.between != Between::blank) return Known::continues;
    const bool cut =
        is_hyphen(last_character(before.text)) && before.text.size() > 2 && here.opening == LineBreak::lower;
    if (cut && here.between != Between::blank) return Known::continues;
    return Known::open;
  }

  void find_paragraphs() {
    begins_.assign(lines_.size(), 1);
    if (setting_->wrapped()) return weigh_line_ends();
    for (std::size_t k = 1; k < lines_.size(); ++k) begins_[k] = !goes_on(k);
  }

  // Where a line is a paragraph: whether a page end cut line k - 1 off from line k.
  bool goes_on(std::size_t k) const {
    if (const Known what = known(k); what != Known::open) return what == Known::continues;
    const BodyLine& before = lines_[k - 1];
    if (before.ending >= LineBreak::colon || before.lead == Lead::keywords || ends_with_speaker(before.text))
      return false;
    const std::size_t length = columns(before.text.substr(0, 4 * paragraphs::surely_torn));
    const bool lower = lines_[k].opening == LineBreak::lower, han = is_han(first_character(lines_[k].text));
    if (lines_[k].between != Between::hidden)  // a page end that nobody found
      return length >= paragraphs::surely_torn &&
             (lower || (before.ending == LineBreak::open && han && is_cjk(last_character(before.text))));
    if (before.ending == LineBreak::comma) return true;
    return length >= paragraphs::surely_torn || (length >= paragraphs::shortest_torn && (lower || han));
  }

  void weigh_line_ends() {
    std::vector<LineBreak> breaks;
    std::vector<std::size_t> where;
    for (std::size_t k = 1; k < lines_.size(); ++k) {
      const Known what = known(k);
      begins_[k] = what == Known::begins;
      if (marked_up_ && what == Known::open && lines_[k].between != Between::nothing) {
        begins_[k] = !goes_on(k);  // a blank line ends a paragraph of Markdown, unless a page cut it
        continue;
      }
      if (what != Known::open) continue;
      breaks.push_back(setting_->look(k));
      where.push_back(k);
    }
    const ParagraphModel model(breaks, setting_->sentence_ends());
    for (std::size_t i = 0; i < where.size(); ++i) begins_[where[i]] = model.begins(breaks[i]) > 0.5;
    if (!marked_up_) part_works(d_, rules_, lines_, begins_);
  }

  // Dashes that begin the clauses of one sentence, behind a colon: items. Those of a dialogue begin sentences.
  void find_dashes() {
    for (std::size_t k = 1, end; k < lines_.size(); k = end) {
      end = k + 1;
      if (lines_[k - 1].ending != LineBreak::colon || !begins_[k] || !dash(k)) continue;
      std::size_t items = 0, clauses = 0;
      for (end = k; end < lines_.size() && dash(end) && first_character(text(end)) == first_character(text(k)) &&
                    (end == k || lines_[end].between != Between::other);
           end = paragraph_end(end)) {
        const char32_t last = last_character(text(paragraph_end(end) - 1));
        ++items;
        clauses += last == ';' || last == ',' || last == U'；' || last == U'，';
      }
      if (items < 2 || clauses + 1 < items) continue;
      for (std::size_t i = k; i < end; i = paragraph_end(i)) lines_[i].lead = Lead::bullet;
    }
  }

  bool dash(std::size_t k) const {
    return lines_[k].opening == LineBreak::dash && rules_.test("dash", text(k)) != nullptr;
  }

  // Verse: short lines apart from the text around them that are sung and not told (`reads_as_verse`).
  void find_verse() {
    if (!setting_->wrapped()) return;
    for (std::size_t k = 0, end; k < lines_.size(); k = end) {
      end = k + std::max<std::size_t>(verse_[k], 1);
      if (verse_[k] > 0 || !may_be_verse(k)) continue;
      while (end < lines_.size() && lines_[end].between == Between::nothing && may_be_verse(end) &&
             setting_->look(end).fill >= LineBreak::room)
        ++end;
      const bool below_colon = k > 0 && lines_[k - 1].ending == LineBreak::colon;
      if (!stand_apart(lines_, k, end) || !reads_as_verse(std::span(lines_).subspan(k, end - k), below_colon)) continue;
      verse_[k] = end - k;
      begins_[k] = 1;
      if (end < lines_.size()) begins_[end] = 1;
    }
  }

  bool may_be_verse(std::size_t k) const {
    return !special(k) && !lines_[k].displaced && !lines_[k].verse &&
           (lines_[k].opening == LineBreak::upper || lines_[k].opening == LineBreak::neutral);
  }

  std::size_t paragraph_end(std::size_t k) const {
    std::size_t end = k + 1;
    while (end < lines_.size() && begins_[end] == 0) ++end;
    return end;
  }

  // ---- naming

  // Short lines at the very beginning that are no sentences: the title page. Gives the first body line behind it.
  std::size_t name_title_page() {
    if (lines_.empty() || !nothing_before(lines_[0].line)) return 0;
    std::size_t k = 0;
    while (k < lines_.size() && k < paragraphs::title_lines && lines_[k].page == lines_[0].page &&
           columns(text(k)) <= paragraphs::title_columns && may_be_of_title_page(k) && lines_[k].lead == Lead::plain &&
           (k == 0 || only_blank_between(k)) && !runs_on(k) && in_table_[k] == 0 && table_below(k) == k &&
           verse_[k] <= paragraphs::title_stanza)
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
    return k > 0 && setting_->wrapped() && begins_[k] == 0 && setting_->look(k).fill == LineBreak::full;
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
    const std::size_t end = paragraph_end(k);
    const Rule* keywords = lines_[k].lead == Lead::keywords ? rules_.test("keywords", text(k)) : nullptr;
    const bool cut = end - k > 1 && lines_[k].page != lines_[end - 1].page;
    const bool quoted = keywords == nullptr && setting_->wrapped() && setting_->set_in(k, end) &&
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
    const std::size_t end = k + verse_[k];
    out_.block(lines_[k].line, lines_[end - 1].line, "lg", "", "par.verse", {85, "short lines of one measure"});
    for (; k < end; ++k) out_.block(lines_[k].line, lines_[k].line, "l", "", "par.verse", {85, {}});
    return end;
  }

  // The name of the list that line k is an item of: an enumeration or a bullet. Negative: of none. Where the source
  // declares its items, those of an inner list are set in, and have the same bullet as often as another.
  int list_key(std::size_t k) const {
    constexpr int first_bullet = 1 << 24, a_column = 1 << 22, most_columns = 64;
    if (!bullet(k)) return chain_[k];
    const Node* said = d_.declaration(line(k));
    const int set_in = said == nullptr || said->name != "item"
                           ? 0
                           : std::min(most_columns, static_cast<int>(lines_[k].indent / paragraphs::set_in));
    return first_bullet + set_in * a_column + static_cast<int>(first_character(text(k)));
  }

  // At most `most` items that follow each other from line k, with their levels.
  std::vector<ListItem> items_from(std::size_t k, std::size_t most) const {
    std::vector<ListItem> items;
    for (std::size_t at = k; at < lines_.size() && items.size() < most && list_key(at) >= 0 && in_table_[at] == 0 &&
                             (at == k || lines_[at].between != Between::other);
         at = paragraph_end(at))
      items.push_back({at, paragraph_end(at), list_key(at), lines_[at].indent,
                       bullet(at) || read_item_mark(text(at)).value == 1, 0});
    set_levels(items);
    return items;
  }

  // The list that begins with line k, or nothing. Few items are looked at first, since most lists are short.
  std::vector<ListItem> list_at(std::size_t k) const {
    constexpr std::size_t few = 64;
    std::vector<ListItem> items = items_from(k, few);
    if (items.size() == few) items = items_from(k, lines_.size());
    const auto top = std::count_if(items.begin(), items.end(), [](const ListItem& item) { return item.level == 0; });
    if (!items.empty() && top < 2 && !bullet(k)) items.clear();
    return items;
  }

  // Gives the line behind the list.
  std::size_t name_list(const std::vector<ListItem>& items) {
    name_level(items, 0, items.size());
    return items.back().end;
  }

  // Items [from, to), all on the level of the first or below it.
  void name_level(const std::vector<ListItem>& items, std::size_t from, std::size_t to) {
    const bool bulleted = bullet(items[from].first);
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
    if (bullet(k)) {
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
    const CellTable& table = *table_at(rows);
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
  std::vector<BodyLine> lines_;
  std::optional<Setting> setting_;
  const bool marked_up_ = !d_.meta("markup").empty();
  std::vector<int> chain_;         // by line: the enumeration it is an item of; -1 none, -2 of paragraphs
  std::vector<CellTable> tables_;  // in order
  std::vector<std::uint8_t> in_table_;
  std::vector<Known> in_formula_;     // by line, and one more: of a numbered formula, or behind one
  std::vector<std::size_t> verse_;    // by line: how many lines of verse begin there
  std::vector<std::uint8_t> begins_;  // by line: whether it begins a paragraph
  LinePairs joins_;
};

void run(const Document& d, const Rules& rules, Proposal& out) { Builder(d, rules, out).run(); }

}  // namespace

extern const Stage stage_paragraphs{.name = "paragraphs",
                                    .summary = "Make paragraphs of lines, across notes and pages",
                                    .needs = "notes headings contents",
                                    .provides = "paragraphs",
                                    .rules = &embedded::rules_paragraphs,
                                    .run = run};

}  // namespace emend
