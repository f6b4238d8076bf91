// Finds the notes at the foot of pages and at the ends of chapters, and the mark that each belongs to.
//
// The book is read twice. The first time only labels that are printed clearly count: they tell how the book sets its
// notes (①, [1], (1), a bare 1, *), whether it counts them by page or on through the chapter or the book, and whether
// its marks were misread. The second time the foot of each page is read as the sequence of numbers that must stand
// there, and marks and notes, page by page or chapter by chapter, are aligned as a whole
// (`pipeline/text/note_alignment.h`), so that a lost, doubled or misread mark costs one link and not the rest. What
// stays open is reported.
#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/gathered_notes.h"
#include "pipeline/text/note_alignment.h"
#include "pipeline/text/script.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_notes;
}

namespace {

constexpr std::array<MarkForm, 6> forms = {MarkForm::circled,     MarkForm::bracketed, MarkForm::parenthesised,
                                           MarkForm::superscript, MarkForm::bare,      MarkForm::symbol};
constexpr double least_mark = 5.5;   // the weight of a circled number by its neighbours, for a mark whose note was lost
constexpr double least_words = 2.5;  // what a note must repeat of the text to be placed by its words alone

// What the whole book says for one form of note marks.
struct Evidence {
  int feet = 0, from_one = 0, chained = 0, notes = 0, due = 0, marked = 0, dotted = 0, unmarked = 0;
  double score() const { return marked + 1.5 * chained + 0.3 * from_one; }
};

class Finder {
 public:
  Finder(const Document& d, const Rules& rules, Proposal& out) : d_(d), rules_(rules), out_(out) {
    for (const Line& line : d.lines) raised_ = raised_ || opens_note(line.text);
  }

  void run() {
    learning_ = true;
    if (!raised_) learn_style();
    learning_ = false;
    chapter_text_.clear();
    each_page([&](const std::vector<std::size_t>& lines) { page_foot(lines); });
    if (in_endnotes_) close_endnotes();
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
        if (trim(line.text).empty() || (d_.is(line, "fw") && !prints_only_a_mark(line))) continue;
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

  void learn_style() {
    std::array<Evidence, forms.size()> evidence{};
    std::array<int, forms.size()> last{};
    each_page([&](const std::vector<std::size_t>& lines) {
      const std::vector<FootLine> foot_lines = lines_of_foot(lines);
      for (std::size_t f = 0; f < forms.size(); ++f) learn(lines, foot_lines, forms[f], evidence[f], last[f]);
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
    else
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

  void learn(const std::vector<std::size_t>& lines, const std::vector<FootLine>& foot_lines, MarkForm form, Evidence& e,
             int& last) const {
    const LabelRun run = find_label_run(foot_lines, form);
    if (run.notes == 0) return;
    // The last line with that number: a heading or a list above may be numbered, too.
    const auto first = std::find_if(foot_lines.rbegin(), foot_lines.rend(), [&](const FootLine& line) {
      const Mark mark = read_note_mark(line.text);
      return mark.form == form && mark.number.value == run.first;
    });
    const std::vector<MarkPlace> places = printed_marks(lines, first->line, form);
    int marked = 0;
    for (int value = run.first; value <= run.last; ++value) marked += shows(places, value);
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
    const Mark mark = read_note_mark(first->text);
    e.dotted += first->text.substr(mark.length).starts_with('.') ? run.notes : 0;
  }

  static bool shows(const std::vector<MarkPlace>& places, int value) {
    return std::any_of(places.begin(), places.end(),
                       [&](const MarkPlace& p) { return p.mark.number.value == value && !p.doubtful; });
  }

  static bool has_label(const std::vector<FootLine>& lines, MarkForm form) {
    return std::any_of(lines.begin(), lines.end(), [&](const FootLine& l) {
      const Mark mark = read_note_mark(l.text);
      return mark.form == form && !mark.raised;
    });
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
      FootLine line{lines[k], trim(d_.lines[lines[k]].text), k > 0 && lines[k] - lines[k - 1] > 1, 0, 0, false};
      line.aside = d_.is(d_.lines[lines[k]], "fw");
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
      out.push_back(line);
    }
    return out;
  }

  // ---- notes at the foot of a page

  void page_foot(const std::vector<std::size_t>& lines) {
    if (raised_) return raised_foot(lines);
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
    if (best_style == nullptr) return only_continued(foot_lines);
    std::vector<Note> notes = std::move(best.notes);
    add_continued(foot_lines, best.first, notes);
    std::vector<MarkPlace> places = printed_marks(lines, notes.front().first, best_style->form);
    if (best_style->noisy) add_odd_characters(lines, notes.front().first, places);
    if (best_style->noisy) {
      text_lines_ = lines;
      while (!text_lines_.empty() && text_lines_.back() >= notes.front().first) text_lines_.pop_back();
    }
    propose(places, notes, "foot", *best_style);
    text_lines_.clear();
    last_value_ = notes.back().mark.number.value;
  }

  // How far a foot is to be believed; nothing if not at all.
  double believe(const std::vector<std::size_t>& lines, const std::vector<FootLine>& foot_lines, const Foot& foot,
                 const NoteStyle& style) const {
    const int marked = count_marked(lines, foot.notes, style.form), first = foot.notes.front().mark.number.value;
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
  }

  void add_continued(const std::vector<FootLine>& lines, std::size_t first, std::vector<Note>& notes) const {
    if (!open_note_) return;
    if (const std::optional<Note> note = find_continued(lines, first)) notes.insert(notes.begin(), *note);
  }

  // A page whose foot holds nothing but the middle or the end of a long note.
  void only_continued(const std::vector<FootLine>& lines) {
    const std::optional<Note> note = open_note_ ? find_continued(lines, lines.size()) : std::nullopt;
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
    read_raised(rest, notes);
    std::vector<MarkPlace> places;
    Mark raised;
    raised.raised = true;
    for (std::size_t k = 0; k < foot; ++k)
      if (!d_.is(d_.lines[lines[k]], "entry")) find_marks(d_, lines[k], raised, 0, places);
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

  // Notes of transcripts: every line with a raised label begins one.
  void read_raised(const std::vector<std::size_t>& lines, std::vector<Note>& notes) const {
    for (const std::size_t line : lines) {
      const Mark mark = read_note_mark(trim(d_.lines[line].text));
      if (opens_note(d_.lines[line].text) &&
          (notes.empty() || notes.back().continues || same_setting(mark, notes.back().mark)))
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
    std::vector<Note> notes = read_gathered_notes(d_, endnote_lines_);
    if (!notes.empty()) {
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

  void propose(const std::vector<MarkPlace>& places, const std::vector<Note>& notes, std::string_view place,
               const NoteStyle& style) {
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
  bool raised_ = false;  // the book sets its marks with a caret
  bool learning_ = false;
  bool in_endnotes_ = false;
  int notes_level_ = 1;  // of the heading of gathered notes
  std::vector<NoteStyle> styles_;
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
