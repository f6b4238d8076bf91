// Divides the running text: tables, stanzas, enumerations, and paragraphs across line ends, columns, notes and pages.
//
// Two kinds of text come in. Transcripts have a line for a paragraph, and a line that breaks off was cut by a page.
// Extracted pages have lines of one width; there each line end is weighed by how full the line is, by blank lines,
// indentation and the sentence, as the book's own lines show them to count (`ParagraphModel`).
#include "stages/65-paragraphs/division.h"

#include <algorithm>
#include <span>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "stages/65-paragraphs/displays.h"
#include "stages/65-paragraphs/enumeration.h"
#include "stages/65-paragraphs/line_joins.h"
#include "stages/65-paragraphs/line_leads.h"
#include "stages/65-paragraphs/paragraph_model.h"
#include "stages/65-paragraphs/verse.h"
#include "stages/65-paragraphs/works.h"
#include "weights/paragraphs.h"

namespace emend {

namespace {

// A mark's kind of list. Chinese numerals and numbers in square brackets begin paragraphs (sections, works cited).
bool makes_items(const ItemMark& mark, std::string_view text) {
  return mark.form != Numeral::chinese && text[0] != '[' && !text.starts_with("［") && !text.starts_with("〔");
}

// The stop of a sentence that extraction set on a line of its own.
bool is_stop_alone(std::string_view s) { return s == "。" || s == "！" || s == "？" || s == "．"; }

bool is_declared(const Document& d, const Line& line, std::string_view name) {
  const Node* said = d.declaration(line);
  return said != nullptr && said->name == name;
}

}  // namespace

Division::Division(const Document& d, const Rules& rules)
    : d_(d), rules_(rules), marked_up_(!d.meta("markup").empty()), lines_(body_lines(d)), setting_(prepared()) {
  find_lists();
  find_paragraphs();
  find_dashes();
  find_verse();
}

// The lines, with what is known of them before their setting is measured.
std::vector<BodyLine>& Division::prepared() {
  find_tables();
  find_formulas();
  read_leads(lines_, rules_);
  read_last_words(lines_, rules_);
  heed_declared_items();
  verse_ = find_stanzas(lines_, in_table_);
  return lines_;
}

// Dashes that the source declares to be bullets.
void Division::heed_declared_items() {
  for (std::size_t k = 0; k < lines_.size(); ++k)
    if (lines_[k].lead == Lead::plain && is_declared(d_, d_.lines[lines_[k].line], "item") &&
        rules_.test("dash", text(k)) != nullptr)
      lines_[k].lead = Lead::bullet, lines_[k].hang += 2;
}

void Division::find_tables() {
  tables_ = emend::find_tables(d_, lines_);
  in_table_.assign(lines_.size(), 0);
  for (const CellTable& table : tables_)
    std::fill(in_table_.begin() + static_cast<std::ptrdiff_t>(table.first),
              in_table_.begin() + static_cast<std::ptrdiff_t>(table.last) + 1, std::uint8_t{1});
}

// Numbered formulas, line by line: what of one goes on with the line before.
void Division::find_formulas() {
  in_formula_.assign(lines_.size() + 1, Known::open);
  if (marked_up_) return;
  for (const Display& formula : find_displays(lines_)) {
    for (std::size_t k = formula.first; k <= formula.last; ++k) in_formula_[k] = Known::continues;
    in_formula_[formula.first] = in_formula_[formula.last + 1] = Known::begins;
  }
}

const CellTable* Division::table_at(std::size_t k) const {
  const auto table = std::lower_bound(tables_.begin(), tables_.end(), k,
                                      [](const CellTable& t, std::size_t line) { return t.first < line; });
  return table != tables_.end() && table->first == k ? &*table : nullptr;
}

// Where the table begins whose caption line k is, or k.
std::size_t Division::table_below(std::size_t k) const {
  const std::size_t end = paragraph_end(k);
  const CellTable* table = end < lines_.size() && end <= k + 2 ? table_at(end) : nullptr;
  const Rule* caption = table == nullptr || !table->certain ? nullptr : rules_.test("caption", text(k));
  return caption != nullptr && caption->fact("of") == "table" ? end : k;
}

// Enumerations: marks at places where an item may begin, that count on from one.
void Division::find_lists() {
  std::vector<MarkedLine> marked;
  for (std::size_t k = 0; k < lines_.size(); ++k) {
    const auto first = static_cast<unsigned char>(text(k)[0]);
    if ((first > 'z' && first < 0xE2) || in_table_[k] != 0 || lines_[k].displaced || in_formula_[k] == Known::continues)
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

bool Division::may_begin_item(std::size_t k) const {
  if (k == 0 || lines_[k].between == Between::other || lines_[k].between == Between::blank || !setting_.wrapped())
    return true;
  const LineBreak b = setting_.look(k);
  return b.ending >= LineBreak::colon || b.fill >= LineBreak::room ||
         (b.ending == LineBreak::comma && b.indent == LineBreak::in);
}

// What is known of line k without weighing.
Division::Known Division::known(std::size_t k) const {
  const BodyLine& here = lines_[k];
  const BodyLine& before = lines_[k - 1];
  if (in_formula_[k] != Known::open && here.between != Between::other && !here.closes) return in_formula_[k];
  if (here.between == Between::other || special(k) || in_table_[k - 1] != 0) return Known::begins;
  if (here.verse || before.verse) return Known::begins;
  if (before.lead == Lead::lone_bullet || is_drop_cap(before.text, here.text)) return Known::continues;
  if (here.closes && is_stop_alone(here.text)) return Known::continues;
  if (here.displaced) return Known::continues;
  if (here.closes && here.between != Between::blank) return Known::continues;
  const bool cut = is_hyphen(last_character(before.text)) && before.text.size() > 2 && here.opening == LineBreak::lower;
  if (cut && here.between != Between::blank) return Known::continues;
  return Known::open;
}

void Division::find_paragraphs() {
  begins_.assign(lines_.size(), 1);
  if (setting_.wrapped()) return weigh_line_ends();
  for (std::size_t k = 1; k < lines_.size(); ++k) begins_[k] = !goes_on(k);
}

// Where a line is a paragraph: whether a page end cut line k - 1 off from line k.
bool Division::goes_on(std::size_t k) const {
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

void Division::weigh_line_ends() {
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
    breaks.push_back(setting_.look(k));
    where.push_back(k);
  }
  const ParagraphModel model(breaks, setting_.sentence_ends());
  for (std::size_t i = 0; i < where.size(); ++i) begins_[where[i]] = model.begins(breaks[i]) > 0.5;
  if (!marked_up_) part_works(d_, rules_, lines_, begins_);
}

// Dashes that begin the clauses of one sentence, behind a colon: items. Those of a dialogue begin sentences.
void Division::find_dashes() {
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

bool Division::dash(std::size_t k) const {
  return lines_[k].opening == LineBreak::dash && rules_.test("dash", text(k)) != nullptr;
}

// Verse: short lines apart from the text around them that are sung and not told (`reads_as_verse`).
void Division::find_verse() {
  if (!setting_.wrapped()) return;
  for (std::size_t k = 0, end; k < lines_.size(); k = end) {
    end = k + std::max<std::size_t>(verse_[k], 1);
    if (verse_[k] > 0 || !may_be_verse(k)) continue;
    while (end < lines_.size() && lines_[end].between == Between::nothing && may_be_verse(end) &&
           setting_.look(end).fill >= LineBreak::room)
      ++end;
    const bool below_colon = k > 0 && lines_[k - 1].ending == LineBreak::colon;
    if (!stand_apart(lines_, k, end) || !reads_as_verse(std::span(lines_).subspan(k, end - k), below_colon)) continue;
    verse_[k] = end - k;
    begins_[k] = 1;
    if (end < lines_.size()) begins_[end] = 1;
  }
}

bool Division::may_be_verse(std::size_t k) const {
  return !special(k) && !lines_[k].displaced && !lines_[k].verse &&
         (lines_[k].opening == LineBreak::upper || lines_[k].opening == LineBreak::neutral);
}

std::size_t Division::paragraph_end(std::size_t k) const {
  std::size_t end = k + 1;
  while (end < lines_.size() && begins_[end] == 0) ++end;
  return end;
}

}  // namespace emend
