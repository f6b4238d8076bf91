// Labels with a caret behind the last block of a page.
#include "stages/60-notes/raised.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "stages/60-notes/gathered.h"
#include "weights/notes.h"

namespace emend {

namespace {

// Where the lines begin that no blank line divides from `k`.
std::size_t paragraph_of(const NotesOfBook& book, const Lines& lines, std::size_t k) {
  while (k > 0 && lines[k] - lines[k - 1] == 1 && !book.blocked(lines[k - 1])) --k;
  return k;
}

// The last paragraph above `end`, if it begins within a sentence and the text above it ends one: what a page cut off a
// note, where each paragraph has blank lines around it. `end` if it is none.
std::size_t rest_of_note(const NotesOfBook& book, const Lines& lines, std::size_t end) {
  if (end == 0 || book.blocked(lines[end - 1])) return end;
  const std::size_t k = paragraph_of(book, lines, end - 1);
  std::size_t above = k;
  while (above > 0 && book.blocked(lines[above - 1])) --above;
  const bool within = is_lower(first_character(book.text(lines[k])));
  return above > 0 && within && end - k <= notes::most_continued_raised && ends_sentence(book.text(lines[above - 1])) ? k : end;
}

// Whether a mark in lines [k, s) has its note among the lines from s on: then they are text of this page.
bool mark_notes_below(const NotesOfBook& book, const Lines& lines, std::size_t k, std::size_t s) {
  Mark raised;
  raised.raised = true;
  std::vector<MarkPlace> places;
  for (std::size_t i = k; i < s; ++i) find_marks(book.d, lines[i], raised, 0, places);
  return std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(s), lines.end(), [&](std::size_t line) {
    const Mark label = read_note_mark(book.text(line));
    return opens_note(book.d.lines[line].text) && std::any_of(places.begin(), places.end(), [&](const MarkPlace& p) {
             return same_setting(p.mark, label) && p.mark.number.value == label.number.value;
           });
  });
}

// Lines above the first note that finish the last note of the page before.
std::size_t with_continuation(const NotesOfBook& book, const Lines& lines, std::size_t s) {
  const std::size_t k = paragraph_of(book, lines, s);
  if (k > 0 && k < s && s - k <= notes::most_continued_raised && !mark_notes_below(book, lines, k, s)) return k;
  const std::size_t rest = rest_of_note(book, lines, s);
  return mark_notes_below(book, lines, rest, s) ? s : rest;
}

std::vector<Note> read_notes(const NotesOfBook& book, const Lines& lines, const std::vector<MarkPlace>& places) {
  const auto marked = [&](const Mark& label) {
    return std::any_of(places.begin(), places.end(), [&](const MarkPlace& p) {
      return same_setting(p.mark, label) && p.mark.number.value == label.number.value;
    });
  };
  std::vector<Note> notes;
  for (const std::size_t line : lines) {
    const Mark mark = read_note_mark(book.text(line));
    if (opens_note(book.d.lines[line].text) &&
        (notes.empty() || notes.back().continues || same_setting(mark, notes.back().mark) || marked(mark)))
      notes.push_back(labelled_note(book.d, line, mark));
    else if (!notes.empty())
      notes.back().last = line;
    else
      notes.push_back({line, line, {}, {}, {}, true, true});
  }
  return notes;
}

}  // namespace

std::size_t raised_foot_of(const NotesOfBook& book, const Lines& lines, bool open) {
  for (std::size_t s = 0; s < lines.size(); ++s) {
    if (book.blocked(lines[s]) || !opens_note(book.d.lines[lines[s]].text)) continue;
    const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(s);
    const auto other = std::find_if(begin, lines.end(), [&](std::size_t line) { return book.blocked(line); });
    if (other == lines.end()) return open && s > 0 ? with_continuation(book, lines, s) : s;
    s = static_cast<std::size_t>(other - lines.begin());
  }
  return open ? rest_of_note(book, lines, lines.size()) : lines.size();
}

FoundNotes read_raised_foot(const NotesOfBook& book, const Lines& lines, bool open) {
  const std::size_t foot = raised_foot_of(book, lines, open);
  FoundNotes found;
  Mark raised;
  raised.raised = true;
  for (std::size_t k = 0; k < foot; ++k)
    if (!book.is(lines[k], "entry")) find_marks(book.d, lines[k], raised, 0, found.places);
  const Lines rest(lines.begin() + static_cast<std::ptrdiff_t>(foot), lines.end());
  found.notes = read_notes(book, rest, found.places);
  return found;
}

}  // namespace emend
