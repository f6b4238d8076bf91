// The order of a book's pages where a file among them gives it, and what such files say of pages and book.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "stages/read/scan/scan.h"

namespace emend {

/// A file among the pages of a book: what messages call it, and its bytes, which are read when they are asked for.
struct PageFile {
  std::string name;
  std::function<std::string()> read;
  std::function<std::string()> head;  // the beginning of them, by which its kind is told
  std::string label;                  // the number of its page, where a METS says it
};

/// What lies beside the pages.
struct PageGuide {
  ScanFacts book;
  std::vector<std::string> leaves;  // the numbers of the pages of a scan, in order; empty for none
  std::string unread;               // why a METS could not be read; empty for none
};

/// A file that is not among the pages, but may be there all the same: in a folder below. Nothing if it is not.
using OpenFile = std::function<std::optional<PageFile>(const std::string& path)>;

/// Takes a METS, and lists of leaves, out of the files. The pages that the METS names come first, in its order and in
/// one reading of them; files that it does not name stand behind them. Nothing outside the folder of the METS is
/// opened. A METS that is not well-formed orders nothing: the pages stay as they are, and `unread` says why.
PageGuide put_in_order(std::vector<PageFile>& files, const OpenFile& open);

/// Tells pages what the guide says of them, where it is about as many pages.
template <class Pages>
void tell_pages(const PageGuide& guide, Pages& pages) {
  if (pages.empty()) return;
  if (!guide.book.title.empty()) pages.front().book = guide.book;
  if (guide.leaves.size() != pages.size()) return;
  for (std::size_t i = 0; i < pages.size(); ++i)
    if (pages[i].label.empty()) pages[i].label = guide.leaves[i];
}

}  // namespace emend
