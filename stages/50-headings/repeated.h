// Titles that are said again: running heads that no earlier stage knew, and page numbers within headings.
#pragma once
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "stages/50-headings/found.h"

namespace emend {

/// The numbers and words of the listed headings that have a number.
class ListedTitles {
 public:
  explicit ListedTitles(const Found&);
  /// Whether the words behind a number are those of the heading with this number, or the most of them.
  bool have(int number, std::string_view words) const;
  /// The same for words with a page number at their end.
  bool have_with_page(int number, std::string_view words) const;
  /// Whether the line says a listed heading, number and words, with a page or without.
  bool say(const Found&, std::size_t line) const;

 private:
  std::set<std::pair<int, std::u32string>> titles_;
};

/// Names the line a running head: the words of a heading, above it or over its other pages.
void name_running_head(Found&, std::size_t line, Proposal&);
/// Names the line a page number: it stands between the number of a chapter and its title.
void name_page_number(const Found&, std::size_t line, Proposal&);

}  // namespace emend
