// Which language a passage is in, by the frequencies of its letters: for the many languages that no table of words is
// for.
#pragma once
#include <string_view>

namespace emend {

/// The BCP 47 tag of the language of `text` (UTF-8; at most the first 2,000 bytes are looked at), by CLD2 (Sites,
/// Compact Language Detector 2, 2013), or nothing where it is not certain: a mixture, names only, too short, a language
/// it does not know. The view lives as long as the program.
std::string_view guess_language(std::string_view text);

}  // namespace emend
