// Lines that are two: a person broke them, where a tool had run two of the book's together, or an abstract begins behind
// its heading. They are read as two, and given back to the byte.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// A byte of the text before which a line begins that the text itself does not begin there.
struct BrokenLine {
  std::uint32_t at = 0;
  bool operator==(const BrokenLine&) const = default;
};

/// The text with a line end at each place; where a place does not fit the text, it is copied.
std::string unroll(std::string_view text, const std::vector<BrokenLine>&);

/// What `unroll` was given.
std::string roll_up(std::string_view unrolled, const std::vector<BrokenLine>&);

/// A place as a ledger records it. Nothing for what is none.
std::string write_line_break(const BrokenLine&);
std::optional<BrokenLine> read_line_break(std::string_view);

}  // namespace emend
