// What is told in a chapter, below its number: things set apart by dashes, as travel books and memoirs print them.
#pragma once
#include <cstddef>
#include <string_view>

namespace emend {

/// Whether two dashes or more, each between words, part what stands there: no title has as many.
inline bool is_synopsis(std::string_view s) {
  constexpr std::size_t fewest = 2;
  std::size_t dashes = 0;
  for (const std::string_view dash : {std::string_view("--"), std::string_view("—"), std::string_view("―")})
    for (std::size_t at = s.find(dash); at != s.npos; at = s.find(dash, at + dash.size()))
      dashes += at > 0 && at + dash.size() < s.size();
  return dashes >= fewest;
}

}  // namespace emend
