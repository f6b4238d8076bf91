// Which lines of a text say what an entry says, before there is a document.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stages/read/text/columns.h"

namespace emend {

/// Whether three dots or more end the words, however they are spaced.
bool has_leader(std::string_view words);
std::string_view without_leader(std::string_view words);

/// The lines of a text by what they say (see `folded`), a Markdown heading by its words.
class PrintedTitles {
 public:
  explicit PrintedTitles(const std::vector<RawLine>& lines);
  /// The last line that says these words, or 0.
  std::size_t line_of(std::string_view words) const;

 private:
  std::unordered_map<std::u32string, std::size_t> last_;
};

}  // namespace emend
