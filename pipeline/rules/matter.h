// The names of front and back matter: preface, bibliography, index … (rules of class `matter`).
#pragma once
#include <string_view>

#include "pipeline/rules/rules.h"

namespace emend {

/// The rule of the name that the line is, or null. A capital and a stop may frame it, as in older books: `PREFACE.`
const Rule* read_matter(const Rules& rules, std::string_view line);

}  // namespace emend
