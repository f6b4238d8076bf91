// Finds the notes at the foot of pages and at the ends of chapters, and the mark that each belongs to.
//
// The book is read twice. The first time only labels that are printed clearly count: they tell how the book sets its
// notes (①, [1], (1), a bare 1, *), whether it counts them by page or on through the chapter or the book, and whether
// its marks were misread. The second time the foot of each page is read as the sequence of numbers that must stand
// there, and marks and notes, page by page or chapter by chapter, are aligned as a whole
// (`stages/60-notes/alignment.h`), so that a lost, doubled or misread mark costs one link and not the rest. What
// stays open is reported.
#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/script.h"
#include "stages/60-notes/alignment.h"
#include "stages/60-notes/declared.h"
#include "stages/60-notes/chapter_titles.h"
#include "stages/60-notes/gathered.h"
#include "stages/60-notes/note_end.h"
#include "stages/60-notes/seen.h"
#include "stages/60-notes/transcribed.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_notes;
}

namespace {

constexpr std::array<MarkForm, 6> forms = {MarkForm::circled,     MarkForm::bracketed, MarkForm::parenthesised,
                                           MarkForm::superscript, MarkForm::bare,      MarkForm::symbol};
constexpr double least_mark = 5.5;   // the weight of a circled number by its neighbours, for a mark whose note was lost
constexpr double least_words = 2.5;  // what a note must repeat of the text to be placed by its words alone
constexpr std::size_t longest_indent = 40;  // of a note's lines
constexpr std::size_t enough_seen = 3;  // pages

// What the whole book says for one form of note marks.
struct Evidence {
  int feet = 0, from_one = 0, chained = 0, notes = 0, due = 0, marked = 0, dotted = 0, unmarked = 0;
  double score() const { return marked + 1.5 * chained + 0.3 * from_one; }
};

class Finder {
 public:
  Finder(const Document& d, const Rules& rules, Proposal& out)
      : d_(d), rules_(rules), out_(out), seen_note_(seen_note_lines(d)) {
    for (const Line& line : d.lines) raised_ = raised_ || opens_note(line.text);
  }

  void run() {
    transcribed();
    sure_pages_ = std::any_of(d_.pages.begin() + !d_.pages.empty(), d_.pages.end(),
                              [](const Page& page) { return page.sure >= certain; });
    learning_ = true;
    learn_style();
    learn_seen();
    learning_ = false;
    chapter_text_.clear();
    each_page([&](const std::vector<std::size_t>& lines) { page_foot(lines); });
    if (in_endnotes_) close_endnotes();
    declared_rest();
    for (const MarkPlace& p : pending_) propose_unresolved(p);
  }

 private:
  // Calls f with the lines of each page, or of several between which breaks are only guessed. Lines of gathered notes
  // are kept apart.
  template <class F>
  void each_page(F f) {
    for (std::size_t i = 0; i < d_.lines.size();) {
      std::uint32_t page = d_.lines[i].page;
      std::vector<std::size_t> lines;
      for (; i < d_.lines.size() && same_foot(page, d_.lines[i].page); ++i) {
        const Line& line = d_.lines[i];
        if (i < taken_.size() && taken_[i]) continue;
        if (trim(line.text).empty() || (d_.is(line, "fw") && !prints_only_a_mark(line))) continue;
        if (const Node* said = d_.declaration(line); said != nullptr && said->name == "item") continue;
        const Node* block = d_.block_of(line);
        if (block != nullptr && block->name == "head") meet_heading(*block);
        if (d_.is(line, "fw"))
          lines.push_back(i);
        else if (in_endnotes_ && !d_.is(line, "head"))
          endnote_lines_.push_back(i);
        else
          lines.push_back(i), chapter_text_.push_back(i);
      }
      f(lines);
    }
  }

  // Whether two pages, one after the other, may share the notes at their foot: the break between them is only guessed.
  bool same_foot(std::uint32_t& page, std::uint32_t next) const {
    if (page != next && d_.pages[next].sure >= certain) return false;
    page = next;
    return true;
  }

  // A label in a line of its own at the end of a page may have been taken for a running foot.
  static bool prints_only_a_mark(const Line& line) {
    const std::string_view text = trim(line.text);
    const Mark mark = read_note_mark(text);
    return mark.form == MarkForm::circled && mark.length == text.size();
  }

  bool heading(std::size_t line) const { return d_.is(d_.lines[line], "head") || d_.lines[line].block >= 0; }

  // Gathered notes end at the next heading that is not below their own.
  void meet_heading(const Node& head) {
    if (learning_) return;
    const int level = std::max(1, read_whole_number(head.get("level")).value);
    if (in_endnotes_ && level > notes_level_) return;
    if (in_endnotes_) close_endnotes();
    in_endnotes_ = head.get("type") == "notes";
    notes_level_ = level;
  }

  // ---- how the book sets its notes

  // Of the lines of a page, the last that are declared notes and nothing else; other blocks do not stand among them.
  std::vector<std::size_t> seen_notes(const std::vector<std::size_t>& lines) const {
    std::vector<std::size_t> noted;
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
      const bool fw = d_.is(d_.lines[*line], "fw");
      if (!noted.empty() && heading(*line) && !fw) break;
      if (seen_note_[*line] && !heading(*line)) noted.push_back(*line);
    }
    std::reverse(noted.begin(), noted.end());
    return noted;
  }

