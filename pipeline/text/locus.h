// A printed page number as the entries of contents lists have it: alone, in brackets, with the word for a page.
#pragma once
#include <string_view>

#include "pipeline/text/numerals.h"

namespace emend {

/// What may stand on either side of such a number and belongs to it.
constexpr std::u32string_view around_a_page = U"()（）[]［］【】〔〕〈〉-–—·•・.";

/// The page that a line, or the end of one, is: 12, xii, （12）, - 12 -, ·12·, 第12页, p. 12, 一二, and the first of
/// 12–17; none if it is anything else.
Number read_locus(std::string_view s);

/// Whether nothing but a page stands in the line.
bool is_lone_locus(std::string_view line);

}  // namespace emend
