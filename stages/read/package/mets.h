// METS, and what the Internet Archive says of its scans: which files are the pages of a book, in which order, with
// which page numbers; and what a library says of the book.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "stages/read/scan/scan.h"

namespace emend {

/// A file in which a page stands, as the METS names it: a path below its own folder, or an address.
struct MetsFile {
  std::string group;  // what all files of its kind are in: images, text …
  std::string path;
};

struct MetsPage {
  std::string label;  // its printed number
  std::vector<MetsFile> files;
};

struct Mets {
  ScanFacts book;
  std::vector<MetsPage> pages;  // in their order
};

/// Whether a file that begins so is METS.
bool is_mets(std::string_view head);

/// Error(Exit::input) if it is not well-formed. `name` is what messages call it.
Mets read_mets(const std::string& name, std::string_view bytes);

/// Whether a file that begins so numbers the leaves of a scan: the Internet Archive's `_scandata.xml` and
/// `_page_numbers.json`.
bool numbers_leaves(std::string_view head);

/// The number of each leaf that the readers of the scan are shown, in order; empty where it has none.
/// Error(Exit::input) if it is not well-formed.
std::vector<std::string> read_leaf_numbers(const std::string& name, std::string_view bytes);

}  // namespace emend
