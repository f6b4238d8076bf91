// The expressions of a table, compiled as late and as seldom as can be: most rules are never near to matching.
#pragma once
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "pipeline/rules/rules.h"

namespace emend {

/// A rule of which a text holds none of the words that it needs is not asked. Where few are left, each is asked alone;
/// where many are, and the class is asked often, all of it at once. Threads may ask at the same time.
struct Rules::Compiled {
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  /// The rules must stay where they are.
  explicit Compiled(const std::vector<Rule>& rules);
  ~Compiled();
  Compiled(const Compiled&) = delete;
  Compiled& operator=(const Compiled&) = delete;

  /// Error(Exit::rules) if the expression of rule i is bad.
  void expression(std::size_t i);
  /// Compiles what asks a class at once, of each class; Error(Exit::rules) if one is too large for that.
  void compile_classes();

  /// The first rule of the class that matches, or none.
  std::size_t first(std::string_view kind, std::string_view text);
  /// The rules of the class that may match, in the order of the table.
  std::vector<std::size_t> possible(std::string_view kind, std::string_view text);

  bool matches(std::size_t i, std::string_view text);
  /// What rule i matches from byte `from`: the whole, then each parenthesis.
  bool match(std::size_t i, std::string_view text, std::size_t from, std::vector<std::string_view>& groups);

 private:
  struct Class;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace emend
