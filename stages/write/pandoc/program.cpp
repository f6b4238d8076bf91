// Finding the Pandoc that is installed, and asking what it is and what it can write.
#include "stages/write/pandoc/program.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "pipeline/document/error.h"
#include "pipeline/run/process.h"
#include "stages/write/pandoc/pandoc.h"

namespace emend {
namespace {

const std::vector<int> oldest{2, 17};

std::string ask(const std::string& program, std::vector<std::string> arguments, std::string_view input,
                std::chrono::seconds limit) {
  const Outcome outcome =
      run_process({program, std::move(arguments), input, pandoc_settings(), limit, std::size_t{1} << 20});
  if (outcome.ending == Ending::not_found) {
    throw Error(Exit::pandoc, program + ": not found or not executable; " + std::string(pandoc_advice));
  }
  if (!succeeded(outcome)) {
    const std::string_view said = first_line(outcome.messages);
    throw Error(Exit::pandoc, program + ": " + describe(outcome) + (said.empty() ? "" : ": " + std::string(said)) +
                                  "; " + std::string(pandoc_advice));
  }
  return outcome.output;
}

}  // namespace

std::string_view first_line(std::string_view text) {
  const std::size_t start = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return text.substr(start, text.find('\n', start) - start);
}

std::vector<int> version_numbers(std::string_view text, char separator) {
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

std::vector<std::pair<std::string, std::string>> pandoc_settings() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  return {{"SOURCE_DATE_EPOCH", epoch && *epoch ? epoch : "0"}, {"TZ", "UTC"}, {"LC_ALL", "C.UTF-8"}};
}

namespace {
std::vector<int> version_behind(std::string_view text, std::string_view words, char separator) {
  const std::size_t at = text.find(words);
  return at == text.npos ? std::vector<int>() : version_numbers(text.substr(at + words.size()), separator);
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
  const std::vector<int> version = version_numbers(pandoc.version, '.');
  if (!line.starts_with("pandoc") || version.empty()) {
    throw Error(Exit::pandoc, pandoc.program + ": does not say that it is Pandoc; " + std::string(pandoc_advice));
  }
  if (version < oldest) {
    throw Error(Exit::pandoc,
                pandoc.program + ": is Pandoc " + pandoc.version + ", too old; " + std::string(pandoc_advice));
  }
  pandoc.api.parts = version_behind(about, "pandoc-types ", '.');
  if (pandoc.api.parts.empty())  // newer ones do not say it there
    pandoc.api.parts = version_behind(ask(pandoc.program, {"--from=native", "--to=json"}, "[]", limit),
                                      "\"pandoc-api-version\":[", ',');
  if (pandoc.api.parts.size() < 2) {
    throw Error(Exit::pandoc, pandoc.program + ": does not tell its API version; " + std::string(pandoc_advice));
  }
  return pandoc;
}

std::vector<std::string> pandoc_formats(const Pandoc& pandoc) {
  const std::string said = ask(pandoc.program, {"--list-output-formats"}, "", std::chrono::seconds(30));
  std::vector<std::string> all;
  for (std::size_t at = 0; at < said.size();) {
    const std::size_t end = std::min(said.find('\n', at), said.size());
    if (end > at) all.push_back(said.substr(at, end - at));
    at = end + 1;
  }
  return all;
}

}  // namespace emend
