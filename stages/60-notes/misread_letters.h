// Letters that character recognition makes of raised marks: `时代钻，` for `时代[2]，`, `架构了（` for `架构①（`.
#pragma once
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "pipeline/document/document.h"
#include "stages/60-notes/marks.h"

namespace emend {

/// Which ideographs a book sets side by side, and how often.
class CharacterPairs {
 public:
  explicit CharacterPairs(const Document&);
  /// Whether the book has the pair elsewhere than at one place that is asked about.
  bool elsewhere(char32_t first, char32_t second) const;
  /// Whether that tells anything: in a short text common pairs, too, stand in one place.
  bool are_many() const;

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> counts_;
  std::size_t all_ = 0;
};

/// Letters in the line that may be all that is left of a mark. Where the engine tells how sure it is of its words
/// (`told`), only unsure ones can be; elsewhere those that raised figures are usually read as. The text keeps its
/// letters, whatever is found. Appends to `out`, left to right.
void find_misread_letters(const Document&, std::size_t line, const CharacterPairs&, bool told,
                          const std::vector<UnsureWord>&, std::vector<MarkPlace>& out);

}  // namespace emend
