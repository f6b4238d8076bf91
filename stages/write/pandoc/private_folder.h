// A folder for files that another program is to read, gone when the work is done.
#pragma once
#include <sys/types.h>

#include <string>
#include <string_view>

namespace emend {

/// A folder of our own below TMPDIR, readable by nobody else, that goes when this goes, or when the process ends,
/// however it ends.
class PrivateFolder {
 public:
  /// Error(Exit::output) if it cannot be made.
  PrivateFolder();
  ~PrivateFolder();
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  const std::string& path() const { return path_; }
  /// For Command::watcher: what a command leaves running is ended if this process is.
  int watcher() const { return alive_; }
  /// Writes a file into it and gives its path. Error(Exit::output) if there is no room.
  std::string write(const std::string& name, std::string_view bytes) const;

 private:
  std::string path_;
  int alive_ = -1;      // the end of a pipe that closes with this process
  pid_t watcher_ = -1;  // who waits at the other
};

}  // namespace emend
