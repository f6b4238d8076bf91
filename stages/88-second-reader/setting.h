// How the lines of a book are set: where they begin, and how far full ones reach.
#pragma once
#include <cstdint>

#include "stages/88-second-reader/sight.h"

namespace emend::reader {

/// How much room a line left for the first word of the one below it: a typesetter breaks a line where there is none.
enum class Room : std::uint8_t { none, some, much };

Room room_above(const Seen& above, const Seen& here);
/// How wide the first word of a line is, in columns: what the line above would need room for.
std::size_t first_word(std::string_view text);
/// The column in which a line ends.
std::size_t right_edge(const Seen&);
/// Finds `base` and `reach` of all lines.
void measure_setting(Sight&);

}  // namespace emend::reader
