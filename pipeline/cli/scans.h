// Pictures of a book's pages, to be shown beside its text: a folder of them, or the pages of a PDF.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "pipeline/cli/review_server.h"

namespace emend {

class Scans {
 public:
  Scans() = default;
  /// A folder, whose pictures in the order of their names are the pages, or a PDF. Error(Exit::input) if there is
  /// neither, or no picture in it.
  explicit Scans(const std::string& path);

  /// How many pages have a picture; of a PDF that is not known before they are asked for.
  bool any() const { return !files_.empty() || !pdf_.empty(); }
  /// Dots of the pictures for each unit of the places that `stages/read/pdf/pdf.cpp` tells; 0 where the pictures are files.
  double scale() const;
  /// The picture of a page, from 1; of the file that the text names for it, if the folder has one of that name. Nothing
  /// where there is none. May be called by several threads.
  ScanPicture of(std::size_t page, const std::string& named) const;

 private:
  std::vector<std::string> files_;  // in the order of the pages
  std::string pdf_;                 // its bytes
};

}  // namespace emend
