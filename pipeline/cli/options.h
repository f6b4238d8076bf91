// What a verb is on the command line: its options, declared as data, and the help that is made from them.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document/error.h"

namespace emend {

struct Option {
  const char* name;   // "output,o": the long name, and the letter if it has one
  const char* value;  // what its value is called in the help; null for a switch
  const char* help;
  bool repeats = false;
};

/// What the user wrote after the verb.
class Arguments {
 public:
  bool has(std::string_view option) const { return values_.contains(option); }
  /// The value of an option, or `otherwise`.
  std::string get(std::string_view option, std::string otherwise = {}) const;
  /// All values of an option that repeats, in order.
  const std::vector<std::string>& all(std::string_view option) const;

  std::vector<std::string> operands;

 private:
  friend Arguments parse_arguments(const struct Verb&, const std::vector<std::string>&);
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

/// One verb of the program. `pipeline/cli/NAME.cpp` defines `verb_NAME`.
struct Verb {
  std::string_view name, summary, usage;
  std::string_view more;  // what the help says below the options
  std::span<const Option> options;
  std::size_t least_operands, most_operands;
  Exit (*run)(const Arguments&);
};

constexpr std::size_t any_number = static_cast<std::size_t>(-1);

/// Error(Exit::usage), with the nearest name if there is a near one, for what the verb does not take.
Arguments parse_arguments(const Verb&, const std::vector<std::string>&);

std::string help(const Verb&);

/// "; did you mean 'convert'?" for the candidate that is nearest to `word`, or nothing if none is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates,
                         std::string_view prefix = {});

}  // namespace emend
