// What is known of the books of a batch, a line of JSON each: the report, and by it a run goes on where one ended.
#pragma once
#include <string>
#include <unordered_map>

#include "pipeline/cli/book.h"
#include "pipeline/cli/outputs.h"
#include "pipeline/cli/workers.h"

namespace emend {

/// A line of the report. `key` tells all that the outputs are made from; it is empty where that was not to be known.
struct BatchRecord {
  std::string key, made, line;  // `made`: of the bytes of the outputs
  std::string status;           // done, failed, crashed, timeout or memory
};

/// What the key of every book begins with: the program, the options, the files that they name.
std::string key_of_run(const Arguments&);
/// Of one book, by the bytes of its text and its sidecars. Error(Exit::input) if one cannot be read.
std::string key_of_book(const std::string& run, const Job&, const Sidecars&);
/// Of the outputs as they are on the disk; empty if one is not there.
std::string made_of(const Job&);

/// `book` is the summary of a conversion as JSON, or nothing; `message` what went wrong, or nothing; `status` how, if
/// it is not that emend refused.
BatchRecord record_of(const std::string& key, const Job&, Exit, const std::string& book, const std::string& message,
                      const std::string& status = "failed");
/// The line with what its process took, and what was said meanwhile.
std::string completed(const std::string& line, const WorkEnd&);

/// The records of a report, by key; those of one key are the last. What is no whole line of a report is left out. Empty
/// if there is no such file.
std::unordered_map<std::string, BatchRecord> read_records(const std::string& path);

}  // namespace emend
