// The second reader: reads each line anew, with all that is known of the book, and says how certain the decisions of
// the stages before it are. It changes nothing of what they decided. What it is asked are witnesses (`see_…`), what
// they are worth is fitted (`roles.weights`), and what it says are certainties and doubts.
#include "pipeline/document/proposal.h"
#include "stages/88-second-reader/certainty.h"
#include "stages/88-second-reader/witnesses.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_second_reader;
}

namespace {

void run(const Document& d, const Rules& rules, Proposal& out) {
  if (d.lines.empty()) return;
  const reader::Sight sight = reader::look_at(d, rules);
  const reader::Model& model = reader::fitted_model();
  reader::tell_certainty(sight, model.probabilities(sight), model, out);
}

}  // namespace

std::string witnesses_of(const Document& d, const Rules& rules) {
  constexpr std::string_view steps[] = {"next", "gap", "page"};
  const reader::Sight sight = reader::look_at(d, rules);
  std::string out;
  for (std::size_t i = 0; i < sight.lines.size(); ++i) {
    const reader::Seen& l = sight.lines[i];
    const Span at = d.lines[l.line].at;
    out += std::to_string(at.begin) + '+' + std::to_string(at.size()) + '\t';
    out += std::string(steps[static_cast<std::size_t>(sight.step(i))]) + '\t';
    out += l.made ? reader::role_names[reader::index(l.made->role)].name : std::string_view("-");
    out += l.made && l.made->first ? "\tfirst\t" : "\t-\t";
    out += l.made ? std::to_string(d.ledger[l.made->change].sure) : "-";
    char between = '\t';
    for (const reader::Witness* w : l.witnesses) out += between, out += w->name, between = ' ';
    out += '\n';
  }
  return out;
}

extern const Stage stage_second_reader{.name = "second-reader",
                                       .summary = "Read every line anew and say how certain the decisions are",
                                       .needs = "paragraphs",
                                       .provides = "certainty",
                                       .rules = &embedded::rules_second_reader,
                                       .run = run};

}  // namespace emend
