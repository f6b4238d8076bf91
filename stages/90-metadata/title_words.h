// What the words of a line say of whether it may be a title.
#pragma once
#include <string_view>

namespace emend {

bool has_lower(std::string_view);
/// Whether most of its letters are ideographs or kana.
bool mostly_han(std::string_view);
/// 《书名》 is the title between its marks; a title that holds another is left as it is.
std::string_view without_title_marks(std::string_view);
/// A whole sentence with its comma: text, however it is set.
bool is_han_sentence(std::string_view);
/// Whether letters and figures are most of it.
bool is_words(std::string_view);

}  // namespace emend
