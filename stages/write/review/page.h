// The review page: one file of HTML that works from the disk, with the book's source, edition and decisions in it.
#pragma once
#include "stages/write/review/data.h"

namespace emend {

/// The whole page. It loads nothing and may reach nothing but, where it is served, the server it came from.
std::string write_review_page(const Document&, const BookOptions&, const ReviewSetting&);

}  // namespace emend
