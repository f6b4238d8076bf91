// Finds the notes at the foot of pages and at the ends of chapters, and the mark that each belongs to.
//
// The book is read twice. The first time only labels that are printed clearly count: they tell how the book sets its
// notes (①, [1], (1), a bare 1, *), whether it counts them by page or on through the chapter or the book, and whether
// its marks were misread (`styles.h`). The second time the foot of each page is read as the sequence of numbers that
// must stand there (`foot.h`), and marks and notes, page by page or chapter by chapter, are aligned as a whole
// (`alignment.h`), so that a lost, doubled or misread mark costs one link and not the rest. What stays open is reported
// (`told.h`). This file has the order in which a page is asked for its notes, and what it is told of those before.
#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/script.h"
#include "stages/60-notes/belief.h"
#include "stages/60-notes/book.h"
#include "stages/60-notes/chapter_titles.h"
#include "stages/60-notes/continued.h"
#include "stages/60-notes/count.h"
#include "stages/60-notes/declared.h"
#include "stages/60-notes/gathered.h"
#include "stages/60-notes/groups.h"
#include "stages/60-notes/lone.h"
#include "stages/60-notes/note_end.h"
#include "stages/60-notes/raised.h"
#include "stages/60-notes/seen.h"
#include "stages/60-notes/styles.h"
#include "stages/60-notes/told.h"
#include "stages/60-notes/transcribed.h"
#include "weights/notes.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_notes;
}

namespace {

// Notes of texts without pages that say of themselves what they are. Their lines are taken.
void tell_transcribed(NotesOfBook& book, Told& told) {
  for (const TranscribedNote& n : read_transcribed_notes(book.d)) {
    book.taken.resize(book.d.lines.size());
    std::fill(book.taken.begin() + static_cast<std::ptrdiff_t>(n.note.first),
              book.taken.begin() + static_cast<std::ptrdiff_t>(n.note.last) + 1, true);
    told.transcribed(n);
  }
}

// Whether the text above the notes breaks off within a sentence or a word.
bool breaks_off_above(const NotesOfBook& book, const Lines& lines, std::size_t first) {
  const auto end = std::lower_bound(lines.begin(), lines.end(), first);
  return end != lines.begin() && !book.blocked(*std::prev(end)) && !ends_sentence(book.d.lines[*std::prev(end)].text);
}

std::size_t usual_measure(const NotesOfBook& book, const Lines& lines) {
  std::vector<std::size_t> widths;
  for (const std::size_t line : lines) widths.push_back(columns(book.text(line)));
  if (widths.empty()) return 0;
  const auto middle = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
  std::nth_element(widths.begin(), middle, widths.end());
  return *middle;
}

// The width of the book's full lines: that of most lines in the upper third of its pages, where notes hardly stand. No
// width is larger where these are too few.
std::size_t measure_of_text(const NotesOfBook& book, const std::vector<Lines>& pages) {
  std::vector<std::size_t> widths;
  for (const Lines& page : pages)
    for (std::size_t k = 0; k < page.size() / 3; ++k)
      if (!book.blocked(page[k])) widths.push_back(columns(book.text(page[k])));
  std::sort(widths.begin(), widths.end());
  std::size_t best = 0, most = notes::enough_text;
  for (std::size_t i = 0, k = 0; i < widths.size(); ++i) {
    while (k < widths.size() && widths[k] * 100 <= widths[i] * 106) ++k;
    if (k - i > most) most = k - i, best = widths[i + (k - i) / 2];
  }
  return best > 0 ? best : ~std::size_t{0};
}

bool has_label(const std::vector<FootLine>& lines, MarkForm form) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const FootLine& l) { return l.mark.form == form && !l.mark.raised; });
}

