// How wide lines are set, as far as their characters tell: what fill and indentation are judged by.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace emend {

/// A hundredth of a column; a Han character is two columns wide, a Latin letter about one.
using Width = std::size_t;
constexpr Width column = 100;

/// How wide `s` is in a common book face, where an `i` takes less room than an `m`; counted up to 4 KiB.
Width set_width(std::string_view s);

/// How the full lines of a text are set.
struct LineFill {
  bool wrapped = false;  // lines end at a margin; otherwise a line is a paragraph
  Width full = 0;        // of a full line, where lines are wrapped
};

/// Judges by the lines' own widths (see `set_width`): wrapped lines crowd below one width, paragraphs do not.
LineFill measure_fill(const std::vector<Width>& widths);

/// What the last printed line of `width` takes: extraction that undoes hyphens glues two or three lines to one.
Width last_part(Width width, Width full);

}  // namespace emend
