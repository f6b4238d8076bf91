// How Pandoc is spoken to, whatever it is asked for.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace emend {

inline constexpr std::string_view pandoc_advice =
    "install Pandoc 2.17 or newer (apt-get install pandoc), or name one in EMEND_PANDOC";

/// What Pandoc's output could depend on besides its input: the clock, the place and the tongue.
std::vector<std::pair<std::string, std::string>> pandoc_settings();

/// The numbers of "2.17.1.1" or "1,22,2,1", up to what is neither digit nor `separator`.
std::vector<int> version_numbers(std::string_view text, char separator);

/// The first line of `text` that is not blank at its beginning.
std::string_view first_line(std::string_view text);

}  // namespace emend
