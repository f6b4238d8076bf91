// An edition as a reader meets it: one passage after another, each with what it is and what it says.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace emend {

struct ComparedPassage {
  std::string kind;   // "paragraph", "heading of level 2", "note ①", "title"
  std::string place;  // where it begins: "page 12", or "below “Of Tides”" where no page has a number
  std::string text;   // of choices, the reading that the edition prefers; white space is one blank
  std::vector<std::string> readings;  // its choices: "tbe → the"
};

struct ComparedText {
  std::vector<ComparedPassage>
      passages;  // what the header says of the book, then the text; notes and furniture after where they stand
  std::vector<std::string> pages;  // the printed numbers
};

/// TEI of any kind, read as the books that are made of it read it. Error(Exit::input) if `tei` is no TEI.
ComparedText read_passages(std::string_view tei);

}  // namespace emend
