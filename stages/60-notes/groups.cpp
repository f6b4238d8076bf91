// Runs of labelled lines behind a blank line, held against the marks above them.
#include "stages/60-notes/groups.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "stages/60-notes/gathered.h"
#include "weights/notes.h"

namespace emend {

namespace {

// Notes from lines[k] on, which a blank line sets apart; `k` becomes the line behind them.
std::vector<Note> read_group(const NotesOfBook& book, const Lines& lines, MarkForm form, int last, std::size_t& k) {
  std::vector<Note> notes;
  for (; k < lines.size(); ++k) {
    const std::string_view text = book.text(lines[k]);
    const Mark mark = read_note_mark(text);
    const int value = mark.number.value;
    const bool gap = k > 0 && lines[k] - lines[k - 1] > 1;
    const bool label = mark.form == form && !mark.raised && !book.blocked(lines[k]) &&
                       !book.numbers_work(lines[k], form) &&
                       (mark.length < text.size() ||
                        (k + 1 < lines.size() && value == (notes.empty() ? last : notes.back().mark.number.value) + 1));
    const bool alone = !notes.empty() && notes.back().last == notes.back().first &&
                       notes.back().mark.length == book.text(notes.back().first).size();
    const bool begins = notes.empty()
                            ? gap && (value == 1 || (value > last && value <= last + 3))
                            : value > notes.back().mark.number.value && value <= notes.back().mark.number.value + 2;
    if (label && begins)
      notes.push_back(labelled_note(book.d, lines[k], mark));
    else if (!notes.empty() && (!gap || alone) && !book.blocked(lines[k]))
      notes.back().last = lines[k];
    else
      break;
  }
  return notes;
}

bool is_marked(const std::vector<MarkPlace>& places, const std::vector<Note>& notes) {
  const auto marked = std::count_if(notes.begin(), notes.end(), [&](const Note& n) {
    return std::any_of(places.begin(), places.end(), [&](const MarkPlace& p) {
      return p.mark.number.value == n.mark.number.value && p.weight >= notes::least_mark_of_group;
    });
  });
  return marked > 0 && static_cast<std::size_t>(marked) * 2 >= notes.size();
}

bool shows_mark(const std::vector<MarkPlace>& places, int value) {
  return std::any_of(places.begin(), places.end(),
                     [&](const MarkPlace& p) { return p.mark.number.value == value && p.weight >= notes::least_mark; });
}

// Where the label of the note behind the group stands, if its mark stands above the group too: then whatever lies
// between is of the last note, paragraphs and verse. Else `k`.
std::size_t next_label(const NotesOfBook& book, const Lines& lines, MarkForm form, int value, std::size_t k) {
  constexpr std::size_t longest = 80;  // lines of one note
  for (std::size_t i = k; i < lines.size() && i < k + longest && !book.blocked(lines[i]); ++i) {
    const Mark mark = read_note_mark(book.text(lines[i]));
    if (mark.form == form && !mark.raised && mark.number.value == value && lines[i] - lines[i - 1] > 1) return i;
  }
  return k;
}

// The group that begins at lines[k], with the groups that its marks prove to be of the same block of notes.
std::vector<Note> read_block(const NotesOfBook& book, const Lines& lines, MarkForm form, int last,
                             const std::vector<MarkPlace>& places, std::size_t& k) {
  std::vector<Note> notes = read_group(book, lines, form, last, k);
  while (is_marked(places, notes)) {
    const int next = notes.back().mark.number.value + 1;
    std::size_t label = shows_mark(places, next) ? next_label(book, lines, form, next, k) : k;
    if (label == k) break;
    std::vector<Note> more = read_group(book, lines, form, next - 1, label);
    if (more.empty()) break;
    for (std::size_t i = k; i < lines.size() && lines[i] < more.front().first; ++i) notes.back().last = lines[i];
    notes.insert(notes.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    k = label;
  }
  return notes;
}

std::vector<FoundNotes> groups_of(const NotesOfBook& book, const Lines& lines, MarkForm form) {
  std::vector<FoundNotes> groups;
  FoundNotes here;
  here.style.form = form;
  int last = 0;  // number of the last note of the group before
  for (std::size_t k = 0; k < lines.size();) {
    std::size_t end = k;
    std::vector<Note> notes = read_block(book, lines, form, last, here.places, end);
    if (is_marked(here.places, notes)) {
      last = notes.back().mark.number.value;
      here.notes = std::move(notes);
      std::vector<MarkPlace> open;  // marks above whose notes are still to come
      std::copy_if(here.places.begin(), here.places.end(), std::back_inserter(open),
                   [&](const MarkPlace& p) { return p.mark.number.value > last; });
      std::erase_if(here.places, [&](const MarkPlace& p) { return p.mark.number.value > last; });
      groups.push_back(std::exchange(here, {}));
      here.style.form = form;
      here.places = std::move(open);
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
