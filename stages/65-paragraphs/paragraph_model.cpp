// The model of line ends. What sentences look like at their ends is given; how the book sets paragraphs apart (short
// last lines, blank lines, indentation) and how long they are is learnt from its own lines, by expectation-maximisation
// (A. P. Dempster, N. M. Laird, D. B. Rubin: Maximum likelihood from incomplete data via the EM algorithm, 1977).
#include "stages/65-paragraphs/paragraph_model.h"
#include "weights/paragraphs.h"

#include <cstddef>

namespace emend {

namespace {

// Of sentences, in the order of the enumerations: at the beginning of a paragraph, and within it.
// Behind a full line a sentence ended; behind a short one it may also have been a title or a caption.
constexpr double ending_of_start[2][LineBreak::endings] = {{0.05, 0.01, 0.07, 0.87}, {0.22, 0.02, 0.08, 0.68}};
// Whether a sentence ended is known; a capital behind it says little.
constexpr double opening_of_start[2][LineBreak::openings] = {{0.04, 0.65, 0.16, 0.15, 0.5},
                                                             {0.02, 0.70, 0.13, 0.15, 0.5}};
constexpr double opening_of_middle[2][LineBreak::openings] = {{0.74, 0.20, 0.01, 0.05, 0.5},
                                                              {0.06, 0.80, 0.05, 0.09, 0.5}};

constexpr std::array<double, LineBreak::fills> fill_of_start{0.12, 0.13, 0.40, 0.35},
    fill_of_middle{0.90, 0.09, 0.006, 0.004};
constexpr std::array<double, LineBreak::gaps> gap_of_start{0.50, 0.50, 1}, gap_of_middle{0.95, 0.05, 1};
constexpr std::array<double, LineBreak::indents> indent_of_start{0.40, 0.20, 0.05, 0.25, 0.10},
    indent_of_middle{0.80, 0.02, 0.10, 0.02, 0.06};
// Nothing is guessed of indentation that is lost: a book may have none.
constexpr std::array<double, LineBreak::reaches> reach_of_any{1, 0.7, 0.3};

// What was seen and what was guessed, `counts` being how many lines the guess counts for.
template <std::size_t N>
void share_out(std::array<double, N>& out, const std::array<double, N>& seen, const std::array<double, N>& guess,
               std::size_t used, double counts = paragraphs::faith) {
  double all = counts;
  for (std::size_t i = 0; i < used; ++i) all += seen[i];
  for (std::size_t i = 0; i < used; ++i) out[i] = (seen[i] + counts * guess[i]) / all;
}

// Of the lines that tell; those that do not say nothing of the paragraph.
void share_reach(std::array<double, LineBreak::reaches>& out, const std::array<double, LineBreak::reaches>& seen) {
  const double told = seen[LineBreak::flush] + seen[LineBreak::drawn_in] + paragraphs::reach_faith;
  for (const std::size_t i : {LineBreak::flush, LineBreak::drawn_in})
    out[i] = (seen[i] + paragraphs::reach_faith * reach_of_any[i]) / told;
}

std::size_t cell_of(const LineBreak& b) {
  std::size_t cell = b.fill;
  cell = cell * LineBreak::gaps + b.gap;
  cell = cell * LineBreak::indents + b.indent;
  cell = cell * LineBreak::endings + b.ending;
  cell = cell * LineBreak::openings + b.opening;
  return cell * LineBreak::reaches + b.reach;
}

constexpr std::size_t cells =
    std::size_t{LineBreak::fills} * LineBreak::gaps * LineBreak::indents * LineBreak::endings * LineBreak::openings *
    LineBreak::reaches;

}  // namespace

double ParagraphModel::likelihood(const Class& c, const LineBreak& b, bool start) const {
  const bool room = b.fill >= LineBreak::room, ended = b.ending == LineBreak::terminal;
  return c.share * c.fill[b.fill] * c.gap[b.gap] * c.indent[b.indent] * c.reach[b.reach] *
         (start ? ending_of_start[room][b.ending] * opening_of_start[ended][b.opening]
                : ending_of_middle_[b.ending] * opening_of_middle[ended][b.opening]);
}

double ParagraphModel::begins(const LineBreak& b) const {
  const double start = likelihood(start_, b, true), middle = likelihood(middle_, b, false);
  return start / (start + middle);
}

ParagraphModel::ParagraphModel(const std::vector<LineBreak>& breaks, double sentence_ends)
    : start_{0.2, fill_of_start, gap_of_start, indent_of_start, reach_of_any},
      middle_{0.8, fill_of_middle, gap_of_middle, indent_of_middle, reach_of_any},
      ending_of_middle_{0.77 - sentence_ends, 0.20, 0.03, sentence_ends} {
  std::vector<std::pair<LineBreak, double>> kinds(cells);
  for (const LineBreak& b : breaks) {
    auto& [kind, count] = kinds[cell_of(b)];
    kind = b;
    ++count;
  }
  for (int round = 0; round < paragraphs::rounds; ++round) {
    Class seen[2]{};
    for (const auto& [kind, count] : kinds) {
      if (count == 0) continue;
      const double start = begins(kind) * count;
      for (const bool is_start : {false, true}) {
        Class& c = seen[is_start];
        const double weight = is_start ? start : count - start;
        c.share += weight;
        c.fill[kind.fill] += weight;
        c.gap[kind.gap] += weight;
        c.indent[kind.indent] += weight;
        c.reach[kind.reach] += weight;
      }
    }
    const double all = seen[0].share + seen[1].share + paragraphs::faith;
    start_.share = (seen[1].share + paragraphs::faith * 0.2) / all;
    middle_.share = 1 - start_.share;
    // That a line within a paragraph is full, and a last line as long as it happens to be, is no habit of the book.
    share_out(start_.fill, seen[1].fill, fill_of_start, LineBreak::fills, paragraphs::faith + 2 * seen[1].share);
    share_out(middle_.fill, seen[0].fill, fill_of_middle, LineBreak::fills, paragraphs::faith + 8 * seen[0].share);
    share_out(start_.gap, seen[1].gap, gap_of_start, LineBreak::hidden);
    share_out(middle_.gap, seen[0].gap, gap_of_middle, LineBreak::hidden);
    share_out(start_.indent, seen[1].indent, indent_of_start, LineBreak::indents);
    share_out(middle_.indent, seen[0].indent, indent_of_middle, LineBreak::indents);
    share_reach(start_.reach, seen[1].reach);
    share_reach(middle_.reach, seen[0].reach);
  }
}

}  // namespace emend
