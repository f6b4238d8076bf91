// The words that emend itself adds to a book, in the book's language: styles/words.txt.
#pragma once
#include <string_view>

namespace emend {

/// The word `key` for the BCP 47 tag `language`: in that language, else in its first part's, else in English; empty if
/// there is no such word. Lives as long as the program.
std::string_view book_word(std::string_view key, std::string_view language);

/// Whether `language` is written from right to left, by its script or by what is usual for it.
bool is_right_to_left(std::string_view language);

}  // namespace emend
