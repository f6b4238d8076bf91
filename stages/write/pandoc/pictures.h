// Pictures on their way into a book.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "stages/write/pandoc/pandoc.h"
#include "stages/write/pandoc/private_folder.h"

namespace emend {

/// Whether the bytes are a picture that books can hold: JPEG, PNG, GIF, WebP or SVG; the ending of its name, or
/// nothing.
std::string_view picture_ending(std::string_view bytes);

/// A book that is one file holds its pictures; one that is text names them as the TEI does.
class Pictures {
 public:
  /// All arguments must outlive it.
  Pictures(Format format, const ExportOptions& options, const PrivateFolder& folder);
  /// Where Pandoc finds the picture, or what the book is to call it; nothing if it cannot have it.
  std::string address(std::string_view url);

 private:
  const bool holds_;
  const ExportOptions& options_;
  const PrivateFolder& folder_;
  std::map<std::string, std::string, std::less<>> known_;  // addresses by those of the TEI
};

}  // namespace emend
