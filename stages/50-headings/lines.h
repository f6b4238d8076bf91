// The lines of a book that could be headings: short, of no block, set apart from running text.
#pragma once
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "pipeline/document/document.h"

namespace emend {

/// Whether a line ends as running text does: with a stop, a comma, a colon.
bool ends_like_text(std::string_view text);
/// Whether all letters of a line are capitals, three or more.
bool is_in_capitals(std::string_view text);

/// Whether there are two letters in a row, or a Han: A B C D is none, nor is what a formula leaves.
bool has_word(std::string_view text);

/// Whether nothing but a number stands there: 3, 3. or 3.1.
bool is_bare_number(std::string_view text);

/// The words of a line, trimmed, without a sign before them that sets headings off: ●第三篇 老子, ■ 结语.
std::string_view without_sign(std::string_view line);

/// Keeps account of which lines have become headings.
class HeadingLines {
 public:
  explicit HeadingLines(const Document& d);

  /// The lines, in the order of the text, that could be headings.
  const std::vector<std::size_t>& all() const { return short_; }
  /// What begins within these bytes can be none.
  void pass_over(std::uint32_t begin, std::uint32_t end);
  void take(std::size_t first, std::size_t last);
  bool is_free(std::size_t line) const { return !taken_.contains(line); }

  /// Blank lines or a page edge around it, or another heading; or a short line behind the end of a paragraph.
  bool stands_apart(std::size_t line) const;
  /// Whether only furniture and blank lines stand between the two.
  bool adjacent(std::size_t line, std::size_t next) const;
  bool is_first_on_page(std::size_t line) const;
  /// Whether the line is clearly shorter than a full line; never where a line is a paragraph.
  bool is_short(std::size_t line) const;
  /// Whether both this line and the one before it are running text, without a gap between.
  bool follows_directly(std::size_t line) const;
  /// Whether the line's sentence goes on in the next: that begins with a small letter, or the line is full or ends in a
  /// hyphen.
  bool goes_on(std::size_t line) const;
  /// The last line of a heading that begins with `line` and may be broken over two or three lines; nothing if the line
  /// is the first of a paragraph instead. `may_stop`: its number is of headings' own kind, so that a stop may end it.
  std::optional<std::size_t> end_of_heading(std::size_t line, bool may_stop = false) const;
  /// The width of a full line in a text of wrapped lines, in columns; 0 where a line is a paragraph.
  std::size_t full_line() const { return full_line_; }
  /// The next line behind `line`, or the one before it, that is neither blank nor furniture; the number of lines, or
  /// `line` itself, if there is none.
  std::size_t next(std::size_t line) const;
  std::size_t previous(std::size_t line) const;
  /// How many lines of text stand between the two.
  std::size_t text_between(std::size_t line, std::size_t next, std::size_t most) const;
  /// Blank lines before a line, behind it; `page_edge` where a page begins or ends there.
  static constexpr std::size_t page_edge = 4;
  std::size_t blank_before(std::size_t line) const;
  std::size_t blank_behind(std::size_t line) const;

 private:
  bool passed_over(std::size_t line) const;
  bool set_off_by_length(std::size_t line) const;

  const Document& d_;
  std::vector<std::size_t> short_;
  std::set<std::size_t> taken_;
  std::size_t full_line_ = 0;
};

}  // namespace emend
