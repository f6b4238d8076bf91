// Labels at the beginning of lines at the foot, and what is left of misread ones.
#pragma once
#include <string_view>
#include <vector>

#include "stages/60-notes/foot.h"

namespace emend {

/// Whether `text` may begin a note of that style with `mark`, which it begins with.
bool fits(const Mark& mark, std::string_view text, const NoteStyle&);

/// Where the note's text begins behind a label of so many bytes: behind the stop and blanks after it. Of a note of
/// nothing but dots they are the text.
std::size_t end_of_label(std::string_view text, std::size_t label);

/// A bullet in a line of its own waits for its text, as a label does; what comes first is the bullet's.
bool is_lone_bullet(std::string_view text);

/// A figure in a line of its own above a formula is of it: a limit, or one half of a fraction.
bool numbers_formula(const std::vector<FootLine>& lines, std::size_t k);

/// The figure and its bracket grown together, D Text for 1) Text: how many bytes they are, or 0, and how much they look
/// so.
std::size_t read_grown_label(std::string_view text, double& weight);

/// The number that what is left of a label shows, or -1.
int digits_in(std::string_view label);

/// 17. April, 3. Third: neither a misread 1) nor a label where those have no stop.
bool is_ordinal(const Mark& mark, std::string_view text);

}  // namespace emend
