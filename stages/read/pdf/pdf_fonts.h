// The fonts of a PDF's words, their size and whether they are bold or italic; and its outline, which comes with them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "stages/read/pdf/pdf_outline.h"
#include "stages/read/scan/scan.h"

namespace emend {

/// Of the boxes of words, so that tenths of a point are not lost.
constexpr int units_a_point = 10;

class PdfFonts {
 public:
  /// `runs` is what `poppler_fonts` gave; of what is no such XML, nothing is known.
  explicit PdfFonts(std::string_view runs);
  /// What stands in the outline, in its order.
  const std::vector<OutlineEntry>& outline() const { return outline_; }
  /// Tells each word of the page, counted from 0, how it is set.
  void dress(std::size_t page, std::vector<ScanLine>& lines) const;

 private:
  struct Run {
    Box box;
    WordFace face;
    std::string text;
    std::string looks;  // of each byte of the text: 1 where it is bold, 2 in italics, 3 both
  };
  static WordFace face_of(const Run&, const ScanWord&);
  friend class FontRuns;
  std::vector<std::vector<Run>> pages_;  // each sorted by the top of its boxes
  std::vector<OutlineEntry> outline_;
};

}  // namespace emend
