// Reads the notes at the foot of a page, or gathered at the end of a chapter, from their labels and their place.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document/document.h"
#include "pipeline/text/sentence.h"

namespace emend {

struct NoteLabel {
  std::size_t line = 0, begin = 0, end = 0;  // bytes of the line's current text, blanks behind it included
};

struct Note {
  std::size_t first = 0, last = 0;  // lines
  Mark mark;                        // with the number it has by its place among the others
  std::string shown;                // as printed, or as it must have been printed
  std::vector<NoteLabel> labels;
  bool read = true;        // the label was read as printed, and not inferred
  bool continues = false;  // the first part stands on the page before
};

/// How a book sets and counts its notes.
struct NoteStyle {
  MarkForm form = MarkForm::none;
  bool by_page = false;  // each page begins with 1
  bool usual = false;    // most of the book's notes are set in this form
  bool counted = false;  // it is known where the count stands, `noisy` as it is
  bool loose = false;    // marks in the text stand between blanks
  bool noisy = false;    // labels and marks were misread in many places
  bool faint = false;    // of the marks in the text hardly one can be read: brackets are not seen either
  int dotted = -1;       // labels are followed by a full stop: 1, never: 0, unknown: -1
};

/// A line where notes are sought.
struct FootLine {
  std::size_t line = 0;
  std::string_view text;       // trimmed
  bool gap = false;            // a blank line stands before it
  double opener = 0;           // words that begin notes, and addresses in it: evidence that a note begins here
  std::size_t opener_at = 0;   // where those words begin
  bool aside = false;          // a label that another stage took for something else: it tells a number and no place
  Mark mark;                   // that its text begins with, as read_note_mark has it
  bool listed = false;         // and that is the number of an item of a list
  bool noted = false;          // the source declares it a line of a note
  bool raised = false;         // and that something raised begins it
  bool behind_full = false;    // the line of notes before fills the measure; of the first, the last note goes on
  bool behind_seen = false;    // the scan shows whether it does
  bool behind_hyphen = false;  // that line ends in a hyphen
  bool indented = false;       // it stands further in than others of the notes
};

/// The numbers that the labels in these lines show: a run that ends with the last of them, with small gaps.
struct LabelRun {
  int first = 0, last = 0, notes = 0;  // none: 0
};
LabelRun find_label_run(const std::vector<FootLine>& lines, MarkForm form);

struct Foot {
  std::size_t first = 0;  // index into the lines that were given; their number if there are no notes
  double score = 0;
  std::vector<Note> notes;
};

/// The notes that the last of `lines` are. `last` is the number of the last note before. A line may begin a note if it
/// has its label, if a label in a line of its own stands before it, or if its label was misread; the sequence of the
/// numbers decides (Viterbi's algorithm over lines and numbers). Where lines are declared notes, what the scan shows of
/// them counts besides: a raised beginning, and a short line before. All numbers are lower than `below`.
Foot read_foot(const Document& d, const std::vector<FootLine>& lines, const NoteStyle& style, int last,
               int below = 1000);

/// The mark in the book's form for a number.
std::string write_mark(int value, MarkForm form);

}  // namespace emend
