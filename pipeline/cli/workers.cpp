// Forked processes, each with a pipe for the next piece and one for the reply; what they print goes to nameless files.
#include "pipeline/cli/workers.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <new>
#include <vector>

#include "pipeline/document/error.h"
#include "pipeline/run/addresses.h"

namespace emend {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto grace = std::chrono::seconds(2);  // from being asked to end to being killed
constexpr int beat = 100;                        // milliseconds between two looks at the clock

struct Reply {
  int value = 0;
  bool out_of_memory = false;
  std::size_t megabytes = 0;
};

// The signals that ask this process to end wait here, and not in its children.
class Stop {
 public:
  Stop() {
    sigemptyset(&ending_);
    for (const int s : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ending_, s);
    sigprocmask(SIG_BLOCK, &ending_, &before_);
    fd_ = ::signalfd(-1, &ending_, SFD_CLOEXEC | SFD_NONBLOCK);
  }
  Stop(const Stop&) = delete;
  Stop& operator=(const Stop&) = delete;
  ~Stop() {
    ::close(fd_);
    sigprocmask(SIG_SETMASK, &before_, nullptr);
  }
  int fd() const { return fd_; }
  const sigset_t& before() const { return before_; }
  int asked() const {
    signalfd_siginfo info{};
    return ::read(fd_, &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
  }

 private:
  sigset_t ending_{}, before_{};
  int fd_ = -1;
};

template <class T>
bool read_whole(int fd, T& value) {
  ssize_t n = 0;
  do {
    n = ::read(fd, &value, sizeof value);
  } while (n < 0 && errno == EINTR);
  return n == sizeof value;  // pipes give so few bytes in one piece
}

template <class T>
bool write_whole(int fd, const T& value) {
  ssize_t n = 0;
  do {
    n = ::write(fd, &value, sizeof value);
  } while (n < 0 && errno == EINTR);
  return n == sizeof value;
}

void forget_peak() {
  if (std::FILE* f = std::fopen("/proc/self/clear_refs", "w")) {
    std::fputs("5", f);
    std::fclose(f);
  }
}

std::size_t peak_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (std::size_t kilobytes = 0; word == "VmHWM:" && status >> kilobytes) return (kilobytes + 1023) / 1024;
  return 0;
}

void limit_memory(std::size_t megabytes) {
  if (megabytes == 0 || takes_all_addresses) return;
  rlimit data{};
  if (::getrlimit(RLIMIT_DATA, &data) != 0) return;
  data.rlim_cur = std::min<rlim_t>(data.rlim_max, rlim_t{megabytes} << 20);
  ::setrlimit(RLIMIT_DATA, &data);
}

// A process for pieces of work, as the parent knows it.
struct Worker {
  pid_t pid = -1;
  int orders = -1, replies = -1, output = -1, messages = -1;
  bool busy = false, asked_to_end = false;
  std::size_t piece = 0;
  Clock::time_point since, deadline;

  std::array<int, 4> descriptors() const { return {orders, replies, output, messages}; }
};

std::string taken(int fd) {
  std::string bytes;
  std::array<char, 65536> buffer;
  for (off_t at = 0;;) {
    const ssize_t n = ::pread(fd, buffer.data(), buffer.size(), at);
    if (n <= 0) break;
    bytes.append(buffer.data(), static_cast<std::size_t>(n));
    at += n;
  }
  if (::ftruncate(fd, 0) == 0) ::lseek(fd, 0, SEEK_SET);
  return bytes;
}

class Pool {
 public:
  explicit Pool(const Work& work) : work_(work), workers_(std::max<std::size_t>(1, work.processes)) {}
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() {
    for (Worker& w : workers_) end(w);
  }

  int run() {
    std::size_t next = 0;
    for (;;) {
      for (Worker& w : workers_)
        if (!w.busy && next < work_.pieces) begin(w, next++);
      if (std::none_of(workers_.begin(), workers_.end(), [](const Worker& w) { return w.busy; })) return 0;
      wait();
      if (const int signal = stop_.asked(); signal != 0) return signal;
      for (Worker& w : workers_)
        if (w.busy && Clock::now() >= w.deadline) hurry(w);
      if (work_.tick) work_.tick();
    }
  }

 private:
  void begin(Worker& w, std::size_t piece) {
    if (w.pid < 0) start(w);
    w.piece = piece;
    w.busy = true;
    w.since = Clock::now();
    w.deadline =
        work_.limits.seconds == 0 ? Clock::time_point::max() : w.since + std::chrono::seconds(work_.limits.seconds);
    write_whole(w.orders, piece);  // if it has died meanwhile, its pipe tells
  }

