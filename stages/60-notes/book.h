// The lines of the book as this stage reads them, with what the source says of them, and the marks in them.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/document/document.h"
#include "pipeline/rules/rules.h"
#include "stages/60-notes/foot.h"
#include "stages/60-notes/marks.h"
#include "stages/60-notes/misread_letters.h"

namespace emend {

using Lines = std::vector<std::size_t>;  // indices of lines, in the order of the text

/// What the document says before any note is known. It does not change while notes are sought, but for `taken`.
class NotesOfBook {
 public:
  NotesOfBook(const Document&, const Rules&);

  const Document& d;
  const Rules& rules;
  const std::vector<bool> declared;  // by line: the source says that it is of a note; or empty
  const std::vector<bool> seen;      // by line: the scan shows it at the foot of its page, set as notes are
  const bool unsure_told;            // the source declares which words are unsure
  const std::vector<bool> sources;   // by line: below the heading of a list of works; or empty
  bool raised = false;               // some labels have a caret: pages with such are read as transcripts set them
  bool sure_pages = false;           // some page surely ends
  std::vector<bool> taken;           // lines of notes that are known already; or empty

  /// What the line says, wherever it stands: the pages are gone through several times, and each line is read once.
  /// Without `gap`.
  const FootLine& foot_line(std::size_t line) const;

  /// The words of the line that the engine is not sure of, where it tells so.
  std::vector<UnsureWord> unsure(std::size_t line) const;
  /// Which ideographs stand side by side in it; counted when they are first asked for.
  const CharacterPairs& pairs() const;

  bool is(std::size_t line, std::string_view name) const { return d.is(d.lines[line], name); }
  /// Whether another stage has taken the line for a block of its own.
  bool blocked(std::size_t line) const { return is(line, "head") || d.lines[line].block >= 0; }
  /// Whether a list of works stands there, whose numbers look like labels and are none.
  bool lists_works(std::size_t line) const { return line < sources.size() && sources[line]; }
  /// Whether a label of that form in the line is the number of a work in a list: those stand in brackets, and the
  /// marks of the text that answer them cite the work.
  bool numbers_work(std::size_t line, MarkForm form) const { return form == MarkForm::bracketed && lists_works(line); }
  /// Whether the book has the word with its figure in many places, as DB2 or MP3: the figure is no mark.
  bool is_word_with_figure(const MarkPlace&) const;
  std::string_view text(std::size_t line) const;  // trimmed

 private:
  mutable std::unique_ptr<CharacterPairs> pairs_;
  mutable std::map<std::string, std::size_t, std::less<>> words_with_figures_;  // how often; counted when first asked
  mutable bool words_counted_ = false;
  mutable std::deque<FootLine> foot_lines_;          // those that were asked for
  mutable std::vector<std::uint32_t> foot_line_of_;  // where the line stands among them, from 1; or 0
};

/// Whether notes are sought in the line: not where it is empty, furniture, an item, or of a note that is known.
bool is_sought(const NotesOfBook&, std::size_t line);
/// Whether two pages, one after the other, may share the notes at their foot: the break between them is only guessed.
bool same_foot(const NotesOfBook&, std::uint32_t page, std::uint32_t next);
/// The lines of each page, or of several between which breaks are only guessed.
std::vector<Lines> pages_of(const NotesOfBook&);

/// The lines behind the last heading of the page.
std::vector<FootLine> lines_of_foot(const NotesOfBook&, const Lines& page);

/// The marks of that form in the lines above line `end`.
std::vector<MarkPlace> printed_marks(const NotesOfBook&, const Lines&, std::size_t end, MarkForm);
/// The marks of that style: the loose ones as well, if the book has such.
std::vector<MarkPlace> printed_marks(const NotesOfBook&, const Lines&, std::size_t end, const NoteStyle&);
/// Where in the line a mark may stand: none begins a line, but for a line that a mark was carried over to.
std::size_t first_text(std::string_view line);
/// Adds to `places` what may be left of misread marks in the lines above line `end`.
void add_odd_characters(const NotesOfBook&, const Lines&, std::size_t end, std::vector<MarkPlace>& places);
/// Adds the letters that may be all that is left of a mark: where notes are known to be, and marks are sought for them.
void add_misread_letters(const NotesOfBook&, const Lines&, std::size_t end, std::vector<MarkPlace>& places);
/// Whether one of them shows the number.
bool shows(const std::vector<MarkPlace>& places, int value);

/// How many of the notes have a mark with their number in the lines above them.
int count_marked(const NotesOfBook&, const Lines&, const std::vector<Note>&, const NoteStyle&);
/// How many of the notes find a mark, or what may be left of one; with `letters`, those that may be all that is left.
int count_linked(const NotesOfBook&, const Lines&, const std::vector<Note>&, const NoteStyle&, bool letters = false);

/// A place in a book where notes and their marks were found.
struct FoundNotes {
  std::vector<MarkPlace> places;
  std::vector<Note> notes;
  NoteStyle style;
  Lines text;  // where the words of notes are looked for whose marks were erased
};

}  // namespace emend
