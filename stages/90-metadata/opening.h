// The lines before the text of a book: its title page, or the first lines of an article.
#pragma once
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/document/document.h"
#include "pipeline/rules/rules.h"

namespace emend {

/// A line before the text, and what it is.
struct OpeningLine {
  std::size_t line = 0;   // of the document
  std::string_view text;  // what it reads, without blanks at its ends
  /// The first of what it tells; "none" for what is no title, "misread" for what is no words; empty if nothing is
  /// known.
  std::string_view role;
  std::vector<std::pair<std::string_view, std::string_view>> facts;  // role and words, as "author" and "Ada Wick"
  std::string_view rule, why;
  bool on_title_page = false;  // and not a line of the text
  bool apart = false;          // a blank line or the end of a paragraph is before it
  std::uint8_t sure = 90;

  bool open() const { return role.empty(); }
  /// Says that the line is nothing but a `role`.
  void be(std::string_view what, std::string_view reason) {
    role = what;
    facts = {{what, text}};
    why = reason;
  }
};

/// Line i of the document, with what the rules say of it.
OpeningLine read_line(const Document&, const Rules&, std::size_t i);
/// Lines of the title page, and short lines in front of the text of a book that has none.
std::vector<OpeningLine> read_opening(const Document&, const Rules&);

}  // namespace emend
