// Contents lists that set the page before the title: 17 The Weavers.
#pragma once
#include <cstddef>
#include <vector>

#include "pipeline/document/document.h"
#include "pipeline/rules/rules.h"
#include "stages/40-contents/list.h"
#include "stages/40-contents/title_index.h"

namespace emend {

/// The entries of the list whose title stands above line `first`; none where its numbers may be those of chapters.
std::vector<ContentsEntry> read_pages_first(const Document& d, const Rules& rules, const TitleIndex& titles,
                                            std::size_t first);

/// Whether the page of the line stands before its words.
bool is_page_first(const EntryLine& line);

}  // namespace emend
