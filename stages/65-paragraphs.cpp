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
#include "pipeline/text/enumeration.h"
#include "pipeline/text/measure.h"
#include "pipeline/text/page_lines.h"
#include "pipeline/text/paragraph_model.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "pipeline/text/vocabulary.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_paragraphs;
}

namespace {

constexpr std::size_t title_lines = 12, title_columns = 80;
constexpr std::size_t list_reach = 60;                       // lines from one item to the next
constexpr std::size_t shortest_torn = 24, surely_torn = 60;  // columns
constexpr std::size_t enough_gaps = 2000;                    // between scripts, to know how the book sets them

// A mark's kind of list. Chinese numerals and numbers in square brackets begin paragraphs (sections, works cited).
bool makes_items(const ItemMark& mark, std::string_view text) {
  return mark.form != Numeral::chinese && text[0] != '[' && !text.starts_with("［") && !text.starts_with("〔");
}

bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0xAD || c == 0xAC; }

class Builder {
 public:
  Builder(const Document& d, const Rules& rules, Proposal& out)
      : d_(d), rules_(rules), out_(out), lines_(body_lines(d)) {
    read_leads();
    setting_.emplace(lines_);
    count_script_gaps();
    find_lists();
    find_paragraphs();
    find_verse();
  }

  void run() {
    std::size_t k = name_title_page();
    while (k < lines_.size())
      k = verse_[k] > 0       ? name_verse(k)
          : bullet(k)         ? name_list(k)
          : items_from(k) > 1 ? name_items(k)
                              : name_paragraph(k);
    for (const Node& node : d_.blocks)
      if (node.name == "head" || node.name == "note" || node.name == "entry") gather_lines(node);
    for (const Link& link : d_.links)
      if (link.name == "continues") joins_.emplace_back(d_.line_at(link.at.end), d_.line_at(link.to.begin));
    join();
  }

 private:
  std::string_view text(std::size_t k) const { return lines_[k].text; }
  const Line& line(std::size_t k) const { return d_.lines[lines_[k].line]; }

  // ---- what each line is

  // Rules are asked only of lines that can match: bullets are neither letters nor digits, and keywords have a colon.
  void read_leads() {
    for (BodyLine& line : lines_) {
      const auto first = static_cast<unsigned char>(line.text[0]);
      const bool letter = is_ascii_letter(first) || is_digit(first) || (first >= 0xE4 && first <= 0xE9);
      if (!letter) read_bullet(line);
      const std::string_view begin = line.text.substr(0, 80);
      if (begin.find(':') != begin.npos || begin.find("：") != begin.npos)
        if (rules_.test("keywords", line.text) != nullptr) line.lead = Lead::keywords;
    }
  }

  void read_bullet(BodyLine& line) {
    std::size_t first = 0;
    next_character(line.text, first);
    if (first == line.text.size()) {
      if (rules_.test("marker", std::string(line.text) + " x") != nullptr) line.lead = Lead::lone_bullet;
    } else if (rules_.test("marker", line.text) != nullptr) {
      line.lead = Lead::bullet;
      line.hang += 1 + static_cast<std::uint32_t>(indent(line.text.substr(first)));
    }
  }

  void count_script_gaps() {
    std::size_t spaced = 0, tight = 0;
    const auto high = [](char c) {
      return static_cast<unsigned char>(c) >= 0xE4 && static_cast<unsigned char>(c) <= 0xE9;
    };
    for (const BodyLine& line : lines_) {
      const std::string_view t = line.text;
      for (std::size_t i = 0; i + 2 < t.size(); ++i) {
        if (!is_ascii_letter(static_cast<unsigned char>(t[i]))) continue;
        tight += high(t[i + 1]);
        spaced += t[i + 1] == ' ' && high(t[i + 2]);
      }
      if (spaced + tight > enough_gaps) break;
    }
    spaced_scripts_ = spaced > tight;
  }

