// emend stage: one stage as a filter between two pipes.
#include <algorithm>
#include <sstream>

#include "pipeline/cli/book.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/machine.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/verbs.h"
#include "stages/88-second-reader/witnesses.h"

namespace emend {

namespace {

// Whether two lists of words have one in common.
bool share_word(std::string_view a, std::string_view b) {
  std::istringstream words{std::string(a)};
  for (std::string word; words >> word;)
    if ((" " + std::string(b) + " ").find(" " + word + " ") != std::string::npos) return true;
  return false;
}

bool has_run(const Book& book, const Stage& stage) {
  return std::find(book.ran.begin(), book.ran.end(), stage.name) != book.ran.end();
}

// The stages that decide what `stage` works on, and have not run.
std::string missing(const Plan& plan, const Stage& stage, const Book& book) {
  std::string out;
  for (const Stage* before : plan.stages()) {
    if (before == &stage) break;
    if (share_word(stage.needs, before->provides) && !has_run(book, *before))
      out += (out.empty() ? "" : ", ") + std::string(before->name);
  }
  return out;
}

constexpr Option options[] = {
    {"rules", "FILE", "a rule table of your own, asked before the built-in ones", true},
    {"meta,m", "FILE", "the book's facts (default: as for convert)"},
    {"decisions", "FILE", "what was decided (default: as for convert)"},
    {"encoding", "NAME", "the text's encoding, as for convert"},
    {"from", "FORM", "text or markdown: how the input is written (default: found)"},
    {"columns", "NUMBER", "1 or 2, as for convert"},
    {"witnesses", nullptr, "print what the second reader sees of each line, with all stages before it run"},
};

Exit run(const Arguments& a) {
  const Machine machine(a.all("rules"));
  const Stage& stage = stage_named(machine.plan, a.operands[0]);
  const std::string input = a.operands.size() > 1 ? a.operands[1] : "-";
  Book book = open_book(input, sidecars_for(input, a), facts_said(a));
  if (a.has("witnesses")) {
    for (const Stage* before : machine.plan.stages()) {
      if (before == &stage) break;
      if (!has_run(book, *before)) machine.plan.run(*before, book.document);
    }
    print(witnesses_of(book.document, machine.plan.rules_of(stage)));
    return Exit::done;
  }
  if (has_run(book, stage))
    throw Error(Exit::input, (input == "-" ? "standard input" : shown(input)) + ": stage '" + std::string(stage.name) +
                                 "' has already run on this document; leave it out of the chain");
  if (const std::string lacking = missing(machine.plan, stage, book); !lacking.empty())
    complain("stage '" + std::string(stage.name) + "' works on what other stages decide, and these have not run: " +
             lacking + "; `emend stages` has the order");
  machine.plan.run(stage, book.document);
  book.ran.emplace_back(stage.name);
  print(write_for_pipe(book));
  return Exit::done;
}

}  // namespace

const Verb verb_stage{"stage",
                      "Runs one stage as a filter",
                      "stage NAME [IN]",
                      "IN is a text, or a document as this verb writes it; `-` or nothing is\n"
                      "standard input. All stages in their order do what convert does alone:\n"
                      "  emend stage decode book.txt | emend stage … | emend convert - -o book.xml",
                      options,
                      1,
                      2,
                      run};

}  // namespace emend
