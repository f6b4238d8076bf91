// Citations in a note or a list of works: where one begins and ends, what its parts are, what an "ibid." stands for.
//
// A span is called a citation only when its parts support each other: an author before a title, a year beside an issue,
// a publisher beside a year. The words of languages and conventions are rules (82-citations.rules); after the practice
// of reference parsers (ParsCit, GROBID, AnyStyle), which label tokens by what they look like and what stands beside
// them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/rules/rules.h"

namespace emend {

/// A part of a citation: bytes [begin, end) of the text, the TEI element that it is, and that element's attributes as
/// "key=value" lines. What is named `bibl` belongs to the citation without being a part of its own.
struct CitationPart {
  std::size_t begin = 0, end = 0;
  std::string name;  // author editor title edition publisher pubPlace date biblScope idno ref seg bibl
  std::string attributes;
};

/// What a citation that repeats another one says of it.
enum class Again : std::uint8_t {
  none,    // it is a citation of its own
  ibid,    // the one before
  work,    // the work by the same author that was cited last
  number,  // the one in the note with that number
  year,    // the entry of the list of works with that author and year
};

struct Citation {
  std::size_t begin = 0, end = 0;   // of the first and the last part
  std::vector<CitationPart> parts;  // sorted, disjoint; for `Again`, the words that say so are a `ref`
  std::string kind;                 // article book chapter thesis newspaper web
  std::uint8_t sure = 0;            // percent
  std::string reason;               // in words
  Again again = Again::none;
  int number = 0;  // Again::number: of the note
};

enum class CitationForm : std::uint8_t {
  note,   // any text, in which there may be citations
  entry,  // an entry of a list of works: one citation, whole
};

/// The citations in `text`, in order, disjoint. `text` may have line feeds, which are blanks. Linear in its length, but
/// for the expressions of the rules; nothing is found in texts of more than 20,000 bytes.
std::vector<Citation> find_citations(std::string_view text, const Rules&, CitationForm);

}  // namespace emend