  // ---- what belongs together

  // Enumerations: marks at places where an item may begin, that count on from one.
  void find_lists() {
    std::vector<MarkedLine> marked;
    std::vector<ItemMark> marks;
    for (std::size_t k = 0; k < lines_.size(); ++k) {
      const auto first = static_cast<unsigned char>(text(k)[0]);
      if (first > 'z' && first < 0xE2) continue;
      const ItemMark mark = read_item_mark(text(k));
      if (mark && may_begin_item(k)) marked.push_back({k, lines_[k].indent, mark});
    }
    const std::vector<int> chains = find_enumerations(marked, list_reach);
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
  bool special(std::size_t k) const { return lines_[k].lead != Lead::plain || chain_[k] != -1; }

  enum class Known { begins, continues, open };

  // What is known of line k without weighing.
  Known known(std::size_t k) const {
    const BodyLine& here = lines_[k];
    const BodyLine& before = lines_[k - 1];
    if (here.between == Between::other || special(k)) return Known::begins;
    if (before.lead == Lead::lone_bullet) return Known::continues;
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
    if (before.ending >= LineBreak::colon || before.lead == Lead::keywords) return false;
    const std::size_t length = columns(before.text.substr(0, 4 * surely_torn));
    const bool lower = lines_[k].opening == LineBreak::lower, han = is_han(first_character(lines_[k].text));
    if (lines_[k].between != Between::hidden)  // a page end that nobody found
      return length >= surely_torn &&
             (lower || (before.ending == LineBreak::open && han && is_cjk(last_character(before.text))));
    if (before.ending == LineBreak::comma) return true;
    return length >= surely_torn || (length >= shortest_torn && (lower || han));
  }

  void weigh_line_ends() {
    std::vector<LineBreak> breaks;
    std::vector<std::size_t> where;
    for (std::size_t k = 1; k < lines_.size(); ++k) {
      const Known what = known(k);
      begins_[k] = what == Known::begins;
      if (what != Known::open) continue;
      breaks.push_back(setting_->look(k));
      where.push_back(k);
    }
    const ParagraphModel model(breaks, setting_->sentence_ends());
    for (std::size_t i = 0; i < where.size(); ++i) begins_[where[i]] = model.begins(breaks[i]) > 0.5;
  }

  // Verse: short lines apart from the text around them that are sung and not told (`reads_as_verse`).
  void find_verse() {
    verse_.assign(lines_.size(), 0);
    if (!setting_->wrapped()) return;
    for (std::size_t k = 0, end; k < lines_.size(); k = end) {
      end = k + 1;
      if (!may_be_verse(k)) continue;
      while (end < lines_.size() && lines_[end].between == Between::nothing && may_be_verse(end) &&
             setting_->look(end).fill >= LineBreak::room)
        ++end;
      const bool apart =
          (k == 0 || lines_[k].between != Between::nothing || lines_[k].indent >= lines_[k - 1].indent + 2) &&
          (end == lines_.size() || lines_[end].between != Between::nothing ||
           lines_[end].indent + 2 <= lines_[end - 1].indent);
      if (!apart || !reads_as_verse(std::span(lines_).subspan(k, end - k))) continue;
      verse_[k] = end - k;
      begins_[k] = 1;
      if (end < lines_.size()) begins_[end] = 1;
    }
  }

  bool may_be_verse(std::size_t k) const {
    return !special(k) && !lines_[k].displaced &&
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
    while (k < lines_.size() && k < title_lines && lines_[k].page == lines_[0].page &&
           columns(text(k)) <= title_columns && !ends_sentence(text(k)) && lines_[k].lead == Lead::plain &&
           (k == 0 || only_blank_between(k)) && !runs_on(k))
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
    if (quoted)
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

  std::size_t name_verse(std::size_t k) {
    const std::size_t end = k + verse_[k];
    out_.block(lines_[k].line, lines_[end - 1].line, "lg", "", "par.verse", {85, "short lines of one measure"});
    for (; k < end; ++k) out_.block(lines_[k].line, lines_[k].line, "l", "", "par.verse", {85, {}});
    return end;
  }

  // How many items of one enumeration follow each other from line k.
  std::size_t items_from(std::size_t k) const {
    std::size_t items = 0;
    for (std::size_t at = k; at < lines_.size() && chain_[at] >= 0 && chain_[at] == chain_[k] &&
                             (at == k || lines_[at].between != Between::other);
         at = paragraph_end(at))
      ++items;
    return items;
  }

  std::size_t name_items(std::size_t k) {
    const std::size_t first = k, items = items_from(k);
    std::size_t last = k;
    for (std::size_t i = 0; i < items; ++i) last = paragraph_end(i == 0 ? first : last);
    out_.block(lines_[first].line, lines_[last - 1].line, "list", "rend=numbered", "par.numbered",
               {85, "the numbers count on from one"});
    while (k < last) k = name_item(k, 0, read_item_mark(text(k)).length, "par.number");
    return last;
  }

  std::size_t name_list(std::size_t k) {
    const std::size_t first = k;
    std::size_t last = k;
    while (last < lines_.size() && bullet(last) && (last == first || lines_[last].between != Between::other))
      last = paragraph_end(last);
    out_.block(lines_[first].line, lines_[last - 1].line, "list", "rend=bulleted", "par.list", {90, {}});
    while (k < last) {
      const bool lone = lines_[k].lead == Lead::lone_bullet;
      const std::string mark = lone ? std::string(text(k)) + " x" : std::string(text(k));
      const Match m = rules_.find("marker", mark);
      const std::string_view shown = m.groups[m.groups.size() > 1];
      const auto begin = static_cast<std::size_t>(shown.data() - mark.data());
      k = name_item(k, begin, begin + shown.size(), m.rule->id);
    }
    return last;
  }

  // An item from line k, whose mark is bytes [begin, end) of its text. Gives the line behind it.
  std::size_t name_item(std::size_t k, std::size_t begin, std::size_t end, std::string_view rule) {
    const std::size_t next = paragraph_end(k);
    out_.block(lines_[k].line, lines_[next - 1].line, "item", "", rule, {90, {}});
    const std::string_view whole = line(k).text;
    const auto at = static_cast<std::size_t>(text(k).data() - whole.data());
    end = std::min(at + end, whole.size());
    while (end < whole.size() && whole[end] == ' ') ++end;
    out_.phrase(line(k), at + begin, end, "marker", "", "par.marker");
    gather(k, next);
    return next;
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

  // ---- joining

  std::string_view line_text(std::size_t i) const { return trim(d_.lines[i].text); }

  struct Seam {
    enum Kind { space, word, number } kind = space;
    std::size_t hyphen = 0;  // where in the line's trimmed text
    CutWord cut;
  };

  Seam seam(std::size_t before, std::size_t here) const {
    const std::string_view b = line_text(before), h = line_text(here);
    Seam s;
    if (b.size() < 3 || h.empty()) return s;
    s.hyphen = character_before(b, b.size());
    if (!is_hyphen(first_character(b.substr(s.hyphen)))) return s;
    const std::string_view stem = b.substr(0, s.hyphen);
    const char32_t last = last_character(stem), first = first_character(h);
    if (is_digit(last) && is_digit(first)) s.kind = Seam::number;
    if (is_letter(last) && is_letter(first)) {
      s.kind = Seam::word;
      s.cut = {last_word_of(stem), first_word_of(h)};
    }
    return s;
  }

  void join() {
    std::sort(joins_.begin(), joins_.end());
    Vocabulary vocabulary;
    std::vector<Seam> seams;
    for (const auto& [before, here] : joins_) {
      seams.push_back(seam(before, here));
      if (seams.back().kind == Seam::word) vocabulary.ask(seams.back().cut);
    }
    vocabulary.read(d_);
    for (std::size_t i = 0; i < joins_.size(); ++i) {
      const auto& [before, here] = joins_[i];
      for (std::size_t between = before + 1; between < here; ++between)
        if (is_label_alone(d_, d_.lines[between])) out_.join(d_.lines[between], "", "join.label");
      const char32_t last = last_character(line_text(before)), first = first_character(line_text(here));
      if (seams[i].kind == Seam::word)
        join_word(before, here, seams[i], vocabulary);
      else if (seams[i].kind == Seam::number)
        out_.join(d_.lines[here], "", "join.hyphen-kept");
      else if (lone_bullet(before))
        out_.join(d_.lines[here], " ", "join.bullet");
      else if (sets_no_space(last, first))
        out_.join(d_.lines[here], "", "join.no-space");
    }
  }

  bool lone_bullet(std::size_t line) const {
    const auto at = std::lower_bound(lines_.begin(), lines_.end(), line,
                                     [](const BodyLine& b, std::size_t l) { return b.line < l; });
    return at != lines_.end() && at->line == line && at->lead == Lead::lone_bullet;
  }

  void join_word(std::size_t before, std::size_t here, const Seam& seam, const Vocabulary& vocabulary) {
    const std::string_view text = line_text(before);
    const bool soft = text[seam.hyphen] != '-' && first_character(text.substr(seam.hyphen)) != 0x2010;
    const bool capital = is_upper(first_character(line_text(here)));
    Vocabulary::Verdict verdict = vocabulary.judge(seam.cut, capital);
    if (soft) verdict = {false, true};
    if (!soft && !verdict.known && is_compound(seam.cut)) verdict = {true, true};
    const std::uint8_t sure = verdict.known ? 95 : 82;
    out_.join(d_.lines[here], "", verdict.keep ? "join.hyphen-kept" : "join.hyphen", {sure, {}});
    if (verdict.keep) return;
    const Line& l = d_.lines[before];
    const auto at = static_cast<std::size_t>(text.data() - l.text.data());
    out_.edit(l, at + seam.hyphen, at + text.size(), "", "join.hyphen",
              {sure, verdict.known && !soft ? "the book has the word without a hyphen elsewhere"
                                            : "a word cut at the line end"});
  }

  // Words that a language writes with a hyphen, whatever the book has of them elsewhere.
  bool is_compound(const CutWord& word) const {
    std::string whole;
    ((whole += word.first) += '-') += word.second;
    return rules_.test("hyphen", whole) != nullptr;
  }

  bool sets_no_space(char32_t a, char32_t b) const {
    constexpr std::u32string_view quotes = U"“”‘’";
    const bool cjk_a = is_cjk(a), cjk_b = is_cjk(b);
    if (cjk_a && cjk_b) return true;
    const auto shared = [&](char32_t c) {
      return is_shared_punctuation(c) || is_enclosed_number(c) || quotes.find(c) != quotes.npos;
    };
    if ((cjk_a && shared(b)) || (shared(a) && cjk_b)) return true;
    if ((cjk_a && !cjk_b && is_wide_punctuation(a)) || (cjk_b && is_wide_punctuation(b))) return true;
    return (is_han(a) || is_han(b)) && !spaced_scripts_ && !is_blank(a) && !is_blank(b);
  }

  const Document& d_;
  const Rules& rules_;
  Proposal& out_;
  std::vector<BodyLine> lines_;
  std::optional<Setting> setting_;
  std::vector<int> chain_;            // by line: the enumeration it is an item of; -1 none, -2 of paragraphs
  std::vector<std::size_t> verse_;    // by line: how many lines of verse begin there
  std::vector<std::uint8_t> begins_;  // by line: whether it begins a paragraph
  bool spaced_scripts_ = false;       // a blank between Han and Latin
  std::vector<std::pair<std::size_t, std::size_t>> joins_;
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
