// The program: finds the verb, runs it, and turns whatever goes wrong into one line and an exit status.
#include <signal.h>

#include <algorithm>
#include <new>

#include "pipeline/cli/files.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/verbs.h"

namespace emend {

namespace {

constexpr const Verb* verbs[] = {&verb_convert, &verb_batch, &verb_export, &verb_validate, &verb_verify, &verb_undo,
                                 &verb_explain, &verb_diff,  &verb_review, &verb_cite,     &verb_stages, &verb_stage};

std::string program_help() {
  std::string out =
      "usage: emend VERB [OPTION…] [FILE…]\n"
      "Turns text that OCR and PDF extraction left behind into edited books.\n\n";
  for (const Verb* v : verbs)
    out += "  " + std::string(v->name) + std::string(10 - v->name.size(), ' ') + std::string(v->summary) + "\n";
  return out +
         "\n`emend VERB --help` tells more; `emend --version` tells the version.\n"
         "For example: emend convert book.txt -o book.tei.xml -o book.epub -o book.docx\n\n"
         "Exit status: 0 done, 1 doubts remain (--strict) or editions differ, 2 usage,\n"
         "3 input, 4 rules, 5 invalid or not verified, 6 Pandoc, 7 output, 8 a limit of a\n"
         "batch, 70 a defect.\n";
}

Exit run(const std::vector<std::string>& words) {
  if (words.empty()) throw Error(Exit::usage, "say what to do: emend VERB …; `emend --help` lists the verbs");
  const std::string& name = words[0];
  if (name == "--help" || name == "-h" || name == "help") return print(program_help()), Exit::done;
  if (name == "--version") return print("emend " EMEND_VERSION "\n"), Exit::done;
  const auto verb = std::find_if(std::begin(verbs), std::end(verbs), [&](const Verb* v) { return v->name == name; });
  if (verb == std::end(verbs)) {
    std::vector<std::string_view> names;
    for (const Verb* v : verbs) names.push_back(v->name);
    const std::string near = did_you_mean(name, names);
    throw Error(Exit::usage,
                "there is no verb '" + shown(name) + "'" + (near.empty() ? "; `emend --help` lists them" : near));
  }
  const Arguments arguments = parse_arguments(**verb, {words.begin() + 1, words.end()});
  if (arguments.has("help")) return print(help(**verb)), Exit::done;
  return (*verb)->run(arguments);
}

}  // namespace

void complain(std::string_view message) { say("emend: " + shown(message) + "\n"); }

}  // namespace emend

int main(int argc, char** argv) {
  using emend::Exit;
  signal(SIGPIPE, SIG_IGN);  // a child that stops reading is no reason to end; `print` sees to standard output
  Exit status = Exit::bug;
  try {
    status = emend::run({argv + std::min(argc, 1), argv + argc});
  } catch (const emend::Error& e) {
    emend::complain(e.what());
    status = e.code;
  } catch (const std::bad_alloc&) {
    emend::complain("there is not enough memory; split the input, or use a larger machine");
  } catch (const std::exception& e) {
    emend::complain(std::string("a defect of emend, please report it: ") + e.what());
  }
  return static_cast<int>(status);
}
