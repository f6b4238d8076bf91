// Runs another program: its input from memory, its output into memory, and never longer than it was given.
#pragma once
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace emend {

/// What to run. There is no shell in between: arguments reach the program as they stand here.
struct Command {
  std::string program;  // a path, or a name that is looked for in PATH
  std::vector<std::string> arguments;
  std::string_view input;  // what the program reads on its standard input; must outlive the call
  std::vector<std::pair<std::string, std::string>> environment;  // set on top of the caller's own
  std::chrono::milliseconds limit{std::chrono::seconds(60)};
  std::size_t output_limit = std::size_t{1} << 31;  // of standard output, in bytes; past it the program is killed
  std::size_t memory_limit = 0;                     // of its address space, in bytes; 0: as the caller's
  int watcher = -1;  // a pipe to one who outlives us: told the number of the program's group, and 0 when that is gone
};

enum class Ending { exited, signalled, timed_out, too_much_output, not_found, not_started };

struct Outcome {
  Ending ending = Ending::not_started;
  int status = 0;        // the exit status, the number of the signal, or the errno of a program that did not start
  std::string output;    // standard output
  std::string messages;  // standard error; what is past its first mebibyte is read but not kept
};

/// Runs `command` to its end, in a process group of its own. When the time is over, the whole group is killed; nothing
/// of it remains after the call. When this process is killed in the middle of it, so is the program; what that has
/// started itself (a wrapper its Pandoc) ends only by the hand of a `watcher`. Safe where other threads run
/// children too. Never throws but for lack of memory.
Outcome run_process(const Command& command);

/// True if the program ran and exited with status 0.
bool succeeded(const Outcome& outcome);

/// How the program ended, in words: "exited with status 83", "was killed by signal 9 (Killed)".
std::string describe(const Outcome& outcome);

/// Where `program` is: itself if it has a slash, else the first executable of that name in PATH; empty if there is
/// none.
std::string find_program(std::string_view program);

}  // namespace emend
