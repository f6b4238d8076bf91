// Reads the rules that the user adds, and finds stages by their names.
#include "pipeline/cli/machine.h"

#include "pipeline/cli/files.h"
#include "pipeline/cli/options.h"
#include "pipeline/cli/shown.h"
#include "pipeline/document/error.h"

namespace emend {

namespace {

std::vector<Table> tables(const std::vector<std::string>& files, std::vector<std::string>& texts) {
  std::vector<Table> all;
  texts.reserve(files.size());  // the tables view the texts
  for (const std::string& file : files) all.push_back({texts.emplace_back(read_file(file)), shown(file)});
  return all;
}

}  // namespace

Machine::Machine(const std::vector<std::string>& rule_files) : plan(tables(rule_files, texts)) {}

const Stage& stage_named(const Plan& plan, const std::string& name) {
  if (const Stage* stage = plan.find(name)) return *stage;
  std::vector<std::string_view> names;
  for (const Stage* stage : plan.stages()) names.push_back(stage->name);
  const std::string near = did_you_mean(name, names);
  throw Error(Exit::usage,
              "there is no stage '" + shown(name) + "'" + (near.empty() ? "; `emend stages` lists them" : near));
}

}  // namespace emend
