// Pandoc as a child process: JSON in by a pipe, the book out by a pipe, and only its style sheet through a private
// folder.
#include "stages/write/pandoc.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "pipeline/document/error.h"
#include "pipeline/run/process.h"
#include "stages/write/zip_times.h"

namespace emend {
namespace embedded {
extern const std::string_view epub_css;
}
namespace {

constexpr std::string_view advice =
    "install Pandoc 2.17 or newer (apt-get install pandoc), or name one in EMEND_PANDOC";
const std::vector<int> oldest{2, 17};

std::string_view first_line(std::string_view text) {
  const std::size_t start = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return text.substr(start, text.find('\n', start) - start);
}

/// The numbers of "2.17.1.1" or "1,22,2,1", up to what is neither digit nor `separator`.
std::vector<int> numbers(std::string_view text, char separator) {
  std::vector<int> all;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int value = 0;;) {
    const auto [next, error] = std::from_chars(at, end, value);
    if (error != std::errc() || value < 0) break;
    all.push_back(value);
    if (next == end || *next != separator) break;
    at = next + 1;
  }
  return all;
}

/// A folder of our own, readable by nobody else, that goes when this goes.
class PrivateFolder {
 public:
  PrivateFolder() {
    const char* parent = std::getenv("TMPDIR");
    path_ = std::string(parent && *parent ? parent : "/tmp") + "/emend-XXXXXX";
    if (!mkdtemp(path_.data())) {
      throw Error(Exit::output, path_ + ": cannot make a temporary folder; set TMPDIR to one that can be written");
    }
  }
  ~PrivateFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  const std::string& path() const { return path_; }

  std::string write(const std::string& name, std::string_view bytes) const {
    const std::string file = path_ + "/" + name;
    std::ofstream out(file, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) throw Error(Exit::output, file + ": cannot be written; make room there, or set TMPDIR");
    return file;
  }

 private:
  std::string path_;
};

/// What Pandoc's output could depend on besides its input: the clock, the place and the tongue.
std::vector<std::pair<std::string, std::string>> settings() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  return {{"SOURCE_DATE_EPOCH", epoch && *epoch ? epoch : "315532800"}, {"TZ", "UTC"}, {"LC_ALL", "C.UTF-8"}};
}

std::string ask(const std::string& program, std::vector<std::string> arguments, std::string_view input,
                std::chrono::seconds limit) {
  const Outcome outcome = run_process({program, std::move(arguments), input, settings(), limit, std::size_t{1} << 20});
  if (outcome.ending == Ending::not_found) {
    throw Error(Exit::pandoc, program + ": not found or not executable; " + std::string(advice));
  }
  if (!succeeded(outcome)) {
    const std::string_view said = first_line(outcome.messages);
    throw Error(Exit::pandoc, program + ": " + describe(outcome) + (said.empty() ? "" : ": " + std::string(said)) +
                                  "; " + std::string(advice));
  }
  return outcome.output;
}

std::vector<std::string> arguments_for(Format format, const Pandoc& pandoc, const ExportOptions& options,
                                       const PandocBook& book, const PrivateFolder& folder) {
  std::vector<std::string> arguments{"--from=json", "--output=-", "--wrap=none", "--data-dir=" + folder.path()};
  if (format == Format::epub) {
    const bool splits = numbers(pandoc.version, '.') >= std::vector<int>{3};
    const std::string_view css = options.css.empty() ? embedded::epub_css : std::string_view(options.css);
    arguments.insert(arguments.end(), {"--to=epub3", "--toc-depth=6", "--css=" + folder.write("book.css", css)});
    arguments.push_back((splits ? "--split-level=" : "--epub-chapter-level=") + std::to_string(book.chapter_level));
    // A book that prints its own contents shows those; the navigation is there all the same.
    if (!book.printed_contents) arguments.push_back("--toc");
  } else {
    arguments.push_back("--to=docx");
    if (!options.reference_doc.empty()) arguments.push_back("--reference-doc=" + options.reference_doc);
  }
  arguments.insert(arguments.end(), options.extra_arguments.begin(), options.extra_arguments.end());
  return arguments;
}

void take_warnings(std::string_view messages, std::vector<std::string>& warnings) {
  while (!messages.empty()) {
    const std::size_t end = std::min(messages.find('\n'), messages.size());
    if (end > 0) warnings.push_back("pandoc: " + std::string(messages.substr(0, end)));
    messages.remove_prefix(std::min(end + 1, messages.size()));
  }
}

}  // namespace

Pandoc find_pandoc(std::chrono::seconds limit) {
  const char* named = std::getenv("EMEND_PANDOC");
  Pandoc pandoc;
  pandoc.program = named && *named ? named : "pandoc";
  const std::string about = ask(pandoc.program, {"--version"}, "", limit);
  const std::string_view line = first_line(about);
  const std::size_t digits = std::min(line.find_first_of("0123456789"), line.size());
  pandoc.version = line.substr(digits, line.find_first_not_of("0123456789.", digits) - digits);
  const std::vector<int> version = numbers(pandoc.version, '.');
  if (!line.starts_with("pandoc") || version.empty()) {
    throw Error(Exit::pandoc, pandoc.program + ": does not say that it is Pandoc; " + std::string(advice));
  }
  if (version < oldest) {
    throw Error(Exit::pandoc, pandoc.program + ": is Pandoc " + pandoc.version + ", too old; " + std::string(advice));
  }
  const std::string json = ask(pandoc.program, {"--from=native", "--to=json"}, "[]", limit);
  constexpr std::string_view key = "\"pandoc-api-version\":[";
  const std::size_t at = json.find(key);
  if (at != std::string::npos) pandoc.api.parts = numbers(std::string_view(json).substr(at + key.size()), ',');
  if (pandoc.api.parts.size() < 2) {
    throw Error(Exit::pandoc, pandoc.program + ": does not tell its API version; " + std::string(advice));
  }
  return pandoc;
}

std::string export_book(std::string_view tei, Format format, const Pandoc& pandoc, const ExportOptions& options,
                        std::vector<std::string>* warnings) {
  std::vector<std::string> doubts;
  const PandocBook book = pandoc_book(tei, pandoc.api, doubts);
  const PrivateFolder folder;
  Outcome outcome = run_process(
      {pandoc.program, arguments_for(format, pandoc, options, book, folder), book.json, settings(), options.limit});
  if (!succeeded(outcome)) {
    const std::string_view said = first_line(outcome.messages);
    throw Error(Exit::pandoc, pandoc.program + ": " + describe(outcome) +
                                  (said.empty() ? "" : ": " + std::string(said)) +
                                  (outcome.ending == Ending::timed_out ? "; give it more time" : "; no book was made"));
  }
  if (!fix_zip_times(outcome.output)) {
    throw Error(Exit::pandoc, pandoc.program + ": wrote no complete book; " + std::string(advice));
  }
  take_warnings(outcome.messages, doubts);
  if (warnings) warnings->insert(warnings->end(), doubts.begin(), doubts.end());
  return std::move(outcome.output);
}

}  // namespace emend