  void start(Worker& w) {
    std::array<int, 2> orders{-1, -1}, replies{-1, -1};
    w.output = ::memfd_create("emend-output", MFD_CLOEXEC);
    w.messages = ::memfd_create("emend-messages", MFD_CLOEXEC);
    if (w.output < 0 || w.messages < 0 || ::pipe2(orders.data(), O_CLOEXEC) != 0 ||
        ::pipe2(replies.data(), O_CLOEXEC) != 0)
      throw Error(Exit::bug, "no process can be started: too many files are open; use fewer with --jobs");
    const pid_t parent = ::getpid();
    w.pid = ::fork();
    if (w.pid < 0)
      throw Error(Exit::bug, "no process can be started: the system allows no more; use fewer with --jobs");
    w.orders = orders[1], w.replies = replies[0];
    if (w.pid == 0) serve(w, orders[0], replies[1], parent);
    ::close(orders[0]);
    ::close(replies[1]);
  }

  [[noreturn]] void serve(const Worker& me, int orders, int replies, pid_t parent) const {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(0);
    for (const Worker& w : workers_)  // an order pipe that a brother holds open never ends
      for (const int fd : w.descriptors())
        if (fd >= 0 && fd != me.output && fd != me.messages) ::close(fd);
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(me.output, STDOUT_FILENO);
    ::dup2(me.messages, STDERR_FILENO);
    ::close(nothing);
    ::close(stop_.fd());
    ::sigprocmask(SIG_SETMASK, &stop_.before(), nullptr);
    limit_memory(work_.limits.megabytes);
    for (std::size_t piece = 0; read_whole(orders, piece);) {
      Reply reply;
      forget_peak();
      try {
        reply.value = work_.run(piece);
      } catch (const std::bad_alloc&) {
        reply.out_of_memory = true;
      }
      reply.megabytes = peak_megabytes();
      if (!write_whole(replies, reply) || reply.out_of_memory) break;  // what is left of the memory is in pieces
    }
    ::_exit(0);
  }

  void wait() {
    std::vector<pollfd> watched{{stop_.fd(), POLLIN, 0}};
    for (const Worker& w : workers_) watched.push_back({w.busy ? w.replies : -1, POLLIN, 0});
    if (::poll(watched.data(), watched.size(), beat) <= 0) return;
    for (std::size_t i = 0; i < workers_.size(); ++i)
      if (watched[i + 1].revents != 0) hear(workers_[i]);
  }

  void hear(Worker& w) {
    Reply reply;
    const bool replied = read_whole(w.replies, reply);
    WorkEnd end;
    end.piece = w.piece;
    end.process = w.pid;
    end.value = reply.value;
    end.seconds = std::chrono::duration<double>(Clock::now() - w.since).count();
    end.megabytes = reply.megabytes;
    if (reply.out_of_memory) end.how = WorkEnd::How::out_of_memory;
    end.output = taken(w.output);
    end.messages = taken(w.messages);
    w.busy = false;
    if (!replied) {
      end.how = w.asked_to_end ? WorkEnd::How::out_of_time : WorkEnd::How::crashed;
      end.value = this->end(w);
    } else if (reply.out_of_memory || w.asked_to_end) {
      this->end(w);
    }
    work_.ended(end);
  }

  // Asks the process to end, which lets it finish the file that it is writing; then does not ask any more.
  static void hurry(Worker& w) {
    ::kill(w.pid, w.asked_to_end ? SIGKILL : SIGTERM);
    w.asked_to_end = true;
    w.deadline = Clock::now() + grace;
  }

  // Ends the process, if it has not ended by itself; the signal that did it, or 0.
  static int end(Worker& w) {
    if (w.pid < 0) return 0;
    if (w.busy) ::kill(w.pid, SIGTERM);
    ::close(w.orders);
    int status = 0;
    bool ended = false;
    for (const auto until = Clock::now() + grace; !ended && Clock::now() < until;) {
      ended = ::waitpid(w.pid, &status, WNOHANG) != 0;
      if (!ended) ::usleep(2000);
    }
    if (!ended) {
      ::kill(w.pid, SIGKILL);
      ::waitpid(w.pid, &status, 0);
    }
    for (const int fd : {w.replies, w.output, w.messages}) ::close(fd);
    w = {};
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  }

  const Work& work_;
  Stop stop_;
  std::vector<Worker> workers_;
};

}  // namespace

int run_work(const Work& work) { return Pool(work).run(); }

}  // namespace emend
