// Work that may crash, hang or eat all memory, done in processes that live for many pieces of it.
#pragma once
#include <cstddef>
#include <functional>
#include <string>

namespace emend {

/// What one piece of work may take; 0: as much as it wants.
struct WorkLimits {
  std::size_t seconds = 0, megabytes = 0;
};

/// How a piece of work ended.
struct WorkEnd {
  enum class How { returned, crashed, out_of_time, out_of_memory };
  std::size_t piece = 0;
  How how = How::returned;
  int value = 0;    // what it returned, or the signal that ended its process
  int process = 0;  // its number
  double seconds = 0;
  std::size_t megabytes = 0;     // the most memory that its process had meanwhile; 0 if nobody could tell
  std::string output, messages;  // what it wrote to standard output and standard error
};

struct Work {
  std::size_t pieces = 0, processes = 1;
  WorkLimits limits;
  std::function<int(std::size_t)> run;        // in a process that began as a copy of this one
  std::function<void(const WorkEnd&)> ended;  // here, in the order in which they end
  std::function<void()> tick;                 // here, some times a second
};

/// Hands out the pieces in their order. A process that a piece took with it is replaced; a piece that is over its time
/// is ended. 0 when all is done; or the signal (SIGINT, SIGTERM, SIGHUP) that asked to stop, when nothing runs any
/// more.
int run_work(const Work&);

}  // namespace emend