  // Where the source declares lines to be notes: what their labels look like, and whether their marks can be read.
  void learn_seen() {
    if (raised_) return;
    std::vector<std::vector<FootLine>> feet;
    std::vector<std::vector<std::size_t>> pages;
    each_page([&](const std::vector<std::size_t>& lines) {
      const std::vector<std::size_t> noted = seen_notes(lines);
      if (!noted.empty()) feet.push_back(foot_of(lines, noted)), pages.push_back(lines);
    });
    unsure_told_ = tells_unsure(d_);
    many_seen_ = feet.size() >= enough_seen;
    if (feet.empty()) return;
    seen_style_ = style_of_seen(feet);
    int notes = 0, marked = 0;
    for (std::size_t i = 0; i < feet.size(); ++i) {
      const Foot foot = read_foot(d_, feet[i], seen_style_, 0);
      if (foot.notes.empty()) continue;
      notes += static_cast<int>(foot.notes.size());
      marked += count_marked(pages[i], foot.notes, seen_style_.form);
    }
    seen_style_.noisy = marked * 5 < notes * 4;
  }

  void learn_style() {
    std::array<Evidence, forms.size()> evidence{};
    std::array<int, forms.size()> last{};
    each_page([&](const std::vector<std::size_t>& lines) {
      if (raised_ && raised_foot_of(lines) < lines.size()) return;
      for (const std::size_t h : column_ends(lines)) {
        const std::vector<std::size_t> above(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(h));
        const std::vector<FootLine> foot_lines = lines_of_foot(above);
        for (std::size_t f = 0; f < forms.size(); ++f) learn(above, foot_lines, forms[f], evidence[f], last[f], true);
      }
      const std::vector<FootLine> foot_lines = lines_of_foot(lines);
      for (std::size_t f = 0; f < forms.size(); ++f) learn(lines, foot_lines, forms[f], evidence[f], last[f], false);
    });
    for (std::size_t f = 0; f < forms.size(); ++f) {
      const Evidence& e = evidence[f];
      NoteStyle style;
      style.form = forms[f];
      style.by_page = e.feet >= 2 && e.from_one * 10 >= e.feet * 7 && e.chained * 2 <= e.feet;
      style.noisy = e.notes >= 3 && e.marked * 4 < e.due * 3;
      style.by_page = style.by_page || (style.noisy && e.chained < 3);  // too few labels can be read to tell
      style.dotted = e.notes >= 3 ? e.dotted * 2 > e.notes : -1;
      const bool marks_agree = e.marked > 0 && e.marked * 3 >= e.notes;
      if (marks_agree || (e.chained >= 3 && e.chained * 2 >= e.feet))
        styles_.push_back(style), scores_.push_back(e.score());
    }
    const auto best = static_cast<std::size_t>(std::max_element(scores_.begin(), scores_.end()) - scores_.begin());
    if (!scores_.empty() && scores_[best] >= 3)
      styles_[best].usual = true;
    else if (!raised_ && !take_unmarked(evidence))
      try_misread(evidence);
  }

  // A book whose labels or marks were nearly all misread: each form is tried, and one with which most feet find their
  // marks is believed.
  void try_misread(const std::array<Evidence, forms.size()>& evidence) {
    std::optional<NoteStyle> best;
    int most = 0;
    for (std::size_t f = 0; f < forms.size(); ++f) {
      NoteStyle style;
      style.form = forms[f];
      style.by_page = style.usual = style.noisy = true;
      const bool labels_show = evidence[f].unmarked + evidence[f].feet >= 3;
      if (!labels_show && style.form != MarkForm::circled) continue;
      int notes = 0, linked = 0, feet = 0;
      each_page([&](const std::vector<std::size_t>& lines) {
        const std::vector<FootLine> foot_lines = lines_of_foot(lines);
        const Foot foot = read_foot(d_, foot_lines, style, 0);
        if (foot.notes.empty() || believe(lines, foot_lines, foot, style) == 0) return;
        ++feet;
        notes += static_cast<int>(foot.notes.size());
        linked += count_linked(lines, foot.notes, style);
      });
      if (feet >= 3 && linked * 2 >= notes && linked > most) most = linked, best = style;
    }
    if (best) styles_.assign(1, *best);
  }

  // A book whose marks were lost, and whose labels were not: circled numbers that count on to the end of pages, anew on
  // each. Other labels without a mark may be a list.
  bool take_unmarked(const std::array<Evidence, forms.size()>& evidence) {
    NoteStyle style;
    style.form = MarkForm::circled;
    const Evidence& circled =
        evidence[static_cast<std::size_t>(std::find(forms.begin(), forms.end(), style.form) - forms.begin())];
    if (circled.unmarked < 2) return false;
    style.by_page = style.usual = true;
    styles_.assign(1, style);
    return true;
  }

  void learn(const std::vector<std::size_t>& lines, const std::vector<FootLine>& foot_lines, MarkForm form, Evidence& e,
             int& last, bool column) const {
    const LabelRun run = find_label_run(foot_lines, form);
    if (run.notes == 0) return;
    // The last line with that number: a heading or a list above may be numbered, too.
    const auto first = std::find_if(foot_lines.rbegin(), foot_lines.rend(), [&](const FootLine& line) {
      return line.mark.form == form && line.mark.number.value == run.first;
    });
    const std::vector<MarkPlace> places = printed_marks(lines, first->line, form);
    int marked = 0;
    for (int value = run.first; value <= run.last; ++value) marked += shows(places, value);
    if (column && marked < run.notes) return;
    if (has_text_between(foot_lines, static_cast<std::size_t>(foot_lines.rend() - first) - 1, form)) return;
    const bool chained = run.first > last && run.first <= last + 3;
    const int due = run.last - (chained && last > 0 ? last : run.first <= 3 ? 0 : run.first - 1);
    last = run.last;
    // A list at the end of a page has numbers too, but nothing in the text refers to it.
    if (marked == 0) e.unmarked += run.first == 1;
    if (marked == 0 && !chained) return;
    ++e.feet;
    e.from_one += run.first == 1;
    e.chained += chained && run.first > 1;
    e.notes += run.notes;
    e.due += due;
    e.marked += marked;
    e.dotted += first->text.substr(first->mark.length).starts_with('.') ? run.notes : 0;
  }

