// Endings are what stands behind the last dot of the last part of a path; some files have two.
#include "pipeline/text/file_names.h"

#include <algorithm>
#include <iterator>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::string_view packings[] = {".gz", ".bz2", ".xz", ".zst"};

std::string_view without_one(std::string_view path) {
  const std::size_t slash = path.rfind('/'), from = slash == path.npos ? 0 : slash + 1, dot = path.rfind('.');
  return dot == path.npos || dot <= from ? path : path.substr(0, dot);
}

}  // namespace

std::string_view without_ending(std::string_view path) {
  const std::string_view bare = without_one(path), ending = path.substr(bare.size()), barer = without_one(bare),
                         inner = bare.substr(barer.size());
  if (ending == ".xml" && inner == ".tei") return barer;
  const bool packed = std::find(std::begin(packings), std::end(packings), ending) != std::end(packings);
  const bool names_format =
      inner.size() > 1 && inner.size() < 7 && is_ascii_letter(static_cast<unsigned char>(inner[1]));
  return packed && names_format ? barer : bare;
}

}  // namespace emend