// Where the labels of that form begin anew with 1 behind others, for the last time; 0 if they do not.
std::size_t find_restart(const std::vector<FootLine>& lines, MarkForm form) {
  for (std::size_t k = lines.size(); k-- > 0;)
    if (lines[k].mark.form == form && !lines[k].mark.raised && lines[k].mark.number.value == 1)
      return has_label({lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(k)}, form) ? k : 0;
  return 0;
}

// The second reading: from page to page, with what the pages before leave open.
class Reading {
 public:
  Reading(const NotesOfBook& book, Told& told, const std::vector<Lines>& pages)
      : book_(book),
        told_(told),
        styles_(learn_styles(book, pages)),
        seen_(learn_seen(book, pages)),
        text_measure_(measure_of_text(book, pages)) {
    for (NoteStyle& style : styles_) {
      if (!style.usual) continue;
      count_ = read_count(book, pages, style);
      style.counted = !count_.empty();
    }
  }

  void read(const std::vector<Lines>& pages) {
    for (const Lines& page : pages) read_page(page);
    if (in_endnotes_) close_endnotes();
    for (const LoneNote& note : find_lone_notes(book_, told_)) told_.lone(note);
    told_.declared_rest();
    told_.wait(pending_);
    told_.unresolved();
  }

 private:
  // Lines of gathered notes are kept apart from the text of their page.
  void read_page(const Lines& page) {
    Lines lines;
    for (const std::size_t line : page) {
      const bool fw = book_.is(line, "fw");
      const Node* block = book_.d.block_of(book_.d.lines[line]);
      if (block != nullptr && block->name == "head") meet_heading(*block);
      if (fw)
        lines.push_back(line);
      else if (in_endnotes_ && !book_.is(line, "head"))
        endnotes_.push_back(line);
      else
        lines.push_back(line), chapter_text_.push_back(line);
    }
    read_foot_of(lines);
  }

  // Gathered notes end at the next heading that is not below their own.
  void meet_heading(const Node& head) {
    const int level = std::max(1, read_whole_number(head.get("level")).value);
    if (in_endnotes_ && level > notes_level_) return;
    if (in_endnotes_) close_endnotes();
    in_endnotes_ = head.get("type") == "notes";
    notes_level_ = level;
  }

  // What is declared goes before what is inferred, and what has the form of its book before what has another.
  void read_foot_of(const Lines& lines) {
    if (FoundNotes said = read_declared_foot(book_, lines); !said.notes.empty())
      return told_.notes(std::move(said), "foot");
    const bool open = told_.open().has_value();
    if (book_.raised && (styles_.empty() || raised_foot_of(book_, lines, open) < lines.size())) return raised(lines);
    if (const Lines noted = seen_notes(book_, lines); !noted.empty() && !book_.raised) return seen(lines, noted);
    // Where all type is known, notes at the foot are seen by theirs.
    if (seen_.many || book_.d.meta("type") == "told") return told_.close_open();
    if (!book_.sure_pages && !book_.raised && groups(lines)) return;
    if (!column_feet(lines)) printed(lines);
  }

  void raised(const Lines& lines) {
    FoundNotes found = read_raised_foot(book_, lines, told_.open().has_value());
    if (found.notes.empty())
      pending_.insert(pending_.end(), found.places.begin(), found.places.end());
    else
      told_.notes(std::move(found), "foot");
  }

  void seen(const Lines& lines, const Lines& noted) {
    FoundNotes found = read_seen_foot(book_, lines, noted, seen_.style, told_.open().has_value(), last_value_);
    if (!found.notes.back().continues) last_value_ = found.notes.back().mark.number.value;
    told_.notes(std::move(found), "foot");
    if (!fills_measure(book_, lines, noted))
      told_.close_open();  // the next page has another
    else if (!seen_.style.noisy)
      told_.keep_open();  // what the next begins with is of this one, or it would have a label
  }

