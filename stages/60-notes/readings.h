// What each line at the foot of a page says of the note that it may begin, whatever number is asked of it.
#pragma once
#include <string_view>
#include <vector>

#include "stages/60-notes/foot.h"

namespace emend {

/// The evidence of a line that begins no note.
constexpr double impossible_start = -1e9;

/// The lines that are looked at, and the notes that are sought among them.
constexpr std::size_t most_foot_lines = 160, most_foot_notes = 64;

/// What a line says about the note that it may begin.
struct FootReading {
  std::size_t line = 0;            // index into the lines given
  int value = 0;                   // of the label printed in the line
  int placed = 0;                  // of a label in a line of its own, just before
  std::size_t label_end = 0;       // bytes of the trimmed text
  double odd = 0;                  // evidence for a misread label
  int digits = -1;                 // what it still shows of a number
  std::vector<std::size_t> alone;  // lines (indices given) before it that hold only a label
  bool apart = false;              // lines of the text stand between those labels and this line
  // What its text says, whatever number is asked of it.
  bool of_text = false;               // it fills the measure of the text, which is not that of the notes
  bool above_mark = false;            // a mark of the notes stands in it or below it
  bool goes_on = false;               // its label begins a line of the text: a sentence goes on behind it
  bool behind_end = false;            // the line before it ends a sentence, or is an address
  double floating = 0;                // how well it begins a note whose label floats
  double unshown = impossible_start;  // how well it begins one whose number nothing shows
  double figures = impossible_start;  // the same where the figures of the number still stand there

  std::size_t first() const { return alone.empty() || apart ? line : alone.front(); }
};

/// The lines of a foot, read for notes of one style. Labels in lines of their own are laid beside the lines; the first
/// of several stands before the next line, the others float: they belong to some line that no printed label claims.
class FootReadings {
 public:
  /// The lines and the style must outlive the readings.
  FootReadings(const std::vector<FootLine>& lines, const NoteStyle& style);

  std::size_t size() const { return readings_.size(); }
  bool empty() const { return readings_.empty(); }
  const FootReading& operator[](std::size_t r) const { return readings_[r]; }
  auto begin() const { return readings_.begin(); }
  auto end() const { return readings_.end(); }

  /// How well the line begins the note of that number, and how well it goes on with the note before.
  double start(const FootReading& reading, int value) const;
  double go_on(std::size_t r) const;

  /// Whether a label shows the number by itself: read well, and raised or between brackets.
  bool is_clear(const FootReading& reading) const;
  /// Whether a label in a line of its own shows the number, and stands before no line in particular.
  bool floats(int value) const;
  /// Whether a label shows the number one.
  bool shows_one() const;
  /// Whether the source declares any of the lines a note's.
  bool declared() const { return declared_; }
  /// Labels in lines of their own behind the last line (indices given).
  const std::vector<std::size_t>& trailing() const { return trailing_; }
  /// Whether the line is short, and set off from the one above.
  static bool is_short(const FootLine& line);

 private:
  void gather();
  void read_label(FootReading& reading, bool mine) const;
  void see_text();
  void weigh(std::size_t r);
  void unshown(FootReading& reading, const FootLine& line) const;
  bool is_seen_label(const FootLine& line) const;
  int value_of(std::size_t k) const { return lines_[k].mark.number.value; }
  std::size_t width_of(std::size_t r) const;
  double declared_start(const FootReading& reading, int value) const;
  double remains_of(const FootReading& reading, int value) const;
  bool counts_on(const FootLine& line) const;

  const std::vector<FootLine>& lines_;
  const NoteStyle& style_;
  std::size_t tail_;       // the first line that is looked at
  bool raised_ = false;    // a label stands above its line
  bool declared_ = false;  // lines that the source declares
  std::vector<FootReading> readings_;
  std::vector<int> floating_;
  std::vector<std::size_t> trailing_;
};

}  // namespace emend
