// Text as a terminal can show it: whatever bytes a file name, a book or a message holds, on one line.
#pragma once
#include <string>
#include <string_view>

namespace emend {

/// `bytes` with control characters, invisible ones and what is no UTF-8 as \n, \t, \r or \xNN. Everything else stays.
std::string shown(std::string_view bytes);

/// The same, but blanks at the ends dropped and no more than `most` characters; what is cut off reads `…`.
std::string shown_short(std::string_view bytes, std::size_t most);

/// The bytes as `shown`, between quotation marks.
std::string quotation(std::string_view bytes);

/// "1 page", "3 pages".
std::string counted(std::size_t count, std::string_view one, std::string_view many);

/// "1 page", "3 pages": for words that take an s.
std::string counted(std::size_t count, std::string_view one);

}  // namespace emend
