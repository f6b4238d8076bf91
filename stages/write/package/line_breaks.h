// Lines of a title that is set large, where no layout engine breaks them.
#pragma once
#include <string_view>
#include <vector>

namespace emend {

/// How wide `text` is in a serif type, in thousandths of its size: a Chinese character is a square.
int width_of(std::string_view text);

/// `text` in as few lines as its width lets it, and these as even as they can be. Lines end at blanks, and beside
/// Chinese characters, but for those that may begin or end none. A word that is wider than a line is a line.
std::vector<std::string_view> even_lines(std::string_view text, int width);

}  // namespace emend
