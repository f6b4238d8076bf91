// Gathered notes as the best chain of labels (a longest increasing subsequence whose steps are small; Fredman 1975).
#include "stages/60-notes/gathered.h"

#include <algorithm>
#include <array>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "stages/60-notes/alignment.h"
#include "weights/notes.h"

namespace emend {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

struct Label {
  std::size_t index = 0;  // into the lines
  Mark mark;
  int score = notes::gathered_label;  // of the best chain that ends here
  std::size_t before = none;
  bool misread = false;
};

// Those that are set as `like` is; of form `none`, as the first of all.
std::vector<Label> find_labels(const Document& d, const std::vector<std::size_t>& lines, const Mark& like = {}) {
  std::vector<Label> labels;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const std::string_view text = trim(d.lines[lines[k]].text);
    const Mark mark = read_note_mark(text);
    const bool alone = mark.length == text.size() && mark.form == MarkForm::bare;
    if (mark && !alone && (like ? same_setting(mark, like) : labels.empty() || same_setting(mark, labels.front().mark)))
      labels.push_back({k, mark});
  }
  return labels;
}

// The labels of the best chain, in order.
std::vector<std::size_t> best_chain(std::vector<Label>& labels) {
  std::array<std::size_t, 1000> latest;  // the best label with each number so far
  latest.fill(none);
  std::size_t best = none;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    Label& label = labels[i];
    const int value = label.mark.number.value;
    if (value == 1 && best != none) label.before = best, label.score += labels[best].score;
    for (int step = 1; step <= notes::most_lost && step < value; ++step) {
      const std::size_t other = latest[static_cast<std::size_t>(value - step)];
      const int score = other == none ? 0 : labels[other].score + notes::gathered_label + 1 - step;
      if (score > label.score) label.before = other, label.score = score;
    }
    std::size_t& same = latest[static_cast<std::size_t>(value)];
    if (same == none || labels[same].score <= label.score) same = i;
    if (best == none || label.score > labels[best].score) best = i;
  }
  std::vector<std::size_t> chain;
  for (std::size_t i = best; i != none; i = labels[i].before) chain.push_back(i);
  std::reverse(chain.begin(), chain.end());
  return chain;
}

// Where exactly as many labels stand between two as numbers are missing, these were misread.
std::vector<std::size_t> with_misread(std::vector<Label>& labels, const std::vector<std::size_t>& chain) {
  std::vector<std::size_t> filled;
  for (const std::size_t to : chain) {
    if (!filled.empty()) {
      const std::size_t from = filled.back();
      const int value = labels[from].mark.number.value, missing = labels[to].mark.number.value - value - 1;
      if (missing > 0 && to - from - 1 == static_cast<std::size_t>(missing))
        for (std::size_t i = from + 1; i < to; ++i) {
          labels[i].mark.number.value = value + static_cast<int>(i - from);
          labels[i].misread = true;
          filled.push_back(i);
        }
    }
    filled.push_back(to);
  }
  return filled;
}

// A note does not reach over a heading.
std::size_t last_before_heading(const Document& d, std::size_t first, std::size_t last,
                                const std::vector<std::size_t>& titles) {
  const auto title = std::upper_bound(titles.begin(), titles.end(), first);
  if (title != titles.end() && *title <= last) last = *title - 1;
  for (std::size_t line = first + 1; line <= last; ++line)
    if (d.is(d.lines[line], "head")) return line - 1;
  return last;
}

// Whether a paragraph ends with `lines[k - 1]`: its sentence does, and a blank line, the page's end, a short line or an
// indented one says so too.
bool paragraph_ends(const Document& d, const std::vector<std::size_t>& lines, std::size_t k) {
  const Line &before = d.lines[lines[k - 1]], &here = d.lines[lines[k]];
  if (!ends_sentence(before.text)) return false;
  const bool apart = lines[k] - lines[k - 1] > 1 || before.page != here.page;
  const bool is_short = columns(trim(before.text)) * 10 < columns(trim(here.text)) * 7;
  return apart || is_short || indent(here.text) > indent(before.text) + 1;
}

// A last note does not reach over the chapter behind it, if its heading was not found: much text behind its first
// paragraph is none of its own.
std::size_t end_of_last(const Document& d, const std::vector<std::size_t>& lines, std::size_t index) {
  for (std::size_t k = index + 1; k < lines.size(); ++k)
    if (paragraph_ends(d, lines, k))
      return d.lines[lines.back()].at.end - d.lines[lines[k]].at.begin > notes::least_left ? k : lines.size();
  return lines.size();
}

}  // namespace

