// Code and formulas between fences of their own lines.
#pragma once
#include <string_view>

#include "pipeline/document/proposal.h"

namespace emend {

/// Lines of one table, formula or code; what closes later is not closed.
constexpr std::size_t most_fenced = 2000;

/// Reads what stands between fences, hides these and leaves the rest as it is. Where nothing closes a fence, no later
/// one of its kind is looked for, so that many take no longer than one.
class Fences {
 public:
  Fences(const Document& d, Proposal& out) : d_(d), out_(out) {}
  /// Code from the fence in line `i`, or a formula from $$ or \[ there; gives the line behind it.
  std::size_t code(std::size_t i);
  std::size_t formula(std::size_t i);

 private:
  struct Fenced {
    std::string_view name, attributes, rule;  // of each line's phrase
  };
  std::size_t read_between(std::size_t i, std::size_t end, const Fenced& as);
  std::size_t closing(std::size_t i, std::string_view fence) const;

  const Document& d_;
  Proposal& out_;
  std::size_t unclosed_code_ = static_cast<std::size_t>(-1), unclosed_formula_ = static_cast<std::size_t>(-1);
};

}  // namespace emend
