// Which files a run is to make of which inputs, settled before anything is read or written.
#pragma once
#include <memory>
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
  std::vector<std::string> pages = {};  // of a book that was given as several files, the first of which is `input`

  const Output* find(FileFormat) const;
};

/// What a batch makes of each of its books. Every --output is a folder, in which a book then stands as it stood `below`
/// the folder that was given; or a pattern: {name} is the input's name without its ending, {below} that folder, and {path}
/// the whole input without its ending.
class BookOutputs {
 public:
  /// Error(Exit::usage) for a format that no name or --to tells, or an output that would be the same for all books.
  BookOutputs(const Arguments&, const std::vector<FileFormat>& possible);
  Job of(const std::string& input, const std::string& below) const;

 private:
  struct Patterns;
  std::shared_ptr<const Patterns> patterns_;
};

/// From the operands, --output, --to and, where the verb has them, --ledger and --review. Makes the folder that
/// --output names, if its name ends in a slash. Error(Exit::usage) for what is not clear: a format that no name or --to
/// tells, several inputs and one output (unless they are pages of scans, which are one book), an output that would be written twice or over one of the inputs or of
/// `also_read`.
std::vector<Job> plan_jobs(const Arguments&, const std::vector<FileFormat>& possible,
                           const std::vector<std::string>& also_read);

}  // namespace emend
