// Pandoc as a child process: JSON in by a pipe, the book out by a pipe, and only its style sheet through a private
// folder.
#include "stages/write/pandoc.h"

#include <algorithm>

#include "pipeline/document/error.h"
#include "pipeline/run/process.h"
#include "stages/write/docx.h"
#include "stages/write/epub.h"
#include "stages/write/pandoc_arguments.h"
#include "stages/write/pandoc_program.h"
#include "stages/write/private_folder.h"
#include "stages/write/zip_times.h"

namespace emend {
namespace {

void take_warnings(std::string_view messages, std::vector<std::string>& warnings) {
  while (!messages.empty()) {
    const std::size_t end = std::min(messages.find('\n'), messages.size());
    if (end > 0) warnings.push_back("pandoc: " + std::string(messages.substr(0, end)));
    messages.remove_prefix(std::min(end + 1, messages.size()));
  }
}

}  // namespace

std::string export_book(std::string_view tei, Format format, const Pandoc& pandoc, const ExportOptions& options,
                        std::vector<std::string>* warnings) {
  std::vector<std::string> doubts;
  const PandocBook book = pandoc_book(tei, pandoc.api, doubts, target_of(format, options));
  const PrivateFolder folder;
  Outcome outcome = run_process({pandoc.program, pandoc_arguments(format, pandoc, options, book.facts, folder),
                                 book.json, pandoc_settings(), options.limit});
  if (!succeeded(outcome)) {
    const std::string_view said = first_line(outcome.messages);
    throw Error(Exit::pandoc, pandoc.program + ": " + describe(outcome) +
                                  (said.empty() ? "" : ": " + std::string(said)) +
                                  (outcome.ending == Ending::timed_out ? "; give it more time" : "; no book was made"));
  }
  std::string& bytes = outcome.output;
  const bool zipped = format != Format::other || bytes.starts_with("PK");
  if (zipped && !fix_zip_times(bytes)) {
    throw Error(Exit::pandoc, pandoc.program + ": wrote no complete book; " + std::string(pandoc_advice));
  }
  take_warnings(outcome.messages, doubts);
  if (format == Format::epub || format == Format::epub2) {
    bytes = finish_epub(bytes, book.facts, {format == Format::epub2, options.css.empty()}, doubts);
  }
  if (format == Format::docx) bytes = finish_docx(bytes, book.facts, doubts);
  if (warnings) warnings->insert(warnings->end(), doubts.begin(), doubts.end());
  return std::move(bytes);
}

}  // namespace emend
