// The lines of a Markdown book that its title page takes.
#pragma once
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "pipeline/document/document.h"
#include "pipeline/rules/rules.h"
#include "stages/05-markup/line_form.h"

namespace emend {

/// Whether line `i` is a heading by the row of = or - below it.
bool is_underlined(const Document&, const std::vector<LineForm>&, std::size_t i);

/// The first heading is the book's title if no other has its level, or if it alone of the flat ones says neither a
/// number, as two others do, nor a part of a book; short lines behind it are of the title page. Gives the first and the last of the lines.
std::optional<std::pair<std::size_t, std::size_t>> find_title_lines(const Document&, const Rules&,
                                                                    const std::vector<LineForm>&);

}  // namespace emend
