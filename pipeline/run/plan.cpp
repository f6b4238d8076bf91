// Ordering, running and timing the stages.
#include "pipeline/run/plan.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "pipeline/document/commit.h"
#include "pipeline/document/error.h"
#include "pipeline/run/calibration.h"
#include "pipeline/run/heed.h"

namespace emend {

#include "stages.inc"

namespace {

std::vector<std::string> words(std::string_view s) {
  std::istringstream in{std::string(s)};
  return {std::istream_iterator<std::string>(in), {}};
}

void check_order(const std::vector<const Stage*>& stages) {
  std::set<std::string> have{"lines"};
  for (const Stage* stage : stages) {
    for (const std::string& need : words(stage->needs))
      if (!have.contains(need))
        throw Error(Exit::bug, "stage '" + std::string(stage->name) + "' needs '" + need +
                                   "', which no earlier stage provides; renumber its file");
    for (std::string& fact : words(stage->provides)) have.insert(std::move(fact));
  }
}

// A user's table must do what its examples say, and use classes that some stage asks for.
void check_user_tables(const std::vector<Table>& user, const std::vector<const Stage*>& stages) {
  if (user.empty()) return;
  std::set<std::string> known;
  for (const Stage* stage : stages)
    if (stage->rules != nullptr) {
      const Rules built_in({{*stage->rules, std::string(stage->name)}}, Compile::at_first_use);
      for (const Rule& rule : built_in.all()) known.insert(rule.kind);
    }
  const Rules rules(user);
  for (const Rule& rule : rules.all())
    if (!known.contains(rule.kind)) {
      std::string all;
      for (const std::string& kind : known) all += (all.empty() ? "" : ", ") + kind;
      throw Error(Exit::rules, rule.where + ": rule '" + rule.id + "' has the class '" + rule.kind +
                                   "', which no stage asks for; the classes are " + all);
    }
  for (const std::string& failing : rules.failing_examples()) throw Error(Exit::rules, failing);
}

}  // namespace

Plan::Plan(const std::vector<Table>& user) : stages_(std::begin(all_stages), std::end(all_stages)) {
  check_order(stages_);
  check_user_tables(user, stages_);
  std::map<const std::string_view*, std::shared_ptr<const Rules>> made;
  for (const Stage* stage : stages_) {
    std::shared_ptr<const Rules>& rules = made[stage->rules];
    if (rules == nullptr) {
      std::vector<Table> tables;
      if (stage->rules != nullptr) {
        tables = user;
        tables.push_back({*stage->rules, "stages/" + std::string(stage->name) + ".rules"});
      }
      // The built-in tables are known to be good: tests ask all their examples.
      rules = std::make_shared<Rules>(tables, user.empty() ? Compile::at_first_use : Compile::at_once);
    }
    rules_.push_back(rules);
  }
}

const Stage* Plan::find(std::string_view name) const {
  const auto found = std::find_if(stages_.begin(), stages_.end(), [&](const Stage* s) { return s->name == name; });
  return found == stages_.end() ? nullptr : *found;
}

const Rules& Plan::rules_of(const Stage& stage) const {
  return *rules_[static_cast<std::size_t>(std::find(stages_.begin(), stages_.end(), &stage) - stages_.begin())];
}

void Plan::compile() const {
  for (const auto& rules : rules_) rules->compile();
}

void Plan::run(const Stage& stage, Document& d, bool checked) const {
  Proposal proposal(d, stage.name);
  stage.run(d, rules_of(stage), proposal);
  std::vector<Change> proposed = proposal.changes();
  calibrate(proposed);
  commit(d, heed(d, stage, proposed));
  reweigh(d, proposal.weights());
  if (&stage == stages_.back()) commit(d, unheeded(d, stage));
#ifndef NDEBUG
  checked = true;
#endif
  if (checked) verify(d);
}

void Plan::run(Document& d, const std::function<void(const StageReport&)>& observe, bool checked) const {
  for (const Stage* stage : stages_) {
    const std::size_t before = d.ledger.size();
    run(*stage, d, checked);
    if (observe) observe({*stage, d.ledger.size() - before});
  }
  d.ledger.shrink_to_fit();  // no more is decided, and writing needs the room
  d.blocks.shrink_to_fit();
  d.phrases.shrink_to_fit();
}

}  // namespace emend
