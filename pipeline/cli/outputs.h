// Which files a run is to make of which inputs, settled before anything is read or written.
#pragma once
#include <string>
#include <vector>

#include "pipeline/cli/options.h"

namespace emend {

enum class FileFormat { tei, epub, docx, ledger, review, written };  // `written`: whatever else Pandoc writes

struct Output {
  FileFormat format;
  std::string path;    // "-" is standard output
  std::string writer;  // as --to calls it: "epub2", "html", "gfm"
};

/// One input and what is to be made of it.
struct Job {
  std::string input;
  std::vector<Output> outputs;

  const Output* find(FileFormat) const;
};

/// From the operands, --output, --to and, where the verb has them, --ledger and --review. Makes the folder that
/// --output names, if its name ends in a slash. Error(Exit::usage) for what is not clear: a format that no name or --to
/// tells, several inputs and one output, an output that would be written twice or over one of the inputs or of
/// `also_read`.
std::vector<Job> plan_jobs(const Arguments&, const std::vector<FileFormat>& possible,
                           const std::vector<std::string>& also_read);

}  // namespace emend
