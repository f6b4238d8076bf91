// A folder for files that another program is to read, gone when the work is done.
#pragma once
#include <string>
#include <string_view>

namespace emend {

/// A folder of our own below TMPDIR, readable by nobody else, that goes when this goes.
class PrivateFolder {
 public:
  /// Error(Exit::output) if it cannot be made.
  PrivateFolder();
  ~PrivateFolder();
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  const std::string& path() const { return path_; }
  /// Writes a file into it and gives its path. Error(Exit::output) if there is no room.
  std::string write(const std::string& name, std::string_view bytes) const;

 private:
  std::string path_;
};

}  // namespace emend
