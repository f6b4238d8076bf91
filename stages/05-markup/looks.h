// How the words of a line are set off: emphasis within emphasis, and around formulas, links and marks of notes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "pipeline/document/proposal.h"

namespace emend {

enum class Look : std::uint8_t { bold, italic, strike, underline, sub };

/// Phrases of a document lie beside each other, so what is set off is named piece by piece: all looks of a piece at
/// once, and without what has a name of its own.
class Looks {
 public:
  void add(std::size_t begin, std::size_t end, Look look) { looks_.push_back({begin, end, look}); }
  /// Something there has a name of its own, or will have one.
  void leave_out(std::size_t begin, std::size_t end) { left_out_.push_back({begin, end, Look::bold}); }
  /// Names the pieces. Linear in their number, but for sorting.
  void name(const Line&, Proposal&) const;
  bool empty() const { return looks_.empty(); }
  /// Whether one look holds all words of [begin, end).
  bool hold_all(const Line&, std::size_t begin, std::size_t end) const;

 private:
  struct Range {
    std::size_t begin, end;
    Look look;
  };
  std::vector<Range> looks_, left_out_;
};

}  // namespace emend
