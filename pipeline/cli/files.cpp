// Reading and writing with the system's own calls, each of them checked.
#include "pipeline/cli/files.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <utility>

#include "pipeline/cli/shown.h"
#include "pipeline/document/error.h"
#include "pipeline/text/file_names.h"

namespace emend {

namespace {

constexpr std::size_t largest = std::size_t{1} << 32, chunk = std::size_t{1} << 20;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ > 2) ::close(fd_);
  }
  int get() const { return fd_; }
  /// False, with errno, if the system reports at the last moment that something was not written.
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

/// Keeps the signals that end a program away while a file exists under its temporary name.
class NoInterruption {
 public:
  NoInterruption() {
    sigset_t ending;
    sigemptyset(&ending);
    for (const int s : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&ending, s);
    pthread_sigmask(SIG_BLOCK, &ending, &before_);
  }
  NoInterruption(const NoInterruption&) = delete;
  NoInterruption& operator=(const NoInterruption&) = delete;
  ~NoInterruption() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

std::string in_words(int error) {
  switch (error) {
    case ENOENT: return "no such file or folder; check the name";
    case EACCES:
    case EPERM: return "no permission; change the file's permissions or use another place";
    case EISDIR: return "is a folder; name a file";
    case ENOTDIR: return "part of the path is a file and no folder; check the name";
    case ENOSPC: return "there is no space left on the disk; free some or use another place";
    case EDQUOT: return "your disk quota is used up; free some space or use another place";
    case EROFS: return "the file system is read-only; use another place";
    case EPIPE: return "the program that was to read it has ended";
    case ENAMETOOLONG: return "the name is too long; use a shorter one";
    case ELOOP: return "symbolic links lead in a circle; check them";
    case EFBIG: return "the file would be larger than the system allows; use another place";
    default: return std::string(std::strerror(error)) + "; check the disk or use another place";
  }
}

std::string called(const std::string& path, const char* stream) { return path == "-" ? stream : shown(path); }

[[noreturn]] void unreadable(const std::string& path, const std::string& why) {
  throw Error(Exit::input, called(path, "standard input") + ": cannot be read: " + why);
}

[[noreturn]] void unwritable(const std::string& path, int error) {
  throw Error(Exit::output, called(path, "standard output") + ": cannot be written: " + in_words(error));
}

// Whether all bytes were written; errno says why not.
bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), std::min(bytes.size(), std::size_t{1} << 30));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

// Where symbolic links lead, also to what is not there yet.
std::string behind_links(std::string path) {
  for (int depth = 0; depth < 40; ++depth) {
    char target[4096];
    const ssize_t n = ::readlink(path.c_str(), target, sizeof target);
    if (n < 0 || n == sizeof target) return path;
    const std::string next(target, static_cast<std::size_t>(n));
    path = next.starts_with('/') ? next : folder_of(path) + '/' + next;
  }
  errno = ELOOP;
  return {};
}

// The reader of a pipe has seen enough, as `head` does: this ends as other filters do, by the signal and without a
// word.
void end_as_unread() {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  ::signal(SIGPIPE, SIG_DFL);
  pthread_sigmask(SIG_UNBLOCK, &pipe, nullptr);
  ::raise(SIGPIPE);
}

void write_directly(const std::string& path, std::string_view bytes) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.get() < 0 || !write_all(file.get(), bytes) || !file.close()) unwritable(path, errno);
}

// A file without a name in the folder of `target`, of which a kill leaves nothing; -1 where the file system has none.
int open_nameless(const std::string& target) {
  return ::open(folder_of(target).c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
}

// Gives such a file a name beside `target`. False, with errno, if it cannot.
bool name_beside(int fd, const std::string& target, std::string& name) {
  const std::string self = "/proc/self/fd/" + std::to_string(fd);
  for (int attempt = 0; attempt < 100; ++attempt) {
    name = folder_of(target) + "/.emend-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
    if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) return true;
    if (errno != EEXIST) break;
  }
  name.clear();
  return false;
}

// A new empty file beside `target`, or -1 with errno.
int open_beside(const std::string& target, std::string& name) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    name = folder_of(target) + "/.emend-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
    const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

bool flushed(int fd) { return ::fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP; }

void replace(const std::string& path, const std::string& target, const struct stat* old, std::string_view bytes) {
  const NoInterruption guard;
  std::string aside;
  const int nameless = ::access("/proc/self/fd", X_OK) == 0 ? open_nameless(target) : -1;
  Descriptor file(nameless >= 0 ? nameless : open_beside(target, aside));
  if (file.get() < 0) unwritable(path, errno);
  const bool done = (old == nullptr || ::fchmod(file.get(), old->st_mode & 07777) == 0) &&
                    write_all(file.get(), bytes) && flushed(file.get()) &&
                    (nameless < 0 || name_beside(file.get(), target, aside)) && file.close() &&
                    ::rename(aside.c_str(), target.c_str()) == 0;
  if (done) return;
  const int error = errno;
  if (!aside.empty()) ::unlink(aside.c_str());
  unwritable(path, error);
}

}  // namespace

