// Starts a child, feeds it, listens to it and buries it. Two habits keep this safe: every descriptor is close-on-exec,
// so that children of other threads do not hold our pipes open; and one poll loop serves all three pipes, so that
// neither side can wait for the other for ever.
#include "pipeline/run/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>

extern char** environ;

namespace emend {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t messages_kept = std::size_t{1} << 20;

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { close(); }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

struct Pipe {
  Descriptor read, write;
};

/// A pipe whose ends are close-on-exec and never 0, 1 or 2 (a caller may have closed those); false if there is none
/// left.
bool make_pipe(Pipe& made) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  Descriptor read(ends[0]), write(ends[1]);
  made.read = Descriptor(fcntl(read.get(), F_DUPFD_CLOEXEC, 3));
  made.write = Descriptor(fcntl(write.get(), F_DUPFD_CLOEXEC, 3));
  return made.read.open() && made.write.open();
}

bool do_not_block(const Descriptor& fd) {
  const int flags = fcntl(fd.get(), F_GETFL);
  return flags >= 0 && fcntl(fd.get(), F_SETFL, flags | O_NONBLOCK) == 0;
}

/// Keeps SIGPIPE from this thread for its lifetime: a child that stops reading is an error code, not our death.
class NoPipeSignal {
 public:
  NoPipeSignal() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~NoPipeSignal() {
    const timespec now{};
    while (!was_pending_ && sigtimedwait(&pipe_, nullptr, &now) < 0 && errno == EINTR) continue;
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoPipeSignal(const NoPipeSignal&) = delete;
  NoPipeSignal& operator=(const NoPipeSignal&) = delete;
  const sigset_t& before() const { return before_; }

 private:
  sigset_t pipe_{}, before_{};
  bool was_pending_ = false;
};

/// The caller's environment with `changes` in it, as "NAME=value" strings.
std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& changes) {
  std::vector<std::string> entries;
  for (char** entry = environ; entry && *entry; ++entry) {
    const std::string_view line(*entry);
    const std::string_view name = line.substr(0, line.find('='));
    const bool changed = std::any_of(changes.begin(), changes.end(), [&](const auto& c) { return c.first == name; });
    if (!changed) entries.emplace_back(line);
  }
  for (const auto& [name, value] : changes) entries.push_back(name + "=" + value);
  return entries;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (std::string& s : strings) result.push_back(s.data());
  result.push_back(nullptr);
  return result;
}

struct Child {
  pid_t pid = -1;
  Descriptor input, output, messages;  // our ends of its pipes
};

/// What the child does between its birth and the program: only what is safe where other threads held locks.
[[noreturn]] void become(const char* path, char* const* words, char* const* settings, const std::array<int, 4>& ends,
                         const sigset_t& mask, pid_t parent, std::size_t memory) {
  setpgid(0, 0);
  const rlimit room{memory, memory};
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // however the parent ends, nothing goes on without it
  for (const int signal : {SIGPIPE, SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGCHLD}) ::signal(signal, SIG_DFL);
  const bool ready = getppid() == parent && dup2(ends[0], 0) == 0 && dup2(ends[1], 1) == 1 && dup2(ends[2], 2) == 2 &&
                     sigprocmask(SIG_SETMASK, &mask, nullptr) == 0 && (memory == 0 || setrlimit(RLIMIT_AS, &room) == 0);
  if (ready) execve(path, words, settings);
  const int error = errno;
  if (write(ends[3], &error, sizeof error) < 0) _exit(126);
  _exit(127);
}

/// Starts the program; 0, or the errno of what went wrong. It is told through a pipe that closes as the program begins.
int start(const Command& command, const std::string& path, const sigset_t& mask, Child& child) {
  Pipe in, out, err, told;
  if (!make_pipe(in) || !make_pipe(out) || !make_pipe(err) || !make_pipe(told)) return errno;
  std::vector<std::string> words{command.program};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  std::vector<std::string> settings = environment_with(command.environment);
  const std::vector<char*> argv = pointers(words), envp = pointers(settings);
  const pid_t parent = getpid(), pid = vfork();
  if (pid < 0) return errno;
  if (pid == 0)
    become(path.c_str(), argv.data(), envp.data(), {in.read.get(), out.write.get(), err.write.get(), told.write.get()},
           mask, parent, command.memory_limit);
  setpgid(pid, pid);  // on both sides, so that the group is there whoever comes first
  told.write.close();
  int error = 0;
  ssize_t got = 0;
  do {
    got = read(told.read.get(), &error, sizeof error);
  } while (got < 0 && errno == EINTR);
  if (got == sizeof error) {
    while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) continue;
    return error;
  }
  child.pid = pid;
  child.input = std::move(in.write);
  child.output = std::move(out.read);
  child.messages = std::move(err.read);
  return 0;
}

