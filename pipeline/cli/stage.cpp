// emend stage: one stage as a filter between two pipes.
#include <algorithm>

#include "pipeline/cli/book.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/verbs.h"

namespace emend {

namespace {

constexpr Option options[] = {
    {"rules", "FILE", "a rule table of your own, asked before the built-in ones", true},
    {"meta,m", "FILE", "the book's facts (default: as for convert)"},
    {"decisions", "FILE", "what was decided (default: as for convert)"},
    {"encoding", "NAME", "the text's encoding, as for convert"},
    {"columns", "NUMBER", "1 or 2, as for convert"},
};

Exit run(const Arguments& a) {
  const Machine machine(a.all("rules"));
  const Stage& stage = stage_named(machine.plan, a.operands[0]);
  const std::string input = a.operands.size() > 1 ? a.operands[1] : "-";
  Book book = open_book(input, sidecars_for(input, a), facts_said(a));
  const std::vector<Change>& done = book.document.ledger;
  if (std::any_of(done.begin(), done.end(), [&](const Change& c) { return c.stage == stage.name; }))
    throw Error(Exit::input, (input == "-" ? "standard input" : shown(input)) + ": stage '" + std::string(stage.name) +
                                 "' has already run on this document; leave it out of the chain");
  machine.plan.run(stage, book.document);
  print(write_wire(book.document, book.options));
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
