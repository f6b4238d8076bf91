// Where pages begin in a text that does not mark them, once the contents list has said on which page headings stand.
#pragma once
#include <cstdint>
#include <vector>

#include "pipeline/document/document.h"
#include "pipeline/text/numerals.h"

namespace emend {

/// A page, or what may be one.
struct NumberedSheet {
  std::uint32_t begin = 0;
  std::size_t first_line = 0;
  Number read;                 // at its edge
  std::uint32_t read_at = 0;   // where that stands
  std::vector<Number> listed;  // by the contents list, for the headings on it
  Number said;                 // by the file, if it can be believed
  std::uint8_t sure = 0;       // of the break
  bool declared = false;       // the source says that what was read is a page number
  bool inserted = false;
  bool measured = false;  // inserted where a page of usual length ends
  bool title = false;     // a title page: it has no number
};

/// The page that the contents list gives for a heading.
struct Listed {
  std::uint32_t at = 0;  // of the heading
  Number number;
  bool chapter = false;
  Span entry;
};

/// Makes breaks that the text does not show but the pages of the contents list need, and gives the lines of those that
/// it seemed to show and that these pages leave no room for; `sheets` are then what is left, in order.
///
/// One path through all places where a page may begin (dynamic programming, as Knuth and Plass 1981 break paragraphs
/// into lines): pages of usual length cost least, and so do breaks that the text shows; the numbers of the list are
/// kept. This is done only in a book most of whose breaks the text itself shows: in another nobody can tell where its
/// pages begin, and a break that is made up is worse than none, but for chapters that the list sets one page on.
std::vector<std::size_t> settle_breaks(const Document&, const std::vector<Listed>&, std::vector<NumberedSheet>& sheets);

}  // namespace emend
