// Escape sequences of ECMA-48, written only to a terminal.
#include "pipeline/cli/terminal.h"

#include <unistd.h>

#include <cstdlib>

#include "pipeline/cli/files.h"
#include "pipeline/cli/shown.h"

namespace emend {

namespace {

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

}  // namespace

bool terminal_listens() {
  return ::isatty(STDERR_FILENO) && is_set("TERM") && std::string_view(std::getenv("TERM")) != "dumb";
}

bool terminal_has_colours() { return terminal_listens() && !is_set("NO_COLOR"); }

std::string Paint::operator()(Tone tone, std::string_view words) const {
  std::string out(words);
  if (!on_ || words.empty()) return out;
  const char* code = tone == Tone::title ? "1" : tone == Tone::quiet ? "2" : tone == Tone::good ? "32" : "33;1";
  return "\x1b[" + std::string(code) + "m" + out + "\x1b[0m";
}

void Progress::about(const std::string& shown_input, std::size_t number, std::size_t all) {
  book_ =
      (all > 1 ? "[" + std::to_string(number) + "/" + std::to_string(all) + "] " : "") + shown_short(shown_input, 40);
}

void Progress::doing(std::string_view what) { line(book_ + ": " + shown_short(what, 30) + " …"); }

void Progress::line(std::string_view whole) {
  if (!on_) return;
  say("\r\x1b[K" + std::string(whole));
  there_ = true;
}

void Progress::clear() {
  if (there_) say("\r\x1b[K");
  there_ = false;
}

}  // namespace emend
