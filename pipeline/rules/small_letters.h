// Letters as expressions see them that do not tell capitals from small ones.
#pragma once
#include <string>
#include <string_view>

namespace emend {

/// By Unicode's simple folding, which is RE2's: K, k and the sign of Kelvin are one.
char32_t small_letter(char32_t c);

/// `text` in small letters, put behind `out`; what is no UTF-8 is left as it is.
void append_small_letters(std::string& out, std::string_view text);

}  // namespace emend
