// Finds the lines among gathered notes that say which chapter's notes stand below them.
#pragma once
#include <vector>

#include "pipeline/document/document.h"

namespace emend {

/// Those of `lines`, which are of gathered notes, that repeat a heading of the text before them: the whole of it, its
/// words without the number, or, right above a note 1, its number without the words.
std::vector<std::size_t> find_chapter_titles(const Document& d, const std::vector<std::size_t>& lines);

}  // namespace emend
