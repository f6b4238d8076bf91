// How alike two strings are to a reader who forgives what OCR does to spaces, widths and quotation marks.
#pragma once
#include <string>
#include <string_view>

namespace emend {

/// The characters of `s` without blanks, full-width forms as ASCII, one form for each kind of quotation mark, dash and
/// middle dot, Latin, Greek and Cyrillic letters in lower case (accented ones beyond Latin-1 as they are).
std::u32string folded(std::string_view s);
/// Edit distance (Levenshtein 1966) if it is at most `most`, else most + 1. Costs max(|a|, |b|) · most.
std::size_t edit_distance(std::u32string_view a, std::u32string_view b, std::size_t most);
/// 1 - distance / longer length; 0 as soon as it is known to be below `least`.
double similarity(std::u32string_view a, std::u32string_view b, double least = 0.0);

}  // namespace emend
