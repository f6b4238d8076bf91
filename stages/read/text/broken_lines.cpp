// A line end more for each place: what a line is can be decided of whole lines only, so that a line that is two things
// is made two before there is a document.
#include "stages/read/text/broken_lines.h"

#include <charconv>

namespace emend {

std::string unroll(std::string_view text, const std::vector<BrokenLine>& breaks) {
  std::string out;
  std::size_t from = 0;
  for (const BrokenLine& b : breaks) {
    if (b.at < from || b.at > text.size()) break;
    out.append(text, from, b.at - from);
    out += '\n';
    from = b.at;
  }
  return out.append(text, from);
}

std::string roll_up(std::string_view unrolled, const std::vector<BrokenLine>& breaks) {
  std::string out;
  std::size_t from = 0, before = 0;  // in the unrolled text, and line ends put in so far
  for (const BrokenLine& b : breaks) {
    const std::size_t at = b.at + before;
    if (at < from || at >= unrolled.size() || unrolled[at] != '\n') break;
    out.append(unrolled, from, at - from);
    from = at + 1;
    ++before;
  }
  return out.append(unrolled, from);
}

std::string write_line_break(const BrokenLine& b) { return std::to_string(b.at); }

std::optional<BrokenLine> read_line_break(std::string_view s) {
  BrokenLine b;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), b.at);
  if (error != std::errc{} || end != s.data() + s.size()) return {};
  return b;
}

}  // namespace emend
