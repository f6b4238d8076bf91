// The lines of a contents list, each read in the light of what the list has shown so far.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document/document.h"
#include "pipeline/rules/numbering.h"
#include "stages/40-contents/line.h"
#include "stages/40-contents/title_index.h"

namespace emend {

class ListLines {
 public:
  ListLines(const Document& d, const Rules& rules, const TitleIndex& titles) : d_(d), rules_(rules), titles_(titles) {}

  // What the list has shown so far; its reader keeps it.
  std::size_t begin = 0;    // the line with which it begins
  std::size_t paged = 0;    // entries with a page
  int last_page = 0;        // the page of the last of them
  bool any_leader = false;  // leaders lead to the pages

  /// Line `i`, from byte `offset` on: a number at its end that is no page is part of its words.
  EntryLine read_line(std::size_t i, std::size_t offset) const;
  std::string_view words(const EntryLine& e) const;
  /// The words of several lines, folded.
  std::u32string words(const std::vector<EntryLine>& lines) const;

  /// Whether line `i` is blank or furniture.
  bool passed_over(std::size_t i) const;
  /// Whether it is longer than an entry, or the source says that it is another thing.
  bool too_long(const EntryLine& e) const;
  /// Whether the next line holds a page and nothing else.
  bool lone_page_follows(std::size_t i) const;
  /// 1815-1822 in a line of its own: the years that a part tells of, unless the pages have come that far.
  bool are_years(std::size_t i) const;

  bool is_numbered(const EntryLine& e) const;
  /// 第三章 or 1.5.1, whose title stands in the next line.
  bool lone_number(const std::vector<EntryLine>& lines) const;
  /// The same, of figures alone.
  bool bare_number(const std::vector<EntryLine>& lines) const;

  /// Whether the lines are a heading of the text.
  bool is_known(const std::vector<EntryLine>& lines) const;
  /// The lines from `e` on that the text has as a heading, or none; the words of the heading end those of the line
  /// where a leader was misread.
  std::vector<EntryLine> known_entry(EntryLine e) const;

 private:
  void finish_synopsis(std::vector<EntryLine>& lines) const;
  void cut_behind_title(std::vector<EntryLine> pieces, std::vector<EntryLine>& best) const;

  const Document& d_;
  const Rules& rules_;
  const TitleIndex& titles_;
};

}  // namespace emend
