// Rule tables: what is language and convention, as data. A table is a file of blocks:
//
//   rule   furn.trial-download          a stable name; it appears in ledgers and editions
//   class  watermark                    what the stage uses it for
//   match  仅为.{0,12}(试读|预览)        RE2 syntax, sought anywhere in the line unless anchored
//   gives  level=1 type=chapter         optional: facts for the stage
//   why    Download sites add this at the end of a preview.
//   yes    以上内容仅为本文的预览部分      what it must match (at least one)
//   no     这是预览部分的说明              what it must not match (at least one)
//
// Blocks are separated by blank lines; `#` begins a comment line. A user's table has the same form.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

struct Rule {
  std::string id, kind, match, gives, why;
  std::vector<std::string> yes, no;
  std::string where;  // "file:line" of its block

  /// The value of `key` in `gives`, or nothing.
  std::string_view fact(std::string_view key) const;
};

/// The text of a table, and what to call it in messages.
struct Table {
  std::string_view text;
  std::string where;
};

/// When expressions are compiled. Classes that no text asks for cost nothing if it is done at their first use; then a
/// bad expression is not found before, so it is for tables that are known to be good.
enum class Compile : std::uint8_t { at_once, at_first_use };

/// What a rule found in a line.
struct Match {
  const Rule* rule = nullptr;
  std::vector<std::string_view> groups;  // of the match: the whole, then each parenthesis, or the whole again if none

  explicit operator bool() const { return rule != nullptr; }
};

/// A table, compiled: one pass over a line asks all the rules of a class. Immutable and safe to share between threads.
class Rules {
 public:
  Rules();
  /// Several tables as one, the first to be asked first. Error(Exit::rules) "where:line: what; what to do": a block
  /// without match, why or examples, a doubled name, a bad expression.
  explicit Rules(const std::vector<Table>& tables, Compile = Compile::at_once);
  ~Rules();
  Rules(Rules&&) noexcept;
  Rules& operator=(Rules&&) noexcept;

  /// The first rule of the class, in the order of the table, that matches.
  Match find(std::string_view kind, std::string_view text) const;
  /// The same without the groups, which is faster.
  const Rule* test(std::string_view kind, std::string_view text) const;
  /// Every match of every rule of the class, in the order of their first bytes, then of the table. Matches of one rule
  /// may share what stands between their parentheses: the next is sought from the end of the last group that took part.
  std::vector<Match> find_all(std::string_view kind, std::string_view text) const;
  const std::vector<Rule>& all() const { return rules_; }
  /// Compiles all classes now; rules alone are still compiled when they are found.
  void compile() const;
  /// Every example that does not do what it says: "where:line: rule 'id' should match '…'".
  std::vector<std::string> failing_examples() const;

 private:
  struct Compiled;
  void read(const Table&);
  void check();
  void compile_all() const;
  std::vector<Rule> rules_;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace emend
