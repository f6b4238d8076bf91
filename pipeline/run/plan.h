// The stages in their order, each with its rules, and the one loop that runs them.
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"

namespace emend {

/// What a stage did: told to the observer of a run after the stage's changes were committed.
struct StageReport {
  const Stage& stage;
  std::size_t changes;
};

/// Compiled once a process; immutable, and safe to share between threads.
class Plan {
 public:
  /// `user` tables are asked before the built-in ones. Error(Exit::rules) for a bad table, Error(Exit::bug) if a stage
  /// needs what no earlier stage provides.
  explicit Plan(const std::vector<Table>& user = {});

  std::span<const Stage* const> stages() const { return stages_; }
  /// Null if there is none of that name.
  const Stage* find(std::string_view name) const;
  const Rules& rules_of(const Stage&) const;

  /// Compiles the rules of all stages now, which is else done when one is first asked.
  void compile() const;

  /// Runs one stage, commits what it proposes as the document's rulings leave it and, in a debug build or with
  /// `checked`, verifies the document.
  void run(const Stage&, Document&, bool checked = false) const;
  /// Runs all of them.
  void run(Document&, const std::function<void(const StageReport&)>& observe = {}, bool checked = false) const;

 private:
  std::vector<const Stage*> stages_;
  std::vector<std::shared_ptr<const Rules>> rules_;  // one a stage; stages with the same table share it
};

}  // namespace emend
