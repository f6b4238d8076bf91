// What the bridge knows of a book and Pandoc's writers do not keep: for finishing EPUB and DOCX.
#pragma once
#include <string>
#include <vector>

#include "stages/write/package/note_numbers.h"

namespace emend {

struct BookMetadata {
  std::string title, subtitle, publisher, rights;
  std::string date;        // YYYY, YYYY-MM or YYYY-MM-DD, or empty
  std::string language;    // BCP 47; "und" if the TEI says nothing
  std::string identifier;  // urn:uuid:…, the same for the same source
  std::string source;      // what the edition was made from, in words; or empty
  std::string printed;     // publisher, year and ISBN of the book that was printed, as far as it says them; or empty
  std::vector<std::string> authors, keywords;
  std::vector<std::string> more_identifiers;  // as printed in the publication statement
};

enum class Matter { front, body, back };

/// A section of the book that has a heading, in order.
struct BookSection {
  std::string id;    // as the book shows it
  std::string type;  // TEI's @type of the division, or empty
  Matter matter;     // of the text
};

struct BookFacts {
  BookMetadata metadata;
  std::vector<BookSection> sections;
  int chapter_level = 1;          // the level of heading that begins a chapter: 2 where the book has parts
  bool printed_contents = false;  // the book shows its own table of contents
  int pages = 0;                  // page breaks in the text, with or without a number
  std::size_t bytes = 0;          // of the text
  NoteNumbers footnotes;
  std::vector<std::string> note_signs;  // as printed, of all notes in order; empty where a note has none
};

}  // namespace emend
