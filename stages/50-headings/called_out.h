// Names of notes and of lists of works that call out what stands below them: with a colon, or in brackets.
#pragma once
#include "stages/50-headings/found.h"

namespace emend {

/// The rule of what the line names, if it does so (注释：, 【注释】, a lone 注, 参考文献：) and what it names stands below
/// it, up to the next heading or the end of the book; or null. Below a table such a line is of the table.
const Rule* called_out(const Found&, std::size_t line);

}  // namespace emend