std::string read_file(const std::string& path) {
  Descriptor file(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) unreadable(path, in_words(errno));
  if (S_ISDIR(status.st_mode)) unreadable(path, in_words(EISDIR));
  const auto too_large = [&] { unreadable(path, "it is larger than 4 GiB; split it into volumes"); };
  const std::size_t expected = S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) : 0;
  if (expected > largest) too_large();
  std::string bytes;
  for (std::size_t size = 0;;) {
    if (size == bytes.size()) bytes.resize(size == 0 && expected > 0 ? expected + 1 : size + std::max(chunk, size / 2));
    const ssize_t n = ::read(file.get(), bytes.data() + size, bytes.size() - size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) unreadable(path, in_words(errno));
    size += static_cast<std::size_t>(n);
    if (size > largest) too_large();
    if (n == 0) {
      bytes.resize(size);
      return bytes;
    }
  }
}

void write_file_whole(const std::string& path, std::string_view bytes) {
  if (path == "-" || path == "/dev/stdout") return print(bytes);
  struct stat old {};
  const bool exists = ::stat(path.c_str(), &old) == 0;
  if (!exists && errno != ENOENT) unwritable(path, errno);
  if (!exists && path.ends_with('/')) unwritable(path, EISDIR);
  if (exists && S_ISDIR(old.st_mode)) unwritable(path, EISDIR);
  if (exists && !S_ISREG(old.st_mode)) return write_directly(path, bytes);
  if (exists && ::access(path.c_str(), W_OK) != 0) unwritable(path, errno);
  const std::string target = behind_links(path);
  if (target.empty()) unwritable(path, errno);
  replace(path, target, exists ? &old : nullptr, bytes);
}

void print(std::string_view text) {
  if (write_all(STDOUT_FILENO, text)) return;
  const int error = errno;
  if (error == EPIPE) end_as_unread();
  unwritable("-", error);
}

void say(std::string_view text) { write_all(STDERR_FILENO, text); }

namespace {

// What tells two names of one file: device and inode of the file, or of its folder with the name in it.
using Identity = std::pair<std::pair<dev_t, ino_t>, std::string>;

bool identify(const std::string& path, int stream, Identity& identity) {
  struct stat status {};
  const bool found = path == "-" ? ::fstat(stream, &status) == 0 : ::stat(path.c_str(), &status) == 0;
  if (found) {
    identity = {{status.st_dev, status.st_ino}, ""};
    return S_ISREG(status.st_mode);
  }
  const std::string target = path == "-" ? "" : behind_links(path);
  if (target.empty()) return false;
  const bool folder = ::stat(folder_of(target).c_str(), &status) == 0;  // else it is still to be made
  identity = folder ? Identity{{status.st_dev, status.st_ino}, file_name(target)} : Identity{{}, target};
  return true;
}

}  // namespace

void refuse_overwriting(const std::vector<std::string>& inputs, const std::vector<std::string>& outputs) {
  std::map<Identity, std::string> read, written;
  Identity identity;
  for (const std::string& path : inputs)
    if (identify(path, STDIN_FILENO, identity)) read.emplace(identity, path);
  bool to_stdout = false;
  for (const std::string& path : outputs) {
    if (path == "-" && std::exchange(to_stdout, true))
      throw Error(Exit::usage, "two outputs cannot both go to standard output; name a file for one of them");
    if (!identify(path, STDOUT_FILENO, identity)) continue;
    const std::string name = called(path, "standard output");
    if (const auto same = read.find(identity); same != read.end())
      throw Error(Exit::usage, name + ": is an input" +
                                   (same->second == path ? "" : ", as " + called(same->second, "standard input")) +
                                   ", and inputs are never changed; choose another output");
    if (const auto [same, fresh] = written.emplace(identity, path); !fresh)
      throw Error(Exit::usage, name + ": would be written twice (as " + called(same->second, "standard output") +
                                   " too); give each output a name of its own");
  }
}

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool file_exists(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0;
}

void make_folder(const std::string& path) {
  if (!is_folder(path) && ::mkdir(path.c_str(), 0777) != 0) unwritable(path, errno);
}

void make_folders(const std::string& path) {
  if (is_folder(path)) return;
  if (const std::string above = folder_of(path); above != path) make_folders(above);
  if (::mkdir(path.c_str(), 0777) != 0 && !(errno == EEXIST && is_folder(path))) unwritable(path, errno);
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == path.npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

std::string file_name(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == path.npos ? path : path.substr(slash + 1);
}

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

std::string without_extension(const std::string& path) { return std::string(without_ending(path)); }

}  // namespace emend
