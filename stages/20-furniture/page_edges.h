// The edges of pages: what stands at the top and at the bottom of each, and what other pages say of it.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "pipeline/document/document.h"
#include "stages/20-furniture/edge_shape.h"

namespace emend {

/// A line at the edge of a page.
struct Edge {
  std::size_t line = 0;
  bool top = false;
  EdgeShape shape;
  bool note = false;   // it begins with a note mark
  bool entry = false;  // it may be one of a contents list, and tells nothing of other pages
  bool furniture = false;
};

struct Sheet {
  std::vector<Edge> edges;         // from the outside inwards: first the top ones, then the bottom ones
  std::vector<std::size_t> lines;  // that are not blank
};

/// The pages that have certain words at their top, by the words.
using Tops = std::map<std::u32string, std::vector<std::size_t>>;

/// The pages, with what may be furniture at their edges. `ends`: a page ends with that line. `done` lines are left out.
std::vector<Sheet> sheets_of(const Document& d, const Rules& rules, const std::vector<bool>& ends,
                             const std::vector<bool>& done);
Tops tops_of(const std::vector<Sheet>& sheets);

/// On how many pages around the same words stand at the same edge, give or take misread letters.
int returns(const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge);
/// Whether its number counts with the pages: the same distance between number and page as on other pages around. Front
/// matter has few pages; its small Roman numbers are hardly ever anything else, and mostly count from the first leaf.
bool counts_with(const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge);
/// Whether its number is that by which the page would count with those around, but for one figure.
bool misreads_count(const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge);
/// Whether it is a chapter's title at the top of its first page, which the pages behind it repeat as running head: it
/// has no number where they may, the page before does not have it, nothing else there or on the pages before says the
/// same, and it is not the book's.
bool opens_chapter(const Document& d, const std::vector<Sheet>& sheets, const Tops& tops, std::size_t page,
                   const Edge& edge);
/// Whether the words are the outermost at the top of pages around, and stand as far in as here on none of them.
bool leads_other_pages(const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge);
/// Whether the book sets a running head on most pages: then the outermost line of a page is one on little evidence.
bool has_running_heads(const std::vector<Sheet>& sheets);
/// Whether a line that follows at the top of the page says the same: the heading itself.
bool echoed(const Document& d, const Sheet& sheet, const Edge& edge);
/// Whether the words stand at the top of a page in the middle of a sentence: the page before breaks off, and what
/// follows them goes on in small letters. No heading stands so.
bool parts_sentence(const Document& d, const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge);
/// The first page, if it has a few lines only: what stands there is the title, though the pages behind repeat it.
bool is_title_page(const Sheet& first);
/// Whether the line at the top of the first page is the title, which running heads repeat: another short line that is
/// no end of a paragraph follows it, and it has no number, as the name of a journal has.
bool is_title(const Document& d, const Sheet& first, const Edge& edge);
/// Whether the line says what a short line on this page or the few before it says, where the chapter or the section
/// begins.
bool repeats_heading(const Document& d, const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge);
/// Whether pages around have the same line more often within their text than at their edges: then it is the name of a
/// speaker, or whatever else returns in a text. A running head repeats one heading.
bool returns_within(const Document& d, const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge);
/// Whether a line has as many letters as one of running text; the dots of a contents list are none.
bool is_wide(std::string_view text);

}  // namespace emend
