// What an edition shows where the text was changed: the new reading, the old one, or both with the rule between them.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/document/ledger.h"
#include "pipeline/document/runs.h"
#include "stages/write/tei/pen.h"
#include "stages/write/tei/shows.h"

namespace emend {

/// What the source reads at a piece, if XML can hold it, and it is no mark of an encoding; else what replaced it.
std::string_view diplomatic(const Document&, const Piece&);

/// Whether XML 1.0 can hold these bytes as text.
bool is_writable(std::string_view);

/// The xml:id of the category of a rule in the header.
std::string rule_id(std::string_view rule);

/// Writes pieces of lines and the joints between lines, in the way that a policy wants them.
class ChangeWriter {
 public:
  ChangeWriter(const Document&, Shows);

  /// The text of a run; `first` drops the white space that it begins with.
  void run(const Run&, Pen&, bool first) const;
  /// Whether the run stands there with both readings, and so as elements.
  bool writes_both(const Run&) const;
  /// The text of a run as an attribute can have it: of two readings, the new one.
  std::string shown(const Run&) const;
  /// What stands between a line and the line of the same block before it.
  void joint(const Line&, Pen&) const;

 private:
  void choice(const Piece&, Pen&) const;

  const Document& d_;
  Shows shows_;
  std::vector<const Change*> edits_;  // by their first byte; so are the joins
  std::unordered_map<std::uint32_t, const Change*> joins_;
};

}  // namespace emend
