// The stages with the rules that the user adds.
#pragma once
#include <string>
#include <vector>

#include "pipeline/run/plan.h"

namespace emend {

/// The bytes of the files that --rules names, and a plan with them. The plan views the bytes.
struct Machine {
  explicit Machine(const std::vector<std::string>& rule_files);
  std::vector<std::string> texts;
  Plan plan;
};

/// The stage, or Error(Exit::usage) with the nearest name.
const Stage& stage_named(const Plan&, const std::string& name);

}  // namespace emend
