// What the edges of the program throw, and the exit codes that a caller may rely on.
#pragma once
#include <stdexcept>
#include <string>

namespace emend {

/// The documented exit statuses of every verb; `docs/guide.md` and the man page list them for users.
enum class Exit : int {
  done = 0,
  doubts = 1,  // with --strict: the conversion is complete, but doubts remain; of two editions: they differ
  usage = 2,
  input = 3,    // cannot be read, is no text, is too large
  rules = 4,    // a rule table or decisions file
  invalid = 5,  // TEI that is not valid, or a document that does not verify
  pandoc = 6,   // missing, too old, failed or timed out
  output = 7,   // cannot be written
  limit = 8,    // of a batch: a book took more time or memory than it may
  bug = 70,     // a broken invariant, naming the stage
};

/// Thrown by the edges (read, rules, validate, Pandoc, write) and caught once, in `main`.
/// `what()` says where, what, and what to do: "notes.txt: is a directory; name a file".
struct Error : std::runtime_error {
  Error(Exit exit_code, const std::string& message) : std::runtime_error(message), code(exit_code) {}
  Exit code;
};

}  // namespace emend