Note labelled_note(const Document& d, std::size_t line, const Mark& mark) {
  const std::string_view text = d.lines[line].text;
  std::size_t end = static_cast<std::size_t>(trim(text).data() - text.data()) + mark.length;
  while (end < text.size() && (text[end] == ' ' || text[end] == '\t' || text[end] == '.')) ++end;
  return {line, line, mark, std::string(mark.shown), {{line, 0, end}}, true, false};
}

namespace {

std::vector<Note> read_notes(const Document& d, const std::vector<std::size_t>& lines,
                             const std::vector<std::size_t>& titles, const Mark& like = {}) {
  std::vector<Label> labels = find_labels(d, lines, like);
  const std::vector<std::size_t> chain = with_misread(labels, best_chain(labels));
  std::vector<Note> notes;
  for (std::size_t c = 0; c < chain.size(); ++c) {
    const Label& label = labels[chain[c]];
    const std::size_t end = c + 1 < chain.size() ? labels[chain[c + 1]].index : end_of_last(d, lines, label.index);
    Note& note = notes.emplace_back(labelled_note(d, lines[label.index], label.mark));
    note.last = last_before_heading(d, note.first, lines[end - 1], titles);
    if (!label.misread) continue;
    note.read = false;
    note.shown = write_mark(label.mark.number.value, label.mark.form);
  }
  return notes;
}

// Marks of gathered notes are set as their labels are; transcripts have a caret before them, and mostly not before
// those.
std::vector<MarkPlace> find_marks_of(const NotesOfBook& book, const Lines& text, const std::vector<Note>& notes) {
  std::vector<MarkPlace> plain, raised;
  Mark with_caret = notes.front().mark;
  with_caret.raised = true;
  for (const std::size_t line : text) {
    if (book.blocked(line)) continue;
    find_marks(book.d, line, notes.front().mark, 0, plain);
    if (!notes.front().mark.raised) find_marks(book.d, line, with_caret, 0, raised);
  }
  return raised.size() * 2 >= notes.size() ? raised : plain;
}

// The first label that is set otherwise than the notes' are and tells itself from text: the first of a series of its
// own, perhaps, as the editor's notes are that stand behind the author's.
Mark first_of_others(const Document& d, const Lines& lines, const Mark& like) {
  for (const std::size_t line : lines) {
    const Mark mark = read_note_mark(trim(d.lines[line].text));
    const bool clear = mark.form == MarkForm::circled || mark.form == MarkForm::bracketed ||
                       mark.form == MarkForm::parenthesised || mark.form == MarkForm::superscript;
    if (clear && mark.number.value == 1 && !same_setting(mark, like)) return mark;
  }
  return {};
}

// Notes end where one of the other series begins.
void end_before(std::vector<Note>& notes, const std::vector<Note>& others) {
  for (Note& note : notes)
    for (const Note& other : others)
      if (other.first > note.first && other.first <= note.last) note.last = other.first - 1;
}

}  // namespace

FoundNotes read_gathered_notes(const NotesOfBook& book, const Lines& text, const Lines& lines, const Lines& titles) {
  FoundNotes found;
  found.notes = read_notes(book.d, lines, titles);
  if (found.notes.empty()) return found;
  found.places = find_marks_of(book, text, found.notes);
  found.style.form = found.notes.front().mark.form;
  const std::size_t linked = book.raised ? 0 : align_notes(book.d, found.places, found.notes, NoteStyle{}).size();
  found.style.noisy = !book.raised && linked * 4 < found.notes.size() * 3;
  if (found.style.noisy) add_odd_characters(book, text, lines.front(), found.places);
  return found;
}

FoundNotes read_other_series(const NotesOfBook& book, const Lines& text, const Lines& lines, const Lines& titles,
                             FoundNotes& first) {
  FoundNotes found;
  const Mark like = first.notes.empty() ? Mark{} : first_of_others(book.d, lines, first.notes.front().mark);
  if (!like) return found;
  found.notes = read_notes(book.d, lines, titles, like);
  found.style.form = like.form;
  found.places = find_marks_of(book, text, found.notes);
  const auto marked = std::count_if(found.notes.begin(), found.notes.end(), [&](const Note& note) {
    return std::any_of(found.places.begin(), found.places.end(), [&](const MarkPlace& p) {
      return p.mark.number.value == note.mark.number.value && p.weight >= notes::least_mark_of_group;
    });
  });
  // Within a note ①, ② enumerate: then the text does not answer them.
  if (static_cast<std::size_t>(marked) * 4 < found.notes.size() * 3) return {};
  end_before(first.notes, found.notes);
  end_before(found.notes, first.notes);
  return found;
}

}  // namespace emend
