// The headings that have been found so far, and what the contents list says of the kinds of their numbers.
#pragma once
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/numbering.h"
#include "stages/50-headings/lines.h"

namespace emend {

constexpr std::string_view appendix = "appendix";
constexpr int part_rank = 12, chapter_rank = 24, decimal_rank = 32;  // of Part I, a plain number and 1.1 in the table

struct Head {
  std::size_t first = 0, last = 0;  // lines
  int level = 1;                    // 0: its number will tell
  std::string n, type, part;
  std::string_view rule;
  Because because;
  const Node* entry = nullptr;  // of the contents list
  std::string restored;         // its words, where its line was misread
  int rank = 0, value = 0;      // of its number; 0 if it has none
};

/// What each way of finding headings reads, and adds to.
struct Found {
  Found(const Document& document, const Rules& table) : d(document), rules(table), lines(document) {}

  const Document& d;
  const Rules& rules;
  HeadingLines lines;
  std::map<std::size_t, Head> heads;  // by their first lines
  std::map<int, int> listed_level;    // of a rank, in the contents list
  std::map<int, int> same_rank;  // of the list's numbers, if the text names their kind: 2 for CHAPTER II
  std::set<std::string, std::less<>> listed_schemes;

  /// Whether this is a page or two, and no book: it may begin anywhere in one.
  bool is_passage() const;
  void put(Head head);
  std::string words_of(const Head& head) const;
  /// Type, part and number of a heading: by its number, its words, or its level.
  void describe(Head& head, const Numbering& number) const;
  /// The number of a line that is known to be a heading.
  Numbering numbering_of(std::size_t line) const;
  /// The line of nothing but a number before `line` that belongs to it, or `line`. Furniture may stand between them,
  /// and between Chapter 3 and its title a page number that was not known as one.
  std::size_t number_line(std::size_t line) const;
  /// The number in a line of nothing else.
  std::string number_of(std::size_t line) const;
  /// Numbered headings get the level that the list gives their kind of number, or else stand one below the next higher
  /// kind that the book uses; 1.1 implies a chapter 1. Appendices stand at the top.
  void set_levels_by_rank();
};

}  // namespace emend