/// Writes what the pipe takes now of `rest`; closes it when all is written or nobody reads.
void feed(Descriptor& input, std::string_view& rest) {
  while (!rest.empty()) {
    const ssize_t written = write(input.get(), rest.data(), rest.size());
    if (written > 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (written < 0 && errno == EINTR) {
      continue;
    } else if (written < 0 && errno == EAGAIN) {
      return;
    } else {
      break;  // EPIPE: the program has read all that it wants
    }
  }
  input.close();
}

/// Reads what the pipe holds now into `text`, of which `kept` bytes are kept; closes it at its end.
/// False if there was more than is kept.
bool drain(Descriptor& from, std::string& text, std::size_t kept) {
  std::array<char, 65536> buffer;
  for (;;) {
    const ssize_t got = read(from.get(), buffer.data(), buffer.size());
    if (got > 0) {
      const std::size_t room = kept - std::min(kept, text.size());
      text.append(buffer.data(), std::min(static_cast<std::size_t>(got), room));
      if (static_cast<std::size_t>(got) > room) return false;
    } else if (got < 0 && errno == EINTR) {
      continue;
    } else {
      if (got == 0 || errno != EAGAIN) from.close();
      return true;
    }
  }
}

/// True once the child has ended; it stays a zombie, so that its number cannot be given away before we kill its group.
bool has_ended(pid_t pid) {
  siginfo_t info{};
  int result = 0;
  do {
    result = waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT);
  } while (result != 0 && errno == EINTR);
  return result != 0 || info.si_pid == pid;
}

/// How long poll may sleep: until the deadline, and never so long that the death of a child goes unseen.
int patience(Clock::time_point deadline, std::chrono::milliseconds most) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
  return static_cast<int>(std::clamp(left, std::chrono::milliseconds(0), most).count()) + 1;
}

/// Serves the pipes until the child has ended, or has used up its time or its room for output.
Ending serve(const Command& command, Child& child, Outcome& outcome) {
  const Clock::time_point deadline = Clock::now() + command.limit;
  std::string_view rest = command.input;
  if (rest.empty()) child.input.close();
  for (;;) {
    const bool talking = child.output.open() || child.messages.open();
    std::array<pollfd, 3> watched{pollfd{child.input.get(), POLLOUT, 0}, pollfd{child.output.get(), POLLIN, 0},
                                  pollfd{child.messages.get(), POLLIN, 0}};
    poll(watched.data(), watched.size(), patience(deadline, std::chrono::milliseconds(talking ? 100 : 2)));
    if (child.input.open() && watched[0].revents != 0) feed(child.input, rest);
    if (child.messages.open()) drain(child.messages, outcome.messages, messages_kept);
    if (child.output.open() && !drain(child.output, outcome.output, command.output_limit)) {
      return Ending::too_much_output;
    }
    if (has_ended(child.pid)) {  // what it wrote last may have come after the reading above
      if (child.messages.open()) drain(child.messages, outcome.messages, messages_kept);
      const bool whole = !child.output.open() || drain(child.output, outcome.output, command.output_limit);
      return whole ? Ending::exited : Ending::too_much_output;
    }
    if (Clock::now() >= deadline) return Ending::timed_out;
  }
}

void tell(int watcher, pid_t group) {
  if (watcher < 0) return;
  while (write(watcher, &group, sizeof group) < 0 && errno == EINTR) continue;
}

/// Kills what is left of the child's group and takes the child's status. The watcher forgets the number before another
/// group can have it.
void bury(pid_t pid, int watcher, Outcome& outcome) {
  kill(-pid, SIGKILL);
  tell(watcher, 0);
  int status = 0;
  pid_t buried = 0;
  do {
    buried = waitpid(pid, &status, 0);
  } while (buried < 0 && errno == EINTR);
  if (outcome.ending != Ending::exited) return;
  if (buried != pid) {  // the caller ignores SIGCHLD, and the status is lost
    outcome.ending = Ending::not_started;
    outcome.status = ECHILD;
  } else if (WIFSIGNALED(status)) {
    outcome.ending = Ending::signalled;
    outcome.status = WTERMSIG(status);
  } else {
    outcome.status = WEXITSTATUS(status);
  }
}

bool is_program(const std::string& path) {
  struct stat about {};
  return stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode) && access(path.c_str(), X_OK) == 0;
}

}  // namespace

Outcome run_process(const Command& command) {
  Outcome outcome;
  const std::string path = find_program(command.program);
  if (path.empty()) {
    outcome.ending = Ending::not_found;
    return outcome;
  }
  const NoPipeSignal quiet;
  Child child;
  outcome.status = start(command, path, quiet.before(), child);
  if (outcome.status != 0) return outcome;
  tell(command.watcher, child.pid);
  const bool ready = do_not_block(child.input) && do_not_block(child.output) && do_not_block(child.messages);
  outcome.ending = ready ? serve(command, child, outcome) : Ending::too_much_output;
  bury(child.pid, command.watcher, outcome);
  return outcome;
}

bool succeeded(const Outcome& outcome) { return outcome.ending == Ending::exited && outcome.status == 0; }

std::string describe(const Outcome& outcome) {
  const std::string number = std::to_string(outcome.status);
  switch (outcome.ending) {
    case Ending::exited: return "exited with status " + number;
    case Ending::signalled: return "was killed by signal " + number + " (" + sigdescr_np(outcome.status) + ")";
    case Ending::timed_out: return "did not finish in time and was stopped";
    case Ending::too_much_output: return "wrote more than can be taken and was stopped";
    case Ending::not_found: return "was not found";
    case Ending::not_started: return std::string("could not be started: ") + strerrordesc_np(outcome.status);
  }
  return "ended";
}

std::string find_program(std::string_view program) {
  if (program.find('/') != std::string_view::npos) return is_program(std::string(program)) ? std::string(program) : "";
  const char* path = std::getenv("PATH");
  std::string_view rest = path ? path : "/usr/local/bin:/usr/bin:/bin";
  while (!program.empty()) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    const std::string candidate = std::string(folder.empty() ? "." : folder) + "/" + std::string(program);
    if (is_program(candidate)) return candidate;
    if (folder.size() == rest.size()) break;
    rest.remove_prefix(folder.size() + 1);
  }
  return "";
}

}  // namespace emend
