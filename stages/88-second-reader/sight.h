// What the second reader sees of a book: its lines as they stand, and for each the witnesses that families of functions
// find. Families decide nothing; each is a pure function of the document, in a file of its own.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/rules/rules.h"
#include "stages/88-second-reader/roles.h"

namespace emend::reader {

/// One thing that can be seen of a line. `words` tell it to an editor ("its number counts on"); without words it is
/// not told.
struct Witness {
  std::string_view name, words;
};

/// A line that is not blank, and its place.
struct Seen {
  std::size_t line = 0;                       // in the document
  std::string_view text;                      // without the blanks at its ends
  std::string_view said;                      // of it, what stands before a note mark that ends it
  std::size_t width = 0, in = 0;              // columns: of the text, and blank ones before it
  std::size_t above = 0, below = 0;           // blank lines
  std::size_t from_top = 0, from_bottom = 0;  // lines that are not blank, between it and the edge of its page
  std::size_t base = 0;                       // columns before most lines of its page
  std::size_t reach = 0;                      // the column that full lines around it reach
  std::string key;                            // its letters, small, without digits: what returns when a line returns
  std::optional<Made> made;
  std::vector<const Witness*> witnesses;
};

/// How a line stands to the one before: what kind of step it is from role to role.
enum class Step : std::uint8_t { next, gap, page };

struct Sight {
  const Document& document;
  const Rules& rules;
  std::vector<Seen> lines;
  std::size_t measure = 0;  // columns of a full line
  bool long_lines = false;  // a line is a paragraph, as in transcripts
  bool paged = false;       // pages are known

  void see(std::size_t i, const Witness& w) { lines[i].witnesses.push_back(&w); }
  void see(std::size_t i, const Witness& w, bool is_so) {
    if (is_so) see(i, w);
  }
  std::uint32_t page(std::size_t i) const { return document.lines[lines[i].line].page; }
  Step step(std::size_t i) const;
};

/// The lines of the document with all that is seen of them.
Sight look_at(const Document&, const Rules&);

// The families.
void see_edges(Sight&);   // what returns, and what counts, at the edges of pages
void see_labels(Sight&);  // the number or sign that a line begins with, and how it counts
void see_form(Sight&);    // fill, indentation, gaps
void see_turns(Sight&);   // how the text before ends, and this line begins: together
void see_text(Sight&);    // how its words begin and end, and what they are made of
void see_matter(Sight&);  // words of matter, entries of lists, cells
void see_made(Sight&);    // what leads to it by the alignments of the stages

}  // namespace emend::reader
