// What returns over the pages of a book, and how often.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "pipeline/document/document.h"

namespace emend {

struct RunningHead {
  std::size_t times = 0;
  std::string_view text;  // as the first page has it
  Span at;
};

/// The running heads by their folded words. Book and chapter may stand in one line, far apart: they are two.
using RunningHeads = std::map<std::u32string, RunningHead>;
RunningHeads running_heads(const Document&);

}  // namespace emend
