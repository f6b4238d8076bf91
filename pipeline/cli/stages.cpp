// emend stages: what the pipeline is made of, and what its rules are for.
#include <algorithm>

#include "pipeline/cli/book.h"
#include "pipeline/cli/machine.h"

#include <algorithm>
#include "pipeline/cli/files.h"
#include "pipeline/cli/verbs.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr Option options[] = {
    {"rules", "NAME", "list the rules of the stage NAME, each with its reason"},
};

// A line of columns; the last one is not padded.
std::string row(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    out += cells[i];
    if (i + 1 < cells.size()) out += std::string(widths[i] - columns(cells[i]) + 2, ' ');
  }
  return out + '\n';
}

std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const auto& cells : rows)
    for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], columns(cells[i]));
  std::string out;
  for (const auto& cells : rows) out += row(cells, widths);
  return out;
}

std::string all_stages(const Plan& plan) {
  std::vector<std::vector<std::string>> rows{{"STAGE", "NEEDS", "PROVIDES", "WHAT IT DOES"}};
  for (const Stage* s : plan.stages())
    rows.push_back({std::string(s->name), std::string(s->needs), std::string(s->provides), std::string(s->summary)});
  return table(rows);
}

std::string rules_of(const Plan& plan, const Stage& stage) {
  std::vector<std::vector<std::string>> rows{{"RULE", "CLASS", "WHY"}};
  for (const Rule& r : plan.rules_of(stage).all()) rows.push_back({r.id, r.kind, r.why});
  return rows.size() == 1 ? "stage '" + std::string(stage.name) + "' has no rule table\n" : table(rows);
}

Exit run(const Arguments& a) {
  const Machine machine({});
  print(a.has("rules") ? rules_of(machine.plan, stage_named(machine.plan, a.get("rules"))) : all_stages(machine.plan));
  return Exit::done;
}

}  // namespace

const Verb verb_stages{
    "stages", "Lists the stages of the pipeline, in their order", "stages [--rules NAME]", "", options, 0, 0, run};

}  // namespace emend
