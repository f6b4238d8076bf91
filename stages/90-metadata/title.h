// The title of a book, and what stands with it that no rule knows by its words.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "stages/90-metadata/opening.h"

namespace emend {

/// Something that the book says of itself.
struct BookFact {
  std::string name, value;
  Span at;
  std::string_view rule;
  Because because;
};

/// Gives title and subtitle, and the lines that are title, subtitle, place or persons their roles.
std::vector<BookFact> find_title(const Document&, const Rules&, std::vector<OpeningLine>&);

/// What stands between two lines of a title: nothing between Chinese characters.
std::string_view between_lines(std::string_view before, std::string_view after);

}  // namespace emend
