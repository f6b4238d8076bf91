// Pandoc as a child process: JSON in by a pipe, the book out by a pipe, and only its style sheet through a private
// folder.
#include "stages/write/pandoc/pandoc.h"

#include <algorithm>

#include "pipeline/document/error.h"
#include "pipeline/run/process.h"
#include "stages/write/docx/docx.h"
#include "stages/write/epub/epub.h"
#include "stages/write/package/zip_times.h"
#include "stages/write/pandoc/arguments.h"
#include "stages/write/pandoc/pictures.h"
#include "stages/write/pandoc/private_folder.h"
#include "stages/write/pandoc/program.h"

namespace emend {
namespace {

void take_warnings(std::string_view messages, std::vector<std::string>& warnings) {
  while (!messages.empty()) {
    const std::size_t end = std::min(messages.find('\n'), messages.size());
    if (end > 0) warnings.push_back("pandoc: " + std::string(messages.substr(0, end)));
    messages.remove_prefix(std::min(end + 1, messages.size()));
  }
}

// Whether a book in one file is empty, or ends before its format does.
bool is_cut(std::string_view bytes) {
  const std::size_t last = bytes.find_last_not_of(" \t\r\n");
  if (last == bytes.npos) return true;
  bytes = bytes.substr(0, last + 1);
  if (bytes.starts_with("%PDF"))
    return bytes.substr(bytes.size() - std::min<std::size_t>(bytes.size(), 1024)).find("%%EOF") == bytes.npos;
  if (bytes.starts_with("<!DOCTYPE html")) return !bytes.ends_with("</html>");
  if (bytes.starts_with("\\documentclass") || bytes.starts_with("% Options for"))
    return !bytes.ends_with("\\end{document}");
  return bytes.starts_with("{\\rtf") && !bytes.ends_with('}');
}

}  // namespace

std::string export_book(std::string_view tei, Format format, const Pandoc& pandoc, const ExportOptions& options,
                        std::vector<std::string>* warnings) {
  std::vector<std::string> doubts;
  const PrivateFolder folder;
  Pictures pictures(format, options, folder);
  const PandocBook book = pandoc_book(tei, pandoc.api, doubts, target_of(format, options), facts_shown(format, options),
                                      [&](std::string_view url) { return pictures.address(url); });
  Outcome outcome = run_process({.program = pandoc.program,
                                 .arguments = pandoc_arguments(format, pandoc, options, book.facts, folder),
                                 .input = book.json,
                                 .environment = pandoc_settings(),
                                 .limit = options.limit,
                                 .watcher = folder.watcher()});
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
  if (!zipped && is_cut(bytes)) {
    throw Error(Exit::pandoc, pandoc.program + ": wrote nothing, or not all of it; " + std::string(pandoc_advice));
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
