// The running text of a book line by line, with what each line shows of paragraphs: indentation, fill, sentence.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "pipeline/document/document.h"
#include "stages/65-paragraphs/measure.h"
#include "stages/65-paragraphs/paragraph_model.h"

namespace emend {

/// What stands between a line of the running text and the one before it.
enum class Between : std::uint8_t { nothing, blank, hidden, other };  // hidden: a page end, a note, furniture

/// How a line begins.
enum class Lead : std::uint8_t { plain, bullet, lone_bullet, keywords };

/// A line that no stage has named, measured once.
struct BodyLine {
  std::string_view text;  // trimmed
  std::uint32_t line = 0, page = 0;
  Between between = Between::nothing;
  Lead lead = Lead::plain;
  std::uint8_t ending = LineBreak::open, opening = LineBreak::neutral;
  bool closes = false;                 // begins with a mark that closes: no paragraph begins so
  bool verse = false;                  // of lines that break by themselves: it tells nothing of the margins
  bool displaced = false;              // the rest of the printed line before it, which extraction broke off
  std::uint32_t indent = 0, hang = 0;  // columns; the second where text behind a bullet begins
  Width width = 0;
};

/// How `s` ends, past closing marks and note marks.
LineBreak::Ending ending_of(std::string_view s);
/// How `s` begins. `closes` is set if it begins with closing punctuation.
LineBreak::Opening opening_of(std::string_view s, bool& closes);

/// Whether the line holds nothing but the label of a note that stands elsewhere.
bool is_label_alone(const Document& d, const Line& line);

/// All lines that no stage has named. `hang` is left at `indent`, `lead` at plain: they are the caller's to know.
std::vector<BodyLine> body_lines(const Document& d);

/// How the lines of a book are set: its margins, its indentation.
class Setting {
 public:
  explicit Setting(std::vector<BodyLine>& lines);
  bool wrapped() const { return fill_.wrapped; }
  /// Whether lines [first, last) of one page are indented alike, and end before the margin on the right as well.
  bool set_in(std::size_t first, std::size_t last) const;
  /// How likely a sentence ends where a line within a paragraph does: as likely as at any other place for a line end.
  double sentence_ends() const;
  /// What is seen where line k - 1 ends and k begins.
  LineBreak look(std::size_t k) const;

 private:
  void read_pages();
  std::size_t last_piece(std::size_t k) const;
  void find_displaced();
  void read_usual_indent();
  void read_measures();
  std::uint32_t beyond_base(std::size_t k) const { return lines_[k].indent - std::min(lines_[k].indent, base_[k]); }
  Width measure_at(std::uint32_t indent) const;
  LineBreak::Fill fill(std::size_t k) const;
  LineBreak::Indent indent(std::size_t k) const;
  LineBreak::Reach reach(std::size_t k) const;

  std::vector<BodyLine>& lines_;
  LineFill fill_;
  std::vector<std::uint32_t> base_;  // of each line's page
  std::vector<Width> measures_;      // of full lines, by indentation; 0 where there are too few
  std::uint32_t usual_ = 0;          // how deep first lines are set
};

}  // namespace emend
