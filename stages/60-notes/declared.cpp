// A tool that reads pages tells notes by their place and their type; it tells neither where one of several begins nor
// what their labels are.
#include "stages/60-notes/declared.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "pipeline/text/script.h"
#include "stages/60-notes/labels.h"

namespace emend {

namespace {

std::vector<Note> read_notes(const NotesOfBook& book, const Lines& lines) {
  std::vector<Note> notes;
  for (const std::size_t line : lines) {
    if (!book.declared[line]) continue;
    const std::string_view whole = book.d.lines[line].text, text = trim(whole);
    if (opens_note(text)) return {};
    const Mark mark = read_note_mark(text);
    const bool labelled = mark && mark.length < text.size();
    if (!labelled && !notes.empty()) {
      notes.back().last = line;
      continue;
    }
    Note& note = notes.emplace_back();
    note.first = note.last = line;
    note.continues = !labelled;
    if (!labelled) continue;
    note.mark = mark;
    note.shown = mark.shown;
    const std::size_t end = end_of_label(text, mark.length);
    const auto indent = static_cast<std::size_t>(text.data() - whole.data());
    note.labels.push_back({line, 0, indent + end});
  }
  return notes;
}

}  // namespace

std::vector<bool> lines_of_declared_notes(const Document& d) {
  std::vector<bool> all;
  for (const Node& said : d.declared) {
    if (said.name != "note") continue;
    all.resize(d.lines.size());
    const auto [first, last] = d.lines_of({said.at.begin, said.at.end + 1});
    for (std::size_t i = first; i < last; ++i) all[i] = d.lines[i].block < 0 && !trim(d.lines[i].text).empty();
  }
  return all;
}

FoundNotes read_declared_foot(const NotesOfBook& book, const Lines& lines) {
  FoundNotes found;
  if (book.declared.empty()) return found;
  found.notes = read_notes(book, lines);
  if (found.notes.empty()) return found;
  Lines text;
  std::copy_if(lines.begin(), lines.end(), std::back_inserter(text), [&](std::size_t k) { return !book.declared[k]; });
  NoteStyle& style = found.style;
  for (const Note& note : found.notes)
    if (style.form == MarkForm::none) style.form = note.mark.form;
  found.places = printed_marks(book, text, book.d.lines.size(), style.form);
  style.noisy = !std::all_of(found.notes.begin(), found.notes.end(), [&](const Note& note) {
    return note.continues || shows(found.places, note.mark.number.value);
  });
  if (style.noisy) add_odd_characters(book, text, book.d.lines.size(), found.places);
  if (style.noisy) found.text = std::move(text);
  return found;
}

}  // namespace emend
