// mkdtemp, and std::filesystem for the end; a process of its own for an end that nobody foresees: it waits at a pipe,
// which the system closes however this process ends, then ends the program that worked in the folder, with all that
// it started, and clears the folder away.
#include "stages/write/pandoc/private_folder.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "pipeline/document/error.h"

namespace emend {

namespace {

constexpr pid_t no_group = 0, all_done = -1;  // what is written to the watcher, besides a group's number

// In a session of its own, where no signal to ours reaches it, and with no descriptor but the pipe, so that nobody
// waits for it. Only calls that are safe where other threads held locks.
[[noreturn]] void watch(int pipe, char* const* clear) {
  setsid();
  for (const int signal : {SIGPIPE, SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGCHLD}) ::signal(signal, SIG_IGN);
  if (dup2(pipe, 0) != 0) _exit(1);
  if (syscall(SYS_close_range, 1u, ~0u, 0u) != 0)  // a kernel before 5.9
    for (int other = 1; other < 1024; ++other) ::close(other);
  pid_t group = no_group;
  for (ssize_t got = 1; got != 0;) {
    pid_t told = no_group;
    got = read(0, &told, sizeof told);
    if (got == sizeof told) group = told;
    if (group == all_done) _exit(0);
    if (got < 0 && errno != EINTR) break;
  }
  if (group != no_group) kill(-group, SIGKILL);
  usleep(50000);  // what was written into the folder until now is dying too
  execv("/bin/rm", clear);
  _exit(1);
}

}  // namespace

PrivateFolder::PrivateFolder() {
  const char* parent = std::getenv("TMPDIR");
  path_ = std::string(parent && *parent ? parent : "/tmp") + "/emend-XXXXXX";
  if (!mkdtemp(path_.data())) {
    throw Error(Exit::output, path_ + ": cannot make a temporary folder; set TMPDIR to one that can be written");
  }
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return;
  std::array<std::string, 4> words{"rm", "-rf", "--", path_};
  const std::array<char*, 5> clear{words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
  watcher_ = fork();
  if (watcher_ == 0) watch(ends[0], clear.data());
  ::close(ends[0]);
  alive_ = ends[1];
}

PrivateFolder::~PrivateFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
  if (alive_ < 0) return;
  if (watcher_ > 0 && ::write(alive_, &all_done, sizeof all_done) == sizeof all_done)
    while (waitpid(watcher_, nullptr, 0) < 0 && errno == EINTR) continue;
  ::close(alive_);
}

std::string PrivateFolder::write(const std::string& name, std::string_view bytes) const {
  const std::string file = path_ + "/" + name;
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw Error(Exit::output, file + ": cannot be written; make room there, or set TMPDIR");
  return file;
}

}  // namespace emend
