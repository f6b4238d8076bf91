// Parts of books that are the same for each but for a few words.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace emend {

using TemplateWords = std::vector<std::pair<std::string, std::string>>;

/// `part` with what stands in double braces taken from `words`: nothing for a key that they do not have.
std::string fill_template(std::string_view part, const TemplateWords& words);

}  // namespace emend
