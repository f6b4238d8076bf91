// Where note marks stand in a line: those that are read as printed, and the odd characters that OCR leaves where a mark
// was.
#pragma once
#include <string_view>
#include <vector>

#include "pipeline/document/document.h"
#include "pipeline/text/sentence.h"

namespace emend {

/// A place in the text where a note may be marked.
struct MarkPlace {
  std::size_t line = 0, begin = 0, end = 0;  // bytes of the line's current text
  Mark mark;                                 // as it reads; form `none` where only odd characters stand
  double weight = 0;                         // evidence that a mark stands here, whatever its number
  int digits = 0;                            // the number that odd characters still show, or 0
  bool figures = false;                      // they show a figure or a bracket
  bool doubtful = false;                     // figures that may belong to the word or the number where they stand
  bool seen = false;                         // the source declares that it is raised
  bool sure = false;                         // the source was read by an engine that is sure of what it reads as
  bool weighed = false;                      // `weight` has in it how sure the engine is
  bool letters = false;                      // the text keeps its characters: they may be its own
};

/// Marks set like `like`, apart from what stands before byte `from`. Appends to `out`.
void find_marks(const Document& d, std::size_t line, const Mark& like, std::size_t from, std::vector<MarkPlace>& out);

/// Figures between blanks behind a word or a stop (`the sea. 3 It`): what an extraction makes of raised ones in some
/// books, and mere numbers in all others. Appends to `out`, left to right.
void find_loose_marks(const Document& d, std::size_t line, std::vector<MarkPlace>& out);

/// A word that the engine is not sure of, in the current text of its line.
struct UnsureWord {
  std::size_t begin = 0, end = 0;
  int sure = 0;  // percent
};
/// The one at byte `at`, or null.
const UnsureWord* unsure_at(const std::vector<UnsureWord>&, std::size_t at);

/// Characters that running text would not have where they stand (`its? rude`, `ago.’ Entails`, `架构@（`, `it.°`): what
/// character recognition makes of a small raised mark. In words that the engine is not sure of, whatever stands there
/// is found. Appends to `out`, left to right.
void find_odd_characters(const Document& d, std::size_t line, const std::vector<UnsureWord>&,
                         std::vector<MarkPlace>& out);

/// Both in the order of the text; of two that overlap, the printed mark.
std::vector<MarkPlace> merge_marks(const std::vector<MarkPlace>& printed, const std::vector<MarkPlace>& odd);

/// How many bytes of odd characters or a misread number the line begins with, where a note's label is expected; 0 if
/// none. `weight` is the evidence they are a label.
std::size_t read_odd_label(std::string_view line, double& weight);

/// The mark that `s` begins with, counted as notes are: ** comes behind *, and not behind * † ‡ § ‖ ¶.
Mark read_note_mark(std::string_view s);

/// Whether marks are compared: they are set in the same way.
bool same_setting(const Mark& a, const Mark& b);

}  // namespace emend
