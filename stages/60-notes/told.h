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

/// The weight, by its neighbours, of a circled number that is a mark though no note answers it.
constexpr double least_mark = 5.5;

/// Writes notes into the proposal in the order of the text, and keeps what has been said: no place is the mark of two
/// notes, and a note that breaks off goes on in the next that has no label.
class Told {
 public:
  Told(const Book& book, Proposal& out) : book_(book), d_(book.d), out_(out) {}

  /// The notes, each with the mark that it is aligned with. `place`: foot or end.
  void notes(Found, std::string_view place);
  void transcribed(const TranscribedNote&);
  /// One note, without its mark.
  void note(const Note&, std::string_view place);
  /// Titles of chapters that stand above their notes.
  void chapter_titles(const Lines&, int level);
  /// Marks of notes that were not found.
  void unresolved(const std::vector<MarkPlace>&);
  /// What the source says is of a note, and no note was found to hold: it is one all the same.
  void declared_rest();

  /// The last note, if it seems to go on on the next page.
  const std::optional<Span>& open() const { return open_; }
  std::string_view open_line() const;
  void close_open() { open_.reset(); }

 private:
  void keep_within_blocks(Note&) const;
  bool link_by_words(const Note&, const Lines& text);
  bool breaks_off(std::string_view text) const;
  Span name_mark(const MarkPlace&, std::string_view shown, std::string_view kept = {});
  void unresolved(const MarkPlace&);

  const Book& book_;
  const Document& d_;
  Proposal& out_;
  std::vector<bool> noted_;  // lines of notes that were said, where some are declared
  std::set<std::pair<std::size_t, std::size_t>> named_;
  std::optional<Span> open_;
};

}  // namespace emend
