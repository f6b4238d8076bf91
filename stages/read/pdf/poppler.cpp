// The PDF goes in by a pipe and the text comes out by one: no shell, no file, and limits of time, memory and output.
#include "stages/read/pdf/poppler.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>
#include <vector>

#include "pipeline/document/error.h"
#include "pipeline/run/process.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::chrono::seconds longest{300};  // a thousand pages take seconds
constexpr std::size_t most_text = std::size_t{1} << 29, least_memory = std::size_t{2} << 30;
constexpr std::string_view advice = "install Poppler's programs (apt-get install poppler-utils), or name it in ";
constexpr std::string_view replacement = "\xEF\xBF\xBD";

struct Program {
  std::string path;
  std::string_view variable;
};

Program program_named(const char* variable, const char* usual) {
  const char* named = std::getenv(variable);
  return {named && *named ? named : usual, variable};
}

Outcome ask(const Program& program, std::vector<std::string> arguments, std::string_view pdf) {
  return run_process({.program = program.path,
                      .arguments = std::move(arguments),
                      .input = pdf,
                      .environment = {{"LC_ALL", "C.UTF-8"}},
                      .limit = longest,
                      .output_limit = most_text,
                      .memory_limit = least_memory + 4 * pdf.size()});
}

bool is_allowed(char32_t c) {
  return c >= 0x20 ? c != 0x7F && c != not_a_character && c != 0xFFFE && c != 0xFFFF
                   : c == '\t' || c == '\n' || c == '\r';
}

// Poppler writes the bytes of unmapped glyphs as they are.
std::string allowed_only(std::string text) {
  std::size_t i = 0;
  while (i < text.size() && is_allowed(next_character(text, i))) continue;
  if (i == text.size()) return text;
  std::string out;
  out.reserve(text.size());
  for (i = 0; i < text.size();) {
    const std::size_t from = i;
    if (is_allowed(next_character(text, i)))
      out.append(text, from, i - from);
    else
      out += replacement;
  }
  return out;
}

// The first line that says so, as it can be shown: it may quote the file.
std::string message_of(std::string_view said, std::string_view kind) {
  constexpr std::size_t longest_message = 160;
  const std::size_t begin = said.find(kind);
  if (begin == said.npos) return {};
  std::string out;
  for (const char c : said.substr(begin, std::min(said.find('\n', begin) - begin, longest_message)))
    out += c >= ' ' && c <= '~' ? c : '?';
  return out;
}

[[noreturn]] void refuse(const std::string& name, const Program& program, const Outcome& outcome) {
  constexpr int forbidden = 3;
  if (outcome.ending == Ending::not_found)
    throw Error(Exit::pandoc, program.path + ": not found or not executable, and reads " + name + "; " +
                                  std::string(advice) + std::string(program.variable));
  if (outcome.ending == Ending::timed_out || outcome.ending == Ending::too_much_output)
    throw Error(Exit::input, name +
                                 ": is a PDF that takes more time or text than a book; give its pages in parts, as "
                                 "`pdfseparate` makes them");
  if (outcome.messages.find("Incorrect password") != std::string::npos)
    throw Error(Exit::input, name +
                                 ": is a PDF that is locked with a password; unlock it, as `qpdf --decrypt "
                                 "--password=… IN.pdf OUT.pdf` does");
  if (outcome.ending == Ending::exited && outcome.status == forbidden)
    throw Error(Exit::input, name + ": is a PDF that forbids copying its text; ask who made it for one that does not");
  const std::string said = message_of(outcome.messages, "Error");
  throw Error(Exit::input, name + ": is a PDF that cannot be read: " + (said.empty() ? describe(outcome) : said) +
                               "; it may be cut or damaged: fetch it again, or mend it, as `qpdf IN.pdf OUT.pdf` does");
}

}  // namespace

PopplerText poppler_words(const std::string& name, std::string_view pdf) {
  const Program program = program_named("EMEND_PDFTOTEXT", "pdftotext");
  Outcome outcome = ask(program, {"-enc", "UTF-8", "-bbox-layout", "-", "-"}, pdf);
  if (!succeeded(outcome)) refuse(name, program, outcome);
  PopplerText text{allowed_only(std::move(outcome.output)), ""};
  if (const std::string said = message_of(outcome.messages, "Syntax Error"); !said.empty())
    text.trouble = "Poppler met something damaged in the PDF, and text may be missing: " + said;
  return text;
}

std::string poppler_fonts(std::string_view pdf) {
  const Program program = program_named("EMEND_PDFTOHTML", "pdftohtml");
  Outcome outcome =
      ask(program,
          {"-q", "-enc", "UTF-8", "-xml", "-i", "-hidden", "-noroundcoord", "-zoom", "3", "-stdout", "-", "none"}, pdf);
  return succeeded(outcome) ? allowed_only(std::move(outcome.output)) : std::string();
}

}  // namespace emend
