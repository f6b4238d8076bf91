// The evidence of all pages for each form of note marks.
#include "stages/60-notes/styles.h"

#include <algorithm>
#include <array>
#include <optional>

#include "pipeline/text/script.h"
#include "stages/60-notes/belief.h"
#include "stages/60-notes/raised.h"
#include "weights/notes.h"

namespace emend {

namespace {

constexpr std::array<MarkForm, 7> forms = {MarkForm::circled,     MarkForm::bracketed, MarkForm::parenthesised,
                                           MarkForm::superscript, MarkForm::bare,      MarkForm::symbol,
                                           MarkForm::closed};

// What the whole book says for one form of note marks.
struct Evidence {
  int feet = 0, from_one = 0, chained = 0, notes = 0, due = 0, marked = 0, dotted = 0, unmarked = 0;
  int loose = 0;  // numbers that only figures between blanks show
  int last = 0;   // the number of the last note on the pages so far
  double score() const { return marked + 1.5 * chained + 0.3 * from_one; }
};

using EvidenceByForm = std::array<Evidence, forms.size()>;

// How many numbers of the run no mark shows, and one figure between blanks does.
int count_loose(const NotesOfBook& book, const Lines& lines, std::size_t end, const LabelRun& run,
                const std::vector<MarkPlace>& places) {
  std::vector<MarkPlace> loose;
  for (const std::size_t line : lines) {
    if (line >= end) break;
    find_loose_marks(book.d, line, loose);
  }
  int count = 0;
  for (int value = run.first; value <= run.last; ++value) count += !shows(places, value) && shows(loose, value);
  return count;
}

void weigh_foot(const NotesOfBook& book, const Lines& lines, const std::vector<FootLine>& foot_lines, MarkForm form,
                bool column, Evidence& e) {
  const LabelRun run = find_label_run(foot_lines, form);
  if (run.notes == 0) return;
  // The last line with that number: a heading or a list above may be numbered, too.
  const auto first = std::find_if(foot_lines.rbegin(), foot_lines.rend(), [&](const FootLine& line) {
    return line.mark.form == form && line.mark.number.value == run.first;
  });
  const std::vector<MarkPlace> places = printed_marks(book, lines, first->line, form);
  int marked = 0;
  for (int value = run.first; value <= run.last; ++value) marked += shows(places, value);
  if (column && marked < run.notes) return;
  if (book.numbers_work(first->line, form) || (book.lists_works(first->line) && marked * 2 < run.notes)) return;
  if (marked * 4 < run.notes && are_figures(foot_lines, form)) return;
  if (form == MarkForm::bare && !column) e.loose += count_loose(book, lines, first->line, run, places);
  if (has_text_between(foot_lines, static_cast<std::size_t>(foot_lines.rend() - first) - 1, form)) return;
  const bool chained = run.first > e.last && run.first <= e.last + 3;
  const int due = run.last - (chained && e.last > 0 ? e.last : run.first <= 3 ? 0 : run.first - 1);
  e.last = run.last;
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

EvidenceByForm gather(const NotesOfBook& book, const std::vector<Lines>& pages) {
  EvidenceByForm evidence{};
  for (const Lines& lines : pages) {
    if (book.raised && raised_foot_of(book, lines, false) < lines.size()) continue;
    for (const std::size_t h : column_ends(book, lines)) {
      const Lines above(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(h));
      const std::vector<FootLine> foot_lines = lines_of_foot(book, above);
      for (std::size_t f = 0; f < forms.size(); ++f) weigh_foot(book, above, foot_lines, forms[f], true, evidence[f]);
    }
    const std::vector<FootLine> foot_lines = lines_of_foot(book, lines);
    for (std::size_t f = 0; f < forms.size(); ++f) weigh_foot(book, lines, foot_lines, forms[f], false, evidence[f]);
  }
  return evidence;
}

// Marks between blanks: hardly any other can be read, and the numbers of the notes count on.
bool are_loose(const Evidence& e) {
  return e.loose > 2 * e.marked && (e.chained >= 3 ? e.loose >= 3 : e.chained == 2 && e.loose >= 6);
}

// Three feet whose numbers go on from each to the next, none with a stop behind it: members of a list mostly have one.
bool are_undotted(const Evidence& e) {
  constexpr int enough = 4;  // notes
  return e.chained == 2 && e.feet == 3 && e.dotted == 0 && e.notes >= enough;
}

NoteStyle style_of(const Evidence& e, MarkForm form) {
  NoteStyle style;
  style.form = form;
  style.by_page = e.feet >= 2 && e.from_one * 10 >= e.feet * 7 && e.chained * 2 <= e.feet;
  style.loose = are_loose(e);
  style.noisy = e.notes >= 3 && (e.marked + (style.loose ? e.loose : 0)) * 4 < e.due * 3;
  style.faint = style.noisy && e.marked * 4 < e.due;
  style.by_page =
      style.by_page || (style.noisy && e.chained < 3 && !are_undotted(e));  // too few labels can be read to tell
  style.dotted = e.notes >= 3 ? e.dotted * 2 > e.notes : -1;
  return style;
}

std::size_t place_of(MarkForm form) {
  return static_cast<std::size_t>(std::find(forms.begin(), forms.end(), form) - forms.begin());
}

// Recognition makes stars of raised figures: where numbers run on through the book and their marks cannot be read, the
// stars are some of them.
bool are_misread_figures(const Evidence& symbols, const Evidence& figures) {
  return figures.chained >= 3 && figures.marked * 4 < figures.due && symbols.notes <= 2 * symbols.feet;
}

// A book whose marks were lost, and whose labels were not: circled numbers that count on to the end of pages, anew on
// each. Other labels without a mark may be a list.
std::optional<NoteStyle> unmarked(const EvidenceByForm& evidence) {
  if (evidence[place_of(MarkForm::circled)].unmarked < 2) return {};
  NoteStyle style;
  style.form = MarkForm::circled;
  style.by_page = style.usual = true;
  return style;
}

struct Trial {
  int notes = 0, linked = 0, feet = 0, apart = 0;
};

// Few notes are believed where all find a mark, and stand apart from the text at the foot.
bool are_believed(const Trial& t) {
  constexpr int enough = 3, few = 2;
  return t.feet >= enough ? t.linked * 2 >= t.notes
                          : t.feet == few && t.apart == t.feet && t.notes == t.feet && t.linked == t.notes;
}

// `26. A shell exits …`: numbers with stops that count on over whole pages, and hardly any mark. Whatever recognition
// loses of raised figures, it leaves some.
bool is_long_list(const Evidence& e, MarkForm form) {
  return (form == MarkForm::bare || form == MarkForm::closed) && e.dotted * 2 > e.notes && e.marked * 10 < e.notes;
}

// What is found if the book is read as one with misread notes of that form, counted by page.
Trial try_style(const NotesOfBook& book, const std::vector<Lines>& pages, const NoteStyle& style) {
  Trial trial;
  for (const Lines& lines : pages) {
    const std::vector<FootLine> foot_lines = lines_of_foot(book, lines);
    const Foot foot = read_foot(book.d, foot_lines, style, 0);
    if (foot.notes.empty() || believe(book, lines, foot_lines, foot, style, 0) == 0) continue;
    ++trial.feet;
    trial.apart += foot_lines[foot.first].gap;
    trial.notes += static_cast<int>(foot.notes.size());
    trial.linked += count_linked(book, lines, foot.notes, style);
  }
  return trial;
}

bool is_written_in_han(const Document& d) {
  constexpr std::size_t enough = 400;  // lines
  std::size_t lines = 0, han = 0;
  for (const Line& line : d.lines) {
    const std::string_view text = trim(line.text);
    if (text.size() < 6 || ++lines > enough) continue;
    for (std::size_t i = 0; i < text.size();)
      if (is_han(next_character(text, i))) {
        ++han;
        break;
      }
  }
  return han * 2 > std::min(lines, enough);
}

// A book whose labels or marks were nearly all misread: each form is tried, and one with which most feet find their
// marks is believed.
std::optional<NoteStyle> misread(const NotesOfBook& book, const std::vector<Lines>& pages,
                                 const EvidenceByForm& evidence) {
  std::optional<NoteStyle> best;
  const MarkForm expected = is_written_in_han(book.d) ? MarkForm::circled : MarkForm::bare;
  int most = 0;
  for (std::size_t f = 0; f < forms.size(); ++f) {
    NoteStyle style;
    style.form = forms[f];
    style.by_page = style.usual = style.noisy = true;
    const bool labels_show = evidence[f].unmarked + evidence[f].feet >= 3;
    if (!labels_show && style.form != expected) continue;
    const Trial trial = try_style(book, pages, style);
    if (are_believed(trial) && trial.linked > most) most = trial.linked, best = style;
  }
  return best;
}

}  // namespace

std::vector<NoteStyle> learn_styles(const NotesOfBook& book, const std::vector<Lines>& pages) {
  const EvidenceByForm evidence = gather(book, pages);
  std::vector<NoteStyle> styles;
  NoteStyle* usual = nullptr;
  double most = 0;
  bool few_agree = false;  // a book with few notes, each with its mark
  styles.reserve(forms.size());
  for (std::size_t f = 0; f < forms.size(); ++f) {
    const Evidence& e = evidence[f];
    const bool marks_agree = e.marked > 0 && e.marked * 3 >= e.notes;
    if (is_long_list(e, forms[f])) continue;
    const bool counts = e.chained >= 3 || (e.chained > 0 && are_loose(e)) || are_undotted(e);
    if (!marks_agree && (!counts || e.chained * 2 < e.feet)) continue;
    if (forms[f] == MarkForm::symbol && are_misread_figures(e, evidence[place_of(MarkForm::bare)])) continue;
    styles.push_back(style_of(e, forms[f]));
    few_agree = few_agree || (e.marked >= 2 && e.marked == e.notes);
    if (e.score() > most) most = e.score(), usual = &styles.back();
  }
  if (most >= 3) {
    usual->usual = true;
    return styles;
  }
  if (book.raised || few_agree) return styles;
  std::optional<NoteStyle> believed = unmarked(evidence);
  if (!believed) believed = misread(book, pages, evidence);
  if (believed) styles.assign(1, *believed);
  return styles;
}

std::vector<std::size_t> column_ends(const NotesOfBook& book, const Lines& lines) {
  std::vector<std::size_t> ends;
  if (!book.sure_pages || lines.size() > notes::most_lines_of_page) return ends;
  for (std::size_t h = 1; h < lines.size(); ++h)
    if (book.blocked(lines[h]) && !book.blocked(lines[h - 1])) ends.push_back(h);
  return ends;
}

}  // namespace emend
