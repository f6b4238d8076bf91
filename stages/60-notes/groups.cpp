// Runs of labelled lines behind a blank line, held against the marks above them.
#include "stages/60-notes/groups.h"

#include <algorithm>
#include <array>
#include <utility>

#include "stages/60-notes/gathered.h"

namespace emend {

namespace {

constexpr double least_mark = 5;  // the weight of a mark by its neighbours that answers a note

// Notes from lines[k] on, which a blank line sets apart; `k` becomes the line behind them.
std::vector<Note> read_group(const NotesOfBook& book, const Lines& lines, MarkForm form, int last, std::size_t& k) {
  std::vector<Note> notes;
  for (; k < lines.size(); ++k) {
    const std::string_view text = book.text(lines[k]);
    const Mark mark = read_note_mark(text);
    const int value = mark.number.value;
    const bool gap = k > 0 && lines[k] - lines[k - 1] > 1;
    const bool label = mark.form == form && !mark.raised && mark.length < text.size() && !book.blocked(lines[k]);
    const bool begins = notes.empty()
                            ? gap && (value == 1 || (value > last && value <= last + 3))
                            : value > notes.back().mark.number.value && value <= notes.back().mark.number.value + 2;
    if (label && begins)
      notes.push_back(labelled_note(book.d, lines[k], mark));
    else if (!notes.empty() && !gap && !book.blocked(lines[k]))
      notes.back().last = lines[k];
    else
      break;
  }
  return notes;
}

bool is_marked(const std::vector<MarkPlace>& places, const std::vector<Note>& notes) {
  const auto marked = std::count_if(notes.begin(), notes.end(), [&](const Note& n) {
    return std::any_of(places.begin(), places.end(), [&](const MarkPlace& p) {
      return p.mark.number.value == n.mark.number.value && p.weight >= least_mark;
    });
  });
  return marked > 0 && static_cast<std::size_t>(marked) * 2 >= notes.size();
}

std::vector<FoundNotes> groups_of(const NotesOfBook& book, const Lines& lines, MarkForm form) {
  std::vector<FoundNotes> groups;
  FoundNotes here;
  here.style.form = form;
  int last = 0;  // number of the last note of the group before
  for (std::size_t k = 0; k < lines.size();) {
    std::size_t end = k;
    std::vector<Note> notes = read_group(book, lines, form, last, end);
    if (is_marked(here.places, notes)) {
      last = notes.back().mark.number.value;
      here.notes = std::move(notes);
      groups.push_back(std::exchange(here, {}));
      here.style.form = form;
      k = end;
      continue;
    }
    Mark like;
    like.form = form;
    if (!book.is(lines[k], "entry"))
      find_marks(book.d, lines[k], like, first_text(book.d.lines[lines[k]].text), here.places);
    ++k;
  }
  return groups;
}

}  // namespace

std::vector<FoundNotes> find_groups(const NotesOfBook& book, const Lines& lines) {
  constexpr std::array<MarkForm, 4> clear = {MarkForm::circled, MarkForm::bracketed, MarkForm::superscript,
                                             MarkForm::parenthesised};
  for (const MarkForm form : clear)
    if (std::vector<FoundNotes> groups = groups_of(book, lines, form); !groups.empty()) return groups;
  return {};
}

}  // namespace emend
