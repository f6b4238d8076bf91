// What is packed: a compressed file, or an archive of the pages of a book. libarchive opens it, within limits.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// A file that was in an archive: its path there, and its bytes. What was only compressed has no path.
struct PackedFile {
  std::string path, bytes;
};

/// Whether the bytes begin as a ZIP or tar archive does, or as what gzip, bzip2, xz or Zstandard compressed.
bool is_packed(std::string_view bytes);

/// The files in the archive for whose path `wanted` says so, in its order; or the one file that was compressed. Folders,
/// links and the files that macOS adds are left out. `name` is what messages call the archive. Error(Exit::input) if it is
/// cut, damaged or locked with a password, or if what is wanted would take more than 200 times its size (a bomb) or 2 GiB.
std::vector<PackedFile> unpack(const std::string& name, std::string_view bytes,
                               const std::function<bool(std::string_view path)>& wanted);

}  // namespace emend
