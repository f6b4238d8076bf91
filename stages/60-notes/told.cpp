// Notes, labels, marks and links as changes, and doubts where a side of a link is missing.
#include "stages/60-notes/told.h"

#include <algorithm>
#include <string>

#include "pipeline/text/script.h"
#include "stages/60-notes/alignment.h"
#include "weights/notes.h"

namespace emend {

namespace {

// … in F. Pocar, in A.: the stop of a name's first letter ends no sentence.
bool ends_with_initial(std::string_view s) {
  const std::size_t n = s.size();
  return n > 2 && s[n - 1] == '.' && s[n - 2] >= 'A' && s[n - 2] <= 'Z' && s[n - 3] == ' ';
}

}  // namespace

std::string_view Told::open_line() const { return book_.text(d_.line_at(open_->end - 1)); }

// A note goes as far as the block that it stands in, and up to a contents list or one that goes on behind it.
void Told::keep_within_blocks(Note& note) const {
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

void Told::notes(FoundNotes found, std::string_view place) {
  std::vector<Note>& notes = found.notes;
  const std::vector<MarkPlace>& places = found.places;
  std::erase_if(notes, [&](const Note& n) { return book_.is(n.first, "entry"); });
  for (Note& n : notes) keep_within_blocks(n);
  for (const Note& n : notes) note(n, place);
  std::vector<bool> marked(places.size()), noted(notes.size());
  for (const NoteLink& link : align_notes(d_, places, notes, found.style)) {
    const Note& n = notes[link.note];
    marked[link.place] = noted[link.note] = true;
    const Span at = name_mark(places[link.place], n.shown, places[link.place].letters ? "\nkept=1" : "");
    if (!at.empty()) out_.link("note", at, d_.hull(n.first, n.last), link.rule, {link.sure, link.reason});
  }
  for (std::size_t j = 0; j < notes.size(); ++j)
    if (!noted[j] && !notes[j].continues) noted[j] = link_by_words(notes[j], found.text);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Mark& mark = places[i].mark;
    const bool enumerates = places[i].weight < notes::least_mark;  // ：①…，②…，③ are part of the text
    if (!marked[i] && mark && (mark.raised || (mark.form == MarkForm::circled && !enumerates)))
      waiting_.push_back(places[i]);
  }
  for (std::size_t j = 0; j < notes.size(); ++j)
    if (!noted[j] && !notes[j].continues)
      out_.doubt(d_.hull(notes[j].first, notes[j].last), "notes.unanchored",
                 {40, "no mark for note " + notes[j].shown + " was found in the text"});
}

// A note whose mark was erased is put behind the words that it begins with, if it repeats enough of them.
bool Told::link_by_words(const Note& note, const Lines& text) {
  MarkPlace best;
  for (const std::size_t line : text) {
    if (book_.is(line, "head") || book_.is(line, "entry")) continue;
    const MarkPlace place = place_by_words(d_, line, note);
    if (place.weight > best.weight) best = place;
  }
  if (best.weight < notes::least_words) return false;
  const Span at = name_mark(best, note.shown, "\nkept=1");
  if (!at.empty())
    out_.link("note", at, d_.hull(note.first, note.last), "notes.words",
              {55, "no mark can be read; the note begins with the words that stand here"});
  return !at.empty();
}

void Told::transcribed(const TranscribedNote& n) {
  out_.phrase(d_.lines[n.word.line], n.word.begin, n.word.end, "markup", "", "notes.transcribed");
  note(n.note, "foot");
  const Span whole = d_.hull(n.note.first, n.note.last), at = n.marked ? name_mark(n.mark, n.note.shown) : Span{};
  if (!at.empty())
    out_.link("note", at, whole, "notes.number", {98, "mark and note have the same label"});
  else
    out_.doubt(whole, "notes.unanchored", {40, "no mark for note " + n.note.shown + " was found in the text"});
}

void Told::note(const Note& note, std::string_view place) {
  std::fill(noted_.begin() + static_cast<std::ptrdiff_t>(note.first),
            noted_.begin() + static_cast<std::ptrdiff_t>(note.last) + 1, true);
  out_.block(note.first, note.last, "note", "n=" + note.shown + "\nplace=" + std::string(place),
             note.continues ? "notes.continued"
             : note.read    ? "notes.body"
                            : "notes.body-misread",
             {static_cast<std::uint8_t>(note.read ? 90 : 60),
              note.read ? std::string_view() : "the label was misread; the number is the one that is due here"});
  const Span at = d_.hull(note.first, note.last);
  if (note.continues && open_)
    out_.link(
        "continues", *open_, at, "notes.continued",
        {75, breaks_off(d_.lines[d_.line_at(open_->end)].text)
                 ? "the last note of the page before breaks off, and this stands before the first note"
                 : "the last note of the page before ends in a full line, and this stands before the first note"});
  for (const NoteLabel& label : note.labels)
    out_.phrase(d_.lines[label.line], label.begin, label.end, "label", "", "notes.label");
  open_.reset();
  last_ = at;
  if (place == "foot" && breaks_off(d_.lines[note.last].text)) open_ = at;
}

bool Told::breaks_off(std::string_view text) const {
  text = trim(text);
  if (ends_sentence(text) && !ends_with_initial(text)) return false;
  if (text.substr(text.rfind(' ') + 1).find_first_of("/\\") != text.npos) return false;  // an address, a path
  return book_.raised ||
         (columns(text) >= notes::full_line && text.find("://") == text.npos && text.find(":/") == text.npos);
}

// Nothing if the place was named before: a mark has one note. `kept`: the characters there are the text's own.
Span Told::name_mark(const MarkPlace& p, std::string_view shown, std::string_view kept) {
  if (!named_.emplace(p.line, p.begin).second) return {};
  return out_.phrase(d_.lines[p.line], p.begin, p.end, "mark", "n=" + std::string(shown) + std::string(kept),
                     "notes.mark", {95, {}});
}

void Told::chapter_titles(const Lines& titles, int level) {
  for (const std::size_t line : titles)
    out_.block(line, line, "head", "level=" + std::to_string(level) + "\ntype=section", "notes.chapter-title",
               {90, "a chapter has this title, and its notes stand below it"});
}

void Told::lone(const LoneNote& n) {
  open_.reset();
  note(n.note, "foot");
  const Span whole = d_.hull(n.note.first, n.note.last), at = n.sure > 0 ? name_mark(n.mark, n.note.shown) : Span{};
  if (!at.empty())
    out_.link("note", at, whole, "notes.number", {n.sure, n.reason});
  else
    out_.doubt(whole, "notes.unanchored", {40, "no mark for note " + n.note.shown + " was found in the text"});
}

void Told::wait(const std::vector<MarkPlace>& places) { waiting_.insert(waiting_.end(), places.begin(), places.end()); }

void Told::unresolved() {
  for (const MarkPlace& p : waiting_) {
    const Span at = name_mark(p, p.mark.shown);
    if (!at.empty())
      out_.doubt(at, "notes.unresolved", {40, "no note for the mark " + std::string(p.mark.shown) + " was found"});
  }
}

void Told::declared_rest() {
  for (std::size_t i = 0; i < book_.declared.size(); ++i) {
    if (!book_.declared[i] || noted_[i]) continue;
    Note rest;
    rest.first = rest.last = i;
    rest.continues = true;
    open_.reset();
    note(rest, "foot");
    out_.doubt(d_.lines[i].at, "notes.unanchored",
               {40, "the source says that this is of a note, and no note or mark was found that it belongs to"});
  }
}

}  // namespace emend
