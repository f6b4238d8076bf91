// Says which notes were found and which mark each belongs to, and what stays open.
#pragma once
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/document/proposal.h"
#include "stages/60-notes/book.h"
#include "stages/60-notes/transcribed.h"

namespace emend {

/// A note with a link of its own.
struct LoneNote {
  Note note;
  MarkPlace mark;
  std::uint8_t sure = 0;  // of the link; 0: no mark was found
  std::string_view reason = {};
};

/// Writes notes into the proposal in the order of the text, and keeps what has been said: no place is the mark of two
/// notes, and a note that breaks off goes on in the next that has no label.
class Told {
 public:
  Told(const NotesOfBook& book, Proposal& out) : book_(book), d_(book.d), out_(out), noted_(book.d.lines.size()) {}

  /// The notes, each with the mark that it is aligned with. `place`: foot or end.
  void notes(FoundNotes, std::string_view place);
  void transcribed(const TranscribedNote&);
  void lone(const LoneNote&);
  /// One note, without its mark.
  void note(const Note&, std::string_view place);
  /// Titles of chapters that stand above their notes.
  void chapter_titles(const Lines&, int level);
  /// Marks whose notes were not found wait for those that other passes find.
  void wait(const std::vector<MarkPlace>&);
  /// Those that still wait are doubts.
  void unresolved();
  /// What the source says is of a note, and no note was found to hold: it is one all the same.
  void declared_rest();

  /// The last note, if it seems to go on on the next page.
  const std::optional<Span>& open() const { return open_; }
  std::string_view open_line() const;
  void close_open() { open_.reset(); }
  /// The last note may go on, though it ends a sentence.
  void keep_open() { open_ = last_; }
  /// By line: whether it is of a note.
  const std::vector<bool>& noted() const { return noted_; }
  /// Whether the place is the mark of a note.
  bool named(const MarkPlace& p) const { return named_.contains({p.line, p.begin}); }

 private:
  void keep_within_blocks(Note&) const;
  bool link_by_words(const Note&, const Lines& text);
  bool breaks_off(std::string_view text) const;
  Span name_mark(const MarkPlace&, std::string_view shown, std::string_view kept = {});

  const NotesOfBook& book_;
  const Document& d_;
  Proposal& out_;
  std::vector<bool> noted_;         // by line
  std::vector<MarkPlace> waiting_;  // marks without a note
  std::set<std::pair<std::size_t, std::size_t>> named_;
  std::optional<Span> open_;
  std::optional<Span> last_;  // the note that was told last
};

}  // namespace emend
