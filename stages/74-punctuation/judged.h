// A passage while its punctuation is judged: what stands beside a mark, what was seen so far, what was decided.
#pragma once
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/passage.h"
#include "pipeline/text/script.h"

namespace emend {

/// What kind of text is on one side of a mark.
enum class Beside : std::uint8_t { none, chinese, western, other };

/// The character nearest to a mark on one side.
struct Neighbour {
  Beside side = Beside::none;
  char32_t c = not_a_character;
  bool blank = false;  // there are blanks between
  bool stop = false;   // it is itself a full-width stop: two in a row are no sentence
  bool line = false;   // it stands on another line
};

Beside beside(char32_t);

/// A mark that is set at another width; `line` indexes the document, `begin` and `end` its text.
struct WidenedMark {
  std::size_t line, begin, end;
  std::string_view after, rule;
  std::uint8_t sure = 100;
  std::string_view reason = {};
  bool foreign = false;  // a bracket around foreign words
};

struct JudgedPassage {
  JudgedPassage(const Document& d, const Rules& table) : doc(d), rules(table) {}

  /// Turns to another passage; false if it is not Chinese enough to be judged.
  bool turn_to(const Passage&);

  const Line& line(std::size_t l) const { return doc.lines[l]; }
  /// What stands before and behind byte `at` of a line; note marks, blanks and quotation marks are looked through.
  Neighbour before(std::size_t l, std::size_t at) const;
  Neighbour after(std::size_t l, std::size_t at) const;
  /// Whether a mark between the two is one of a Chinese sentence.
  bool is_chinese(const Neighbour& left, const Neighbour& right) const;
  /// Replaces the mark at [begin, end), and the one or two blanks that made up for its width.
  void widen(std::size_t l, std::size_t begin, std::size_t end, std::string_view after, std::string_view rule,
             Because because = {});

  const Document& doc;
  const Rules& rules;
  Passage passage;
  Scripts scripts;
  std::size_t index = 0;                                     // of the line that is scanned, in the passage
  std::vector<std::pair<std::size_t, std::size_t>> phrases;  // of that line
  std::size_t apostrophe = 0;                                // of that line: one that may open a quotation, or its size

  std::size_t han = 0;  // characters of the passage so far
  bool has_stops = false, has_comma = false, has_wide = false, has_narrow = false, has_corners = false;
  bool ends_with_stop = false;
  bool is_reference = false;         // in the national style, which is set narrow on purpose
  std::vector<WidenedMark> widened;  // those that were decided
  std::vector<WidenedMark> stops;    // full stops, which only the whole passage can decide

 private:
  bool before_phrase(std::size_t& at) const;
  bool behind_phrase(std::size_t& at) const;
  bool was_widened(std::size_t l, std::size_t at) const;
};

// Note marks that no stage has named, and what the caller looks through.
inline bool is_looked_through(char32_t c, std::u32string_view more) {
  return c == '^' || is_enclosed_number(c) || more.find(c) != more.npos;
}
constexpr int neighbour_reach = 8;  // characters that a look at a neighbour may pass over

}  // namespace emend
