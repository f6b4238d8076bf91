// What the objects of a PDF say beside its text: page labels, links, title and author.
#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "stages/read/scan/scan.h"

namespace emend {

/// A place of a page that leads to an address.
struct PdfLink {
  std::size_t page = 0;  // from 0
  Box box;               // in the units of `units_a_point`
  std::string address;
};

/// A place of a page that leads to another in the PDF: at the height `top` of page `to`.
struct PdfJump {
  std::size_t page = 0;
  Box box;
  std::size_t to = 0;
  int top = 0;
};

struct PdfObjects {
  std::string title, author;
  std::map<std::size_t, std::string> labels;  // by page
  std::vector<PdfLink> links;
  std::vector<PdfJump> jumps;
};

/// What `emend-pdf` says, a program of its own that runs within limits; what it does not say is not known. It is the
/// one that EMEND_PDF_OBJECTS names, or stands beside the program that runs, or in PATH.
PdfObjects pdf_objects(std::string_view pdf);

/// The same out of the lines that it writes; of what is no such line, nothing is taken.
PdfObjects read_objects(std::string_view said);

/// Tells the words of a page to which addresses they lead.
void tie_links(const PdfObjects&, std::size_t page, std::vector<ScanLine>& lines);

/// Tells which words of a page are marks of notes, and which lines begin these: a number or sign that leads down its
/// page to smaller type that begins with the same.
void tie_notes(const PdfObjects&, std::size_t page, std::vector<ScanLine>& lines);

}  // namespace emend