  bool groups(const Lines& lines) {
    std::vector<FoundNotes> groups = find_groups(book_, lines);
    if (groups.empty()) return false;
    const std::size_t last = groups.back().notes.back().last;
    for (FoundNotes& group : groups) told_.notes(std::move(group), "foot");
    Lines rest;
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(rest), [&](std::size_t k) { return k > last; });
    wait_for_notes(rest);
    return true;
  }

  // Notes at the foot of a column, with a heading of the next one below them: they are due, and each has its mark
  // above. Whether there were such; then the rest of the page was read as well.
  bool column_feet(const Lines& lines) {
    for (const std::size_t h : column_ends(book_, lines)) {
      const Lines above(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(h));
      const std::vector<FootLine> foot_lines = lines_of_foot(book_, above);
      for (const NoteStyle& style : styles_) {
        if (!style.usual || style.noisy || !has_label(foot_lines, style.form)) continue;
        Foot foot = read_foot(book_.d, foot_lines, style, last_value_);
        if (!ends_column(book_, above, foot, style, last_value_)) continue;
        tell_foot(above, foot_lines, std::move(foot), style);
        read_foot_of({lines.begin() + static_cast<std::ptrdiff_t>(h), lines.end()});
        return true;
      }
    }
    return false;
  }

  // Notes in one of the book's forms.
  void printed(const Lines& lines) {
    const std::vector<FootLine> foot_lines = lines_of_foot(book_, lines);
    const NoteStyle* best_style = nullptr;
    Foot best;
    double best_score = 0;
    const Due due = count_.empty() ? Due{} : due_on(count_, lines);
    const auto try_from = [&](std::size_t from, const NoteStyle& style) {
      const std::vector<FootLine> some(foot_lines.begin() + static_cast<std::ptrdiff_t>(from), foot_lines.end());
      bool believed = false;
      for (const int last : numbers_before(due)) {
        Foot foot = read_foot(book_.d, some, style, last, due.below);
        const double score = !foot.notes.empty() ? believe(book_, lines, some, foot, style, last) : 0;
        foot.first += from;
        believed = believed || score > 0;
        if (score > best_score) best_score = score, best = std::move(foot), best_style = &style;
      }
      return believed;
    };
    for (const NoteStyle& style : styles_) {
      if (!style.noisy && !has_label(foot_lines, style.form)) continue;
      if (try_from(0, style)) continue;
      // A list above the notes may have labels of the same form; bare ones number the lines of listings, too.
      if (style.form == MarkForm::bare) continue;
      if (const std::size_t again = find_restart(foot_lines, style.form); again > 0) try_from(again, style);
    }
    if (best_style != nullptr) return tell_foot(lines, foot_lines, std::move(best), *best_style);
    if (book_.raised) return raised(lines);
    wait_for_notes(lines);
    only_continued(foot_lines, usual_measure(book_, lines));
  }

  // What the number of the last note before the page may be.
  std::vector<int> numbers_before(const Due& due) const {
    std::vector<int> numbers;
    if (due.here > 0) {
      for (int before = 1; before <= 3 && due.here - before >= due.above; ++before)
        numbers.push_back(due.here - before);
    } else {
      const int last = last_value_ >= due.below ? due.above : std::max(last_value_, due.above);
      if (due.begins) numbers.push_back(0);
      numbers.push_back(last);
      if (!due.begins && due.anew && last > 0 && !count_.empty()) numbers.push_back(0);
    }
    if (numbers.empty()) numbers.push_back(last_value_);
    return numbers;
  }

  void tell_foot(const Lines& lines, const std::vector<FootLine>& foot_lines, Foot foot, const NoteStyle& style) {
    FoundNotes found;
    found.style = style;
    found.notes = std::move(foot.notes);
    const std::size_t first = found.notes.front().first;
    const bool torn = breaks_off_above(book_, lines, first);
    const std::size_t measure = usual_measure(book_, lines);
    for (Note& note : found.notes) {
      end_before_text(book_.d, foot_lines, note, measure, torn);
      end_before_imprint(book_.rules, foot_lines, note);
    }
    add_continued(foot_lines, foot.first, measure, found.notes);
    const std::size_t end = found.notes.front().first;
    found.places = printed_marks(book_, lines, end, style);
    if (style.noisy) {
      add_odd_characters(book_, lines, end, found.places);
      add_misread_letters(book_, lines, end, found.places);
      found.text.assign(lines.begin(), std::lower_bound(lines.begin(), lines.end(), end));
    }
    last_value_ = found.notes.back().mark.number.value;
    told_.notes(std::move(found), "foot");
  }

  void add_continued(const std::vector<FootLine>& lines, std::size_t first, std::size_t measure,
                     std::vector<Note>& notes) const {
    if (!told_.open()) return;
    if (const std::optional<Note> note =
            find_continued(lines, first, told_.open_line(), std::min(measure, text_measure_)))
      notes.insert(notes.begin(), *note);
  }

  // A page whose foot holds nothing but the middle or the end of a long note; not a list of works, whose lines are as
  // narrow, and end where they please.
  void only_continued(const std::vector<FootLine>& lines, std::size_t measure) {
    const std::optional<Note> note =
        told_.open() ? find_continued(lines, lines.size(), told_.open_line(), std::min(measure, text_measure_))
                     : std::nullopt;
    if (note && !book_.lists_works(note->first))
      told_.note(*note, "foot");
    else
      told_.close_open();
  }

  // Circled numbers behind words are marks also where no note answers them: they wait for the notes of the chapter.
  void wait_for_notes(const Lines& lines) {
    if (lines.empty()) return;
    for (const MarkPlace& p : printed_marks(book_, lines, lines.back() + 1, MarkForm::circled))
      if (p.weight >= notes::least_mark) pending_.push_back(p);
  }

  // The notes are those of all the text since the last gathered notes: of a chapter, or of the whole book.
  void close_endnotes() {
    const Lines titles = find_chapter_titles(book_.d, endnotes_);
    std::erase_if(endnotes_, [&](std::size_t line) { return std::ranges::binary_search(titles, line); });
    FoundNotes found = read_gathered_notes(book_, chapter_text_, endnotes_, titles);
    if (!found.notes.empty()) {
      told_.chapter_titles(titles, notes_level_ + 1);
      pending_.clear();
      // What stands behind them is text of the next chapter, if its heading was not found.
      FoundNotes others = read_other_series(book_, chapter_text_, endnotes_, titles, found);
      const std::size_t last = std::max(found.notes.back().last, others.notes.empty() ? 0 : others.notes.back().last);
      chapter_text_.clear();
      told_.notes(std::move(found), "end");
      if (!others.notes.empty()) told_.notes(std::move(others), "end");
      std::copy_if(endnotes_.begin(), endnotes_.end(), std::back_inserter(chapter_text_),
                   [&](std::size_t line) { return line > last; });
    }
    endnotes_.clear();
  }

  const NotesOfBook& book_;
  Told& told_;
  std::vector<NoteStyle> styles_;
  const SeenStyle seen_;
  const std::size_t text_measure_;  // columns
  std::vector<CountedLabel> count_;
  int last_value_ = 0;  // the number of the last note on an earlier page
  bool in_endnotes_ = false;
  int notes_level_ = 1;  // of the heading of gathered notes
  Lines chapter_text_, endnotes_;
  std::vector<MarkPlace> pending_;  // marks that wait for notes at the end of the chapter
};

void run(const Document& d, const Rules& rules, Proposal& out) {
  NotesOfBook book(d, rules);
  Told told(book, out);
  tell_transcribed(book, told);
  const std::vector<Lines> pages = pages_of(book);
  Reading(book, told, pages).read(pages);
}

}  // namespace

extern const Stage stage_notes{.name = "notes",
                               .summary = "Find the notes and the mark that each belongs to",
                               .needs = "pages headings",
                               .provides = "notes",
                               .rules = &embedded::rules_notes,
                               .run = run};

}  // namespace emend
