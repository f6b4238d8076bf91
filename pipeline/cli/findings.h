// What a conversion found, repaired and doubts, in numbers: the summary tells them in words, --json as they are.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "pipeline/document/ledger.h"

namespace emend {

using Counts = std::map<std::string, std::size_t>;

struct Findings {
  std::string title, title_origin;  // "given", "from the text" or "from the file name"
  std::string language, encoding;   // the encoding only where it was not UTF-8
  std::size_t encoding_bytes = 0;   // places that had to be kept as bytes
  std::size_t columns = 0;          // places where two columns were read one after the other
  std::size_t pages = 0, pages_read = 0, pages_inferred = 0;
  Counts headings;  // by level
  std::size_t entries = 0, entries_linked = 0;
  std::size_t captions = 0;  // entries of lists of figures and tables, which lead to no heading
  std::size_t notes = 0, notes_anchored = 0, marks_without_note = 0;
  std::size_t paragraphs = 0;
  Counts set_aside;                          // by what it is
  Counts repairs;                            // changes of characters, by rule
  Counts doubts;                             // by rule
  std::vector<std::string> doubts_in_words;  // one for each kind, the most frequent first

  static std::size_t sum(const Counts&);
};

Findings findings_of(const Document&, const BookOptions&);

/// Whether a person should look at it: a doubt that a stage stated, or a decision that is less than certain.
bool needs_a_look(const Change&);
std::size_t doubts(const std::vector<Change>&);

/// Where the title of the edition comes from: "given", "from the text" or "from the file name".
std::string_view origin_of_title(const Document&, const BookOptions&);

}  // namespace emend
