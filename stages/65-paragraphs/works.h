// Lists of works whose entries have neither labels, indentation nor blank lines between them.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "pipeline/document/document.h"
#include "pipeline/rules/rules.h"
#include "stages/65-paragraphs/page_lines.h"

namespace emend {

/// Corrects by line whether it begins a paragraph, for lines below headings of works: an entry begins with its label
/// where the list has such, and where most entries begin with names and a year, wherever names and a year stand.
void part_works(const Document&, const Rules&, std::span<const BodyLine>, std::vector<std::uint8_t>& begins);

}  // namespace emend