  static bool shows(const std::vector<MarkPlace>& places, int value) {
    return std::any_of(places.begin(), places.end(),
                       [&](const MarkPlace& p) { return p.mark.number.value == value && !p.doubtful; });
  }

  // (1) and (2) number examples where paragraphs of the text, set apart by blank lines, stand between them.
  static bool has_text_between(const std::vector<FootLine>& lines, std::size_t from, MarkForm form) {
    if (form != MarkForm::parenthesised) return false;
    std::size_t labels = 0, followed = 0, others = 0, gaps = 0;
    bool text = false;  // behind the last label
    for (std::size_t k = from; k < lines.size(); ++k) {
      if (lines[k].mark.form == form) {
        ++labels, followed += text, text = false;
        continue;
      }
      ++others, gaps += lines[k].gap;
      const char32_t c = first_character(lines[k].text);
      text = text || (lines[k].gap && (is_upper(c) || is_han(c)));
    }
    return followed > 0 && (followed + 1) * 2 >= labels && gaps * 2 <= others;
  }

  static bool has_label(const std::vector<FootLine>& lines, MarkForm form) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const FootLine& l) { return l.mark.form == form && !l.mark.raised; });
  }

  // How many of the notes have a mark with their number in the lines above them.
  int count_marked(const std::vector<std::size_t>& lines, const std::vector<Note>& notes, MarkForm form) const {
    const std::vector<MarkPlace> places = printed_marks(lines, notes.front().first, form);
    return static_cast<int>(std::count_if(notes.begin(), notes.end(), [&](const Note& note) {
      return !note.continues && shows(places, note.mark.number.value);
    }));
  }

  std::vector<MarkPlace> printed_marks(const std::vector<std::size_t>& lines, std::size_t end, MarkForm form) const {
    Mark like;
    like.form = form;
    std::vector<MarkPlace> places;
    for (const std::size_t line : lines) {
      if (line >= end) break;
      const std::string_view text = d_.lines[line].text;
      const std::size_t from = first_text(text);
      if (!d_.is(d_.lines[line], "entry")) find_marks(d_, line, like, from, places);
    }
    return places;
  }
  // A mark does not begin a line, but for a line that a mark was carried over to.
  static std::size_t first_text(std::string_view text) {
    const std::string_view inner = trim(text);
    const Mark mark = read_note_mark(inner);
    return static_cast<std::size_t>(inner.data() - text.data()) + (mark && mark.length == inner.size() ? mark.length
                                                                   : mark                              ? 1
                                                                                                       : 0);
  }

  // The lines behind the last heading of the page.
  std::vector<FootLine> lines_of_foot(const std::vector<std::size_t>& lines) const {
    std::size_t from = lines.size();
    while (from > 0 && lines.size() - from < 200 &&
           (!heading(lines[from - 1]) || d_.is(d_.lines[lines[from - 1]], "fw")))
      --from;
    std::vector<FootLine> out;
    for (std::size_t k = from; k < lines.size(); ++k) {
      FootLine line = foot_line(lines[k]);
      line.gap = k > 0 && lines[k] - lines[k - 1] > 1;
      out.push_back(line);
    }
    return out;
  }

  // What the line says, wherever it stands: the pages are gone through several times, and each line is read once.
  const FootLine& foot_line(std::size_t k) const {
    if (foot_line_of_.empty()) foot_line_of_.resize(d_.lines.size());
    if (foot_line_of_[k] != 0) return foot_lines_[foot_line_of_[k] - 1];
    FootLine& line = foot_lines_.emplace_back();
    foot_line_of_[k] = static_cast<std::uint32_t>(foot_lines_.size());
    line.line = k;
    line.text = trim(d_.lines[k].text);
    line.aside = d_.is(d_.lines[k], "fw");
    line.mark = read_note_mark(line.text);
    if (const Match match = rules_.find("note-opener", line.text)) {
      line.opener = 1.5;
      if (match.groups.size() > 1 && match.groups[1].data() != nullptr) {
        const std::string_view odd = match.groups[1];
        line.opener_at = static_cast<std::size_t>(odd.data() + odd.size() - line.text.data());
        while (line.opener_at < line.text.size() && line.text[line.opener_at] == ' ') ++line.opener_at;
      }
    }
    if (line.text.find("http") != std::string_view::npos || line.text.find("www.") != std::string_view::npos)
      line.opener += 1;
    return line;
  }

  // Lines that the source declares to be notes. They fill the measure as the long lines of the page above do.
  std::vector<FootLine> foot_of(const std::vector<std::size_t>& lines, const std::vector<std::size_t>& noted) const {
    const std::size_t measure = measure_of(lines, noted);
    std::size_t least_indent = longest_indent;
    for (const std::size_t number : noted) least_indent = std::min(least_indent, indent_of(number));
    std::vector<FootLine> out;
    for (const std::size_t number : noted) {
      FootLine line = foot_line(number);
      line.noted = true;
      line.raised = begins_raised(d_, d_.lines[number]);
      line.behind_full = out.empty() ? open_note_.has_value() : fills(out.back().text, measure);
      line.behind_hyphen = !out.empty() && out.back().text.ends_with('-');
      line.indented = indent_of(number) > least_indent + 1;
      out.push_back(line);
    }
    return out;
  }

  // In columns: of the notes, or of the long lines of the page above them.
  std::size_t measure_of(const std::vector<std::size_t>& lines, const std::vector<std::size_t>& noted) const {
    std::vector<std::size_t> widths;
    for (const std::size_t number : lines)
      if (number < noted.front()) widths.push_back(columns(trim(d_.lines[number].text)));
    std::sort(widths.begin(), widths.end(), std::greater<>());
    std::size_t measure = widths.size() < 4 ? 0 : widths[widths.size() / 4];
    for (const std::size_t number : noted) measure = std::max(measure, columns(trim(d_.lines[number].text)));
    return measure;
  }

  static bool fills(std::string_view text, std::size_t measure) { return columns(text) * 100 > measure * 88; }

  std::size_t indent_of(std::size_t line) const {
    return static_cast<std::size_t>(trim(d_.lines[line].text).data() - d_.lines[line].text.data());
  }

  // Their first lines may finish the last note of the page before; where nothing tells a number, they are one note.
  void seen_foot(const std::vector<std::size_t>& lines, const std::vector<std::size_t>& noted) {
    const std::vector<FootLine> foot_lines = foot_of(lines, noted);
    Foot foot = read_foot(d_, foot_lines, seen_style_, last_value_);
    std::vector<Note>& notes = foot.notes;
    if (notes.empty() || notes.front().first > noted.front()) {
      Note note;
      note.first = noted.front();
      note.last =
          notes.empty() ? noted.back() : *std::prev(std::lower_bound(noted.begin(), noted.end(), notes.front().first));
      note.continues = open_note_.has_value() || !notes.empty();
      note.read = note.continues;
      note.mark.form = seen_style_.form;
      note.mark.number.value = seen_style_.by_page ? 1 : last_value_ + 1;
      if (!note.continues) note.shown = write_mark(note.mark.number.value, note.mark.form);
      notes.insert(notes.begin(), std::move(note));
    }
    text_lines_.clear();
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(text_lines_),
                 [&](std::size_t line) { return line < noted.front(); });
    std::vector<MarkPlace> places = printed_marks(lines, noted.front(), seen_style_.form);
    add_odd_characters(lines, noted.front(), places);
    propose(places, notes, "foot", seen_style_);
    text_lines_.clear();
    if (!fills(foot_lines.back().text, measure_of(lines, noted))) open_note_.reset();  // the next page has another
    if (!notes.back().continues) last_value_ = notes.back().mark.number.value;
  }

  // ---- notes at the foot of a page

  void page_foot(const std::vector<std::size_t>& lines) {
    if (const std::vector<Note> said = read_declared_notes(d_, declared_, lines); !said.empty()) return declared_foot(lines, said);
    if (raised_ && (styles_.empty() || raised_foot_of(lines) < lines.size())) return raised_foot(lines);
    if (const std::vector<std::size_t> noted = seen_notes(lines); !noted.empty() && !raised_)
      return seen_foot(lines, noted);
    if (many_seen_) return open_note_.reset();
    if (!sure_pages_ && !raised_ && notes_apart(lines)) return;
    if (column_feet(lines)) return;
    const std::vector<FootLine> foot_lines = lines_of_foot(lines);
    const NoteStyle* best_style = nullptr;
    Foot best;
    double best_score = 0;
    for (const NoteStyle& style : styles_) {
      if (!style.noisy && !has_label(foot_lines, style.form)) continue;
      Foot foot = read_foot(d_, foot_lines, style, last_value_);
      const double score = foot.notes.empty() ? 0 : believe(lines, foot_lines, foot, style);
      if (score > best_score) best_score = score, best = std::move(foot), best_style = &style;
    }
    if (best_style == nullptr) {
      if (raised_) return raised_foot(lines);
      wait_for_notes(lines);
      return only_continued(foot_lines);
    }
    propose_foot(lines, foot_lines, std::move(best), *best_style);
  }

  // Notes at the foot of a column, with a heading of the next one below them: they are due, and each has its mark
  // above. Whether there were such; then the rest of the page was read as well.
  bool column_feet(const std::vector<std::size_t>& lines) {
    for (const std::size_t h : column_ends(lines)) {
      const std::vector<std::size_t> above(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(h));
      const std::vector<FootLine> foot_lines = lines_of_foot(above);
      for (const NoteStyle& style : styles_) {
        if (!style.usual || style.noisy || !has_label(foot_lines, style.form)) continue;
        Foot foot = read_foot(d_, foot_lines, style, last_value_);
        if (!ends_column(above, foot, style)) continue;
        propose_foot(above, foot_lines, std::move(foot), style);
        page_foot({lines.begin() + static_cast<std::ptrdiff_t>(h), lines.end()});
        return true;
      }
    }
    return false;
  }

  // Where a column of a page may end: above its headings.
  std::vector<std::size_t> column_ends(const std::vector<std::size_t>& lines) const {
    constexpr std::size_t longest_page = 400;
    std::vector<std::size_t> ends;
    if (!sure_pages_ || lines.size() > longest_page) return ends;
    for (std::size_t h = 1; h < lines.size(); ++h)
      if (heading(lines[h]) && !heading(lines[h - 1])) ends.push_back(h);
    return ends;
  }

  bool ends_column(const std::vector<std::size_t>& lines, const Foot& foot, const NoteStyle& style) const {
    if (foot.notes.empty()) return false;
    const int first = foot.notes.front().mark.number.value;
    const bool due = style.by_page ? first == 1 : first > last_value_ && first <= last_value_ + 3;
    return due && count_marked(lines, foot.notes, style.form) == static_cast<int>(foot.notes.size());
  }

  void propose_foot(const std::vector<std::size_t>& lines, const std::vector<FootLine>& foot_lines, Foot foot,
                    const NoteStyle& style) {
    std::vector<Note> notes = std::move(foot.notes);
    const bool torn = breaks_off_above(lines, notes.front().first);
    const std::size_t measure = usual_measure(lines);
    for (Note& note : notes) end_before_text(d_, foot_lines, note, measure, torn);
    add_continued(foot_lines, foot.first, notes);
    std::vector<MarkPlace> places = printed_marks(lines, notes.front().first, style.form);
    if (style.noisy) add_odd_characters(lines, notes.front().first, places);
    if (style.noisy) {
      text_lines_ = lines;
      while (!text_lines_.empty() && text_lines_.back() >= notes.front().first) text_lines_.pop_back();
    }
    propose(places, notes, "foot", style);
    text_lines_.clear();
    last_value_ = notes.back().mark.number.value;
  }

  // Notes that the source declares: their marks are sought in the text of the page.
  void declared_foot(const std::vector<std::size_t>& lines, const std::vector<Note>& notes) {
    std::vector<std::size_t> text;
    for (const std::size_t line : lines)
      if (!declared_[line]) text.push_back(line);
    NoteStyle style;
    for (const Note& note : notes)
      if (style.form == MarkForm::none) style.form = note.mark.form;
    std::vector<MarkPlace> places = printed_marks(text, d_.lines.size(), style.form);
    style.noisy = !std::all_of(notes.begin(), notes.end(), [&](const Note& note) {
      return note.continues || shows(places, note.mark.number.value);
    });
    if (style.noisy) add_odd_characters(text, d_.lines.size(), places);
    if (style.noisy) text_lines_ = text;
    propose(places, notes, "foot", style);
    text_lines_.clear();
  }

  // What the source says is of a note, and no note was found to hold: it is one all the same.
  void declared_rest() {
    for (std::size_t i = 0; i < declared_.size(); ++i) {
      if (!declared_[i] || (i < noted_.size() && noted_[i])) continue;
      Note note;
      note.first = note.last = i;
      note.continues = true;
      open_note_.reset();
      propose(note, "foot");
      out_.doubt(d_.lines[i].at, "notes.unanchored", {40, "the source says that this is of a note, and no note or mark was found that it belongs to"});
    }
  }

  // ---- notes of texts without pages

  void transcribed() {
    for (const TranscribedNote& n : read_transcribed_notes(d_)) {
      taken_.resize(d_.lines.size());
      std::fill(taken_.begin() + static_cast<std::ptrdiff_t>(n.note.first),
                taken_.begin() + static_cast<std::ptrdiff_t>(n.note.last) + 1, true);
      out_.phrase(d_.lines[n.word.line], n.word.begin, n.word.end, "markup", "", "notes.transcribed");
      propose(n.note, "foot");
      const Span note = d_.hull(n.note.first, n.note.last), at = n.marked ? name_mark(n.mark, n.note.shown) : Span{};
      if (!at.empty())
        out_.link("note", at, note, "notes.number", {98, "mark and note have the same label"});
      else
        out_.doubt(note, "notes.unanchored", {40, "no mark for note " + n.note.shown + " was found in the text"});
    }
  }

  // Where no page ends, notes stand in groups below the text of their page or chapter: set apart by blank lines, with
  // labels that count on, and with their marks in the text since the group before.
  bool notes_apart(const std::vector<std::size_t>& lines) {
    constexpr std::array<MarkForm, 4> clear = {MarkForm::circled, MarkForm::bracketed, MarkForm::superscript,
                                               MarkForm::parenthesised};
    for (const MarkForm form : clear) {
      const std::vector<NoteGroup> groups = find_groups(lines, form);
      if (groups.empty()) continue;
      NoteStyle style;
      style.form = form;
      for (const NoteGroup& group : groups) propose(group.places, group.notes, "foot", style);
      const std::size_t last = groups.back().notes.back().last;
      std::vector<std::size_t> rest;
      std::copy_if(lines.begin(), lines.end(), std::back_inserter(rest), [&](std::size_t k) { return k > last; });
      wait_for_notes(rest);
      return true;
    }
    return false;
  }

  struct NoteGroup {
    std::vector<MarkPlace> places;
    std::vector<Note> notes;
  };

  std::vector<NoteGroup> find_groups(const std::vector<std::size_t>& lines, MarkForm form) const {
    std::vector<NoteGroup> groups;
    NoteGroup here;
    int last = 0;  // number of the last note of the group before
    for (std::size_t k = 0; k < lines.size();) {
      std::size_t end = k;
      std::vector<Note> notes = read_group(lines, form, last, end);
      const auto found = std::count_if(notes.begin(), notes.end(), [&](const Note& n) {
        return std::any_of(here.places.begin(), here.places.end(), [&](const MarkPlace& p) {
          return p.mark.number.value == n.mark.number.value && p.weight >= least_mark - 0.5;
        });
      });
      if (found > 0 && static_cast<std::size_t>(found) * 2 >= notes.size()) {
        last = notes.back().mark.number.value;
        here.notes = std::move(notes);
        groups.push_back(std::exchange(here, {}));
        k = end;
        continue;
      }
      Mark like;
      like.form = form;
      const Line& line = d_.lines[lines[k]];
      if (!d_.is(line, "entry")) find_marks(d_, lines[k], like, first_text(line.text), here.places);
      ++k;
    }
    return groups;
  }

  // Notes from lines[k] on, which a blank line sets apart; `k` becomes the line behind them.
  std::vector<Note> read_group(const std::vector<std::size_t>& lines, MarkForm form, int last, std::size_t& k) const {
    std::vector<Note> notes;
    for (; k < lines.size(); ++k) {
      const std::string_view text = trim(d_.lines[lines[k]].text);
      const Mark mark = read_note_mark(text);
      const int value = mark.number.value;
      const bool gap = k > 0 && lines[k] - lines[k - 1] > 1;
      const bool label = mark.form == form && !mark.raised && mark.length < text.size() && !heading(lines[k]);
      const bool begins = notes.empty()
                              ? gap && (value == 1 || (value > last && value <= last + 3))
                              : value > notes.back().mark.number.value && value <= notes.back().mark.number.value + 2;
      if (label && begins)
        notes.push_back(labelled_note(d_, lines[k], mark));
      else if (!notes.empty() && !gap && !heading(lines[k]))
        notes.back().last = lines[k];
      else
        break;
    }
    return notes;
  }

  // Whether the text above the notes breaks off within a sentence or a word.
  bool breaks_off_above(const std::vector<std::size_t>& lines, std::size_t first) const {
    const auto end = std::lower_bound(lines.begin(), lines.end(), first);
    return end != lines.begin() && !heading(*std::prev(end)) && !ends_sentence(d_.lines[*std::prev(end)].text);
  }

  std::size_t usual_measure(const std::vector<std::size_t>& lines) const {
    std::vector<std::size_t> widths;
    for (const std::size_t line : lines) widths.push_back(columns(trim(d_.lines[line].text)));
    const auto middle = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
    std::nth_element(widths.begin(), middle, widths.end());
    return *middle;
  }

  // Circled numbers behind words are marks also where no note answers them: they wait for the notes of the chapter.
  void wait_for_notes(const std::vector<std::size_t>& lines) {
    if (lines.empty()) return;
    for (const MarkPlace& p : printed_marks(lines, lines.back() + 1, MarkForm::circled))
      if (p.weight >= least_mark) pending_.push_back(p);
  }

  // How far a foot is to be believed; nothing if not at all.
  double believe(const std::vector<std::size_t>& lines, const std::vector<FootLine>& foot_lines, const Foot& foot,
                 const NoteStyle& style) const {
    const int marked = count_marked(lines, foot.notes, style.form), first = foot.notes.front().mark.number.value;
    if (foot.notes.size() == 1 && is_lone_letter(foot.notes.front())) return 0;
    if (has_text_between(foot_lines, foot.first, style.form)) return 0;
    const auto read = std::count_if(foot.notes.begin(), foot.notes.end(), [](const Note& n) { return n.read; });
    const double score = foot.score + 2 * marked;
    if (marked > 0 && marked * 2 >= static_cast<int>(foot.notes.size())) return score;
    if (!style.usual) return 0;
    const bool due = style.by_page ? first <= 2 : (first > last_value_ && first <= last_value_ + 4) || first == 1;
    if (!due) return 0;
    if (style.by_page && style.noisy) {
      const int linked = count_linked(lines, foot.notes, style);
      const auto count = static_cast<double>(foot.notes.size());
      const bool clear = foot_lines[foot.first].gap && foot.score >= std::max(1.5, 0.7 * count);
      if (linked * 2 < count && !clear) return 0;
    }
    if (read > 0 && (style.form != MarkForm::bare || style.noisy || first == last_value_ + 1)) return score;
    if (!style.noisy || !(foot_lines[foot.first].gap || foot.score >= 3)) return 0;
    const bool all_linked = count_linked(lines, foot.notes, style) == static_cast<int>(foot.notes.size());
    return foot.score >= (all_linked ? 0.7 : 1.0) ? score : 0;
  }

  // (x), (v): a letter in brackets is a number among its neighbours, and an argument or a member of a list alone.
  static bool is_lone_letter(const Note& note) {
    return note.mark.form == MarkForm::parenthesised && note.mark.number.value > 1 && note.shown.size() == 3 &&
           is_letter(first_character(std::string_view(note.shown).substr(1)));
  }

  // How many of the notes find a mark, or what may be left of one.
  int count_linked(const std::vector<std::size_t>& lines, const std::vector<Note>& notes,
                   const NoteStyle& style) const {
    std::vector<MarkPlace> places = printed_marks(lines, notes.front().first, style.form);
    add_odd_characters(lines, notes.front().first, places);
    return static_cast<int>(align_notes(d_, places, notes, style.noisy).size());
  }

  void add_odd_characters(const std::vector<std::size_t>& lines, std::size_t end,
                          std::vector<MarkPlace>& places) const {
    std::vector<MarkPlace> odd;
    for (const std::size_t line : lines) {
      if (line >= end) break;
      if (!d_.is(d_.lines[line], "entry") && !d_.is(d_.lines[line], "head")) find_odd_characters(d_, line, odd);
    }
    places = merge_marks(places, odd);
    if (d_.declared.empty()) return;
    std::vector<MarkPlace> all;
    auto next = places.begin();
    for (const std::size_t line : lines) {
      if (line >= end) break;
      const std::size_t from = all.size();
      for (; next != places.end() && next->line <= line; ++next) all.push_back(*next);
      if (!d_.is(d_.lines[line], "entry") && !d_.is(d_.lines[line], "head"))
        see_words(d_, line, from, unsure_told_, all);
    }
    places = std::move(all);
  }

  std::string_view open_line() const { return trim(d_.lines[d_.line_at(open_note_->end - 1)].text); }

  void add_continued(const std::vector<FootLine>& lines, std::size_t first, std::vector<Note>& notes) const {
    if (!open_note_) return;
    if (const std::optional<Note> note = find_continued(lines, first, open_line())) notes.insert(notes.begin(), *note);
  }

  // A page whose foot holds nothing but the middle or the end of a long note.
  void only_continued(const std::vector<FootLine>& lines) {
    const std::optional<Note> note = open_note_ ? find_continued(lines, lines.size(), open_line()) : std::nullopt;
    if (note)
      propose(*note, "foot");
    else
      open_note_.reset();
  }

  // ---- notes of transcripts, whose marks have a caret

  void raised_foot(const std::vector<std::size_t>& lines) {
    const std::size_t foot = raised_foot_of(lines);
    std::vector<Note> notes;
    std::vector<std::size_t> rest(lines.begin() + static_cast<std::ptrdiff_t>(foot), lines.end());
    std::vector<MarkPlace> places;
    Mark raised;
    raised.raised = true;
    for (std::size_t k = 0; k < foot; ++k)
      if (!d_.is(d_.lines[lines[k]], "entry")) find_marks(d_, lines[k], raised, 0, places);
    read_raised(rest, places, notes);
    if (notes.empty())
      pending_.insert(pending_.end(), places.begin(), places.end());
    else
      propose(places, notes, "foot", {});
  }

  std::size_t raised_foot_of(const std::vector<std::size_t>& lines) const {
    for (std::size_t s = 0; s < lines.size(); ++s) {
      if (heading(lines[s]) || !opens_note(d_.lines[lines[s]].text)) continue;
      const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(s);
      const auto other = std::find_if(begin, lines.end(), [&](std::size_t line) { return heading(line); });
      if (other == lines.end()) return with_continuation(lines, s);
      s = static_cast<std::size_t>(other - lines.begin());
    }
    return lines.size();
  }

  // Lines above the first note that, set apart by a blank line, finish the last note of the page before.
  std::size_t with_continuation(const std::vector<std::size_t>& lines, std::size_t s) const {
    if (!open_note_ || s == 0) return s;
    std::size_t k = s;
    while (k > 0 && lines[k] - lines[k - 1] == 1 && !heading(lines[k - 1])) --k;
    return k > 0 && k < s && s - k <= 6 ? k : s;
  }

  // Notes of transcripts: every line with a raised label begins one that is set as the others are, or as its mark is.
  void read_raised(const std::vector<std::size_t>& lines, const std::vector<MarkPlace>& places,
                   std::vector<Note>& notes) const {
    const auto marked = [&](const Mark& label) {
      return std::any_of(places.begin(), places.end(), [&](const MarkPlace& p) {
        return same_setting(p.mark, label) && p.mark.number.value == label.number.value;
      });
    };
    for (const std::size_t line : lines) {
      const Mark mark = read_note_mark(trim(d_.lines[line].text));
      if (opens_note(d_.lines[line].text) &&
          (notes.empty() || notes.back().continues || same_setting(mark, notes.back().mark) || marked(mark)))
        notes.push_back(labelled_note(d_, line, mark));
      else if (!notes.empty())
        notes.back().last = line;
      else
        notes.push_back({line, line, {}, {}, {}, true, true});
    }
  }

  // ---- notes at the end of a chapter

  // The notes are those of all the text since the last gathered notes: of a chapter, or of the whole book.
  void close_endnotes() {
    const std::vector<std::size_t> titles = find_chapter_titles(d_, endnote_lines_);
    std::erase_if(endnote_lines_, [&](std::size_t line) { return std::ranges::binary_search(titles, line); });
    std::vector<Note> notes = read_gathered_notes(d_, endnote_lines_, titles);
    if (!notes.empty()) {
      for (const std::size_t line : titles)
        out_.block(line, line, "head", "level=" + std::to_string(notes_level_ + 1) + "\ntype=section",
                   "notes.chapter-title", {90, "a chapter has this title, and its notes stand below it"});
      std::vector<MarkPlace> places = gathered_marks(notes);
      NoteStyle style;
      style.form = notes.front().mark.form;
      if (!raised_ && align_notes(d_, places, notes, false).size() * 4 < notes.size() * 3) {
        style.noisy = true;
        add_odd_characters(chapter_text_, endnote_lines_.front(), places);
      }
      pending_.clear();
      propose(places, notes, "end", style);
      // What stands behind them is text of the next chapter, if its heading was not found.
      chapter_text_.clear();
      std::copy_if(endnote_lines_.begin(), endnote_lines_.end(), std::back_inserter(chapter_text_),
                   [&](std::size_t line) { return line > notes.back().last; });
    }
    endnote_lines_.clear();
  }

  // Marks of gathered notes are set as their labels are; transcripts have a caret before them, and mostly not before
  // those.
  std::vector<MarkPlace> gathered_marks(const std::vector<Note>& notes) const {
    std::vector<MarkPlace> plain, raised;
    Mark with_caret = notes.front().mark;
    with_caret.raised = true;
    for (const std::size_t line : chapter_text_) {
      if (heading(line)) continue;
      find_marks(d_, line, notes.front().mark, 0, plain);
      if (!notes.front().mark.raised) find_marks(d_, line, with_caret, 0, raised);
    }
    return raised.size() * 2 >= notes.size() ? raised : plain;
  }

  // ---- saying so

  // A note goes as far as the block that it stands in, and up to a contents list or one that goes on behind it.
  void keep_within_blocks(Note& note) const {
    const Span at = d_.hull(note.first, note.last);
    auto inner = std::lower_bound(d_.blocks.begin(), d_.blocks.end(), at.begin,
                                  [](const Node& n, std::uint32_t begin) { return n.at.begin <= begin; });
    while (inner != d_.blocks.end() && inner->at.begin < at.end && inner->at.end <= at.end && inner->name != "contents")
      ++inner;
    if (inner != d_.blocks.end() && inner->at.begin < at.end) note.last = d_.line_at(inner->at.begin) - 1;
    for (const Node* outer = d_.block_of(d_.lines[note.first]); outer != nullptr;
         outer = outer->parent < 0 ? nullptr : &d_.blocks[static_cast<std::size_t>(outer->parent)])
      note.last = std::min(note.last, std::max(note.first, d_.line_at(outer->at.end)));
    std::erase_if(note.labels, [&](const NoteLabel& label) { return label.line > note.last; });
  }

  void propose(const std::vector<MarkPlace>& places, std::vector<Note> notes, std::string_view place,
               const NoteStyle& style) {
    std::erase_if(notes, [&](const Note& note) { return d_.is(d_.lines[note.first], "entry"); });
    for (Note& note : notes) keep_within_blocks(note);
    for (const Note& note : notes) propose(note, place);
    std::vector<bool> marked(places.size()), noted(notes.size());
    for (const NoteLink& link : align_notes(d_, places, notes, style.noisy)) {
      const Note& note = notes[link.note];
      marked[link.place] = noted[link.note] = true;
      const Span at = name_mark(places[link.place], note.shown);
      if (!at.empty()) out_.link("note", at, d_.hull(note.first, note.last), link.rule, {link.sure, link.reason});
    }
    for (std::size_t j = 0; j < notes.size(); ++j)
      if (!noted[j] && !notes[j].continues) noted[j] = link_by_words(notes[j]);
    for (std::size_t i = 0; i < places.size(); ++i) {
      const Mark& mark = places[i].mark;
      const bool enumerates = places[i].weight < least_mark;  // ：①…，②…，③ are part of the text
      if (!marked[i] && mark && (mark.raised || (mark.form == MarkForm::circled && !enumerates)))
        propose_unresolved(places[i]);
    }
    for (std::size_t j = 0; j < notes.size(); ++j)
      if (!noted[j] && !notes[j].continues)
        out_.doubt(d_.hull(notes[j].first, notes[j].last), "notes.unanchored",
                   {40, "no mark for note " + notes[j].shown + " was found in the text"});
  }

  // A note whose mark was erased is put behind the words that it begins with, if it repeats enough of them.
  bool link_by_words(const Note& note) {
    MarkPlace best;
    for (const std::size_t line : text_lines_) {
      if (d_.is(d_.lines[line], "head") || d_.is(d_.lines[line], "entry")) continue;
      const MarkPlace place = place_by_words(d_, line, note);
      if (place.weight > best.weight) best = place;
    }
    if (best.weight < least_words) return false;
    const Span at = name_mark(best, note.shown, "\nkept=1");
    if (!at.empty())
      out_.link("note", at, d_.hull(note.first, note.last), "notes.words",
                {55, "no mark can be read; the note begins with the words that stand here"});
    return !at.empty();
  }

  void propose(const Note& note, std::string_view place) {
    if (!declared_.empty()) {
      noted_.resize(d_.lines.size());
      std::fill(noted_.begin() + static_cast<std::ptrdiff_t>(note.first), noted_.begin() + static_cast<std::ptrdiff_t>(note.last) + 1, true);
    }
    out_.block(note.first, note.last, "note", "n=" + note.shown + "\nplace=" + std::string(place),
               note.continues ? "notes.continued"
               : note.read    ? "notes.body"
                              : "notes.body-misread",
               {static_cast<std::uint8_t>(note.read ? 90 : 60),
                note.read ? std::string_view() : "the label was misread; the number is the one that is due here"});
    const Span at = d_.hull(note.first, note.last);
    if (note.continues && open_note_)
      out_.link("continues", *open_note_, at, "notes.continued",
                {75, "the last note of the page before breaks off, and this stands before the first note"});
    for (const NoteLabel& label : note.labels)
      out_.phrase(d_.lines[label.line], label.begin, label.end, "label", "", "notes.label");
    open_note_.reset();
    if (place == "foot" && breaks_off(d_.lines[note.last].text)) open_note_ = at;
  }

  bool breaks_off(std::string_view text) const {
    if (ends_sentence(text)) return false;
    return raised_ || (columns(text) >= 40 && text.find("://") == text.npos && text.find(":/") == text.npos);
  }

  // Nothing if the place was named before: a mark has one note. `kept`: the characters there are the text's own.
  Span name_mark(const MarkPlace& p, std::string_view shown, std::string_view kept = {}) {
    if (!named_.emplace(p.line, p.begin).second) return {};
    return out_.phrase(d_.lines[p.line], p.begin, p.end, "mark", "n=" + std::string(shown) + std::string(kept),
                       "notes.mark", {95, {}});
  }

  void propose_unresolved(const MarkPlace& p) {
    const Span at = name_mark(p, p.mark.shown);
    if (!at.empty())
      out_.doubt(at, "notes.unresolved", {40, "no note for the mark " + std::string(p.mark.shown) + " was found"});
  }

  const Document& d_;
  const Rules& rules_;
  Proposal& out_;
  bool raised_ = false;  // some labels have a caret: pages with such are read as transcripts set them
  bool learning_ = false;
  bool sure_pages_ = false;  // some page surely ends
  bool in_endnotes_ = false;
  int notes_level_ = 1;  // of the heading of gathered notes
  mutable std::deque<FootLine> foot_lines_;  // those that were asked for, without `gap`
  mutable std::vector<std::uint32_t> foot_line_of_;  // where the line stands among them, from 1; or 0
  const std::vector<bool> declared_ = lines_of_declared_notes(d_);  // lines that the source says are of notes
  std::vector<bool> taken_;  // lines of notes that are known
  std::vector<bool> noted_;  // lines of notes that were proposed, where some are declared
  std::vector<NoteStyle> styles_;
  std::vector<bool> seen_note_;  // by line: the source declares it one of a note
  bool many_seen_ = false;       // so many pages that the others have none
  bool unsure_told_ = false;         // the source declares which words are unsure
  NoteStyle seen_style_;         // of the notes that the source declares
  std::vector<double> scores_;
  int last_value_ = 0;  // the number of the last note on an earlier page
  std::set<std::pair<std::size_t, std::size_t>> named_;
  std::optional<Span> open_note_;  // a note that seems to go on on the next page
  std::vector<std::size_t> chapter_text_, endnote_lines_;
  std::vector<std::size_t> text_lines_;  // above the foot, where marks were misread
  std::vector<MarkPlace> pending_;       // marks that wait for notes at the end of the chapter
};

void run(const Document& d, const Rules& rules, Proposal& out) { Finder(d, rules, out).run(); }

}  // namespace

extern const Stage stage_notes{.name = "notes",
                               .summary = "Find the notes and the mark that each belongs to",
                               .needs = "pages headings",
                               .provides = "notes",
                               .rules = &embedded::rules_notes,
                               .run = run};

}  // namespace emend
