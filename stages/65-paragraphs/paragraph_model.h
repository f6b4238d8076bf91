// Whether a line begins a paragraph: the evidence of one line end, weighed by what the book's other lines show.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

namespace emend {

/// What is seen where one line ends and the next begins. Each is a small class, so that a book is a table of counts.
struct LineBreak {
  enum Fill : std::uint8_t { full, nearly, room, short_line, fills };    // how much of the line before is used
  enum Gap : std::uint8_t { none, blank, hidden, gaps };                 // hidden: a page, a note stands between
  enum Indent : std::uint8_t { base, usual, deep, in, out, indents };    // usual: as deep as first lines are
  enum Ending : std::uint8_t { open, comma, colon, terminal, endings };  // of the line before
  enum Opening : std::uint8_t { lower, upper, dash, other, neutral, openings };  // neutral: a script without capitals
  enum Reach : std::uint8_t { untold, flush, drawn_in, reaches };  // of the line behind, see Setting::reach
  std::uint8_t fill = full, gap = none, indent = base, ending = open, opening = neutral, reach = untold;
};

/// A two-class naive Bayes model of line ends, fitted to a book by expectation-maximisation.
class ParagraphModel {
 public:
  /// Fits to all line ends of a book. `sentence_ends`: how likely a sentence ends where a line within a paragraph does.
  /// The cost is that of counting them.
  ParagraphModel(const std::vector<LineBreak>& breaks, double sentence_ends);
  /// How likely the line after it begins a paragraph, from 0 to 1.
  double begins(const LineBreak& b) const;

 private:
  struct Class {
    double share;
    std::array<double, LineBreak::fills> fill;
    std::array<double, LineBreak::gaps> gap;
    std::array<double, LineBreak::indents> indent;
    std::array<double, LineBreak::reaches> reach;
  };
  double likelihood(const Class& c, const LineBreak& b, bool start) const;
  Class start_, middle_;
  std::array<double, LineBreak::endings> ending_of_middle_;
};

}  // namespace emend
