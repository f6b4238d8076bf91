// How the lines of a scan look, and what that says of them: notes at the foot, furniture, display lines, raised words.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document/span.h"
#include "stages/read/scan/scan.h"

namespace emend {

/// Words of a line that are set in italics, or bold.
struct SeenFace {
  Span at;
  bool bold = false, italic = false;
};

/// A line of the transcript as it stands on its page.
struct SeenLine {
  Span at;  // bytes of the transcript
  Box box;
  ScanRole role = ScanRole::none;
  int level = 0;          // of a heading, if the file says it
  bool begins = false;    // a region of the file begins with it
  bool numbered = false;  // the file says that it holds a page number
  double type = 0;        // how wide a character is set, half as much for Chinese; 0: not known
  bool exact = false;     // the file has the size of its font, and `type` is half of that
  int columns = 0;
  bool han = false;       // it is set in Chinese
  bool labelled = false;  // it begins with something raised, or with no letter
  int number = 0;         // with which it begins, with no stop behind it; 0: none
  bool noted = false;     // it begins with something raised, or with a number or sign that is set as notes' are
  std::vector<Span> raised;
  std::vector<SeenFace> faces;
  struct Unsure {
    Span at;
    int sure = 0;  // percent
  };
  std::vector<Unsure> unsure;  // words of signs, figures or ideographs, or that can hardly be read
  struct Link {
    Span at;
    std::string address;
  };
  std::vector<Link> links;
};

struct SeenPage {
  ScanImage image;
  std::string label;
  ScanFacts book;
  std::vector<SeenLine> lines;
  std::vector<Box> rules;
  std::string trouble;  // why some of it may be missing
};

/// What the scan says of lines, or of some words of one.
struct Witness {
  Span at;
  std::string_view name, rule;
  std::string attributes;
};

/// In the order of the text. What the file says of its regions is taken as it says it; note lines are told, besides, by
/// a short rule above them and by type and leading smaller than the book's.
std::vector<Witness> witnesses(const std::vector<SeenPage>& pages);

}  // namespace emend
