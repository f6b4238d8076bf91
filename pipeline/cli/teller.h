// What convert tells: on the way, to a person at a terminal; afterwards, to a person or to a machine.
#pragma once
#include "pipeline/cli/book.h"
#include "pipeline/cli/options.h"
#include "pipeline/cli/outputs.h"
#include "pipeline/cli/terminal.h"

namespace emend {

class Teller {
 public:
  /// Heeds --quiet and --json.
  explicit Teller(const Arguments&);
  /// Says nothing, but leaves the summary as JSON in `json`.
  explicit Teller(std::string& json);

  /// The book that all that follows is about, the `number`-th of `all`.
  void begin(const Job&, std::size_t number, std::size_t all);
  void doing(std::string_view what) { progress_.doing(what); }
  /// Before anything else is said.
  void clear() { progress_.clear(); }
  /// The summary on standard error, or with --json a line of JSON on standard output.
  void done(const Book&, const Job&);
  void failed(const Job&, const Error&);

 private:
  bool quiet_, json_;
  std::string* kept_ = nullptr;
  Progress progress_;
};

/// Error(Exit::usage) if --json and an output would both go to standard output.
void check_telling(const Arguments&, const std::vector<Job>&);

}  // namespace emend
