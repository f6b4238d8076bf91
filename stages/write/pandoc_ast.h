// The bridge from TEI to Pandoc: an edition's bytes in, Pandoc's document tree out, as JSON.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "stages/write/book_facts.h"

namespace emend {

/// The version of Pandoc's document types, as `"pandoc-api-version"` states it: {1, 22, 2, 1}.
struct ApiVersion {
  std::vector<int> parts;
};

/// What the bridge makes of a book.
struct PandocBook {
  std::string json;
  BookFacts facts;
};

/// For what the document is: it decides how that is said for which Pandoc has no words.
enum class BookTarget { epub, html, docx, other };

/// TEI of the profile, also corrected or indented by hand, as a Pandoc document for `api`. An element that the bridge
/// does not know passes as its text; it, and a reference to nowhere, is named in `warnings`. Links lead only to places
/// that exist. Error(Exit::input) if `tei` is not XML, not TEI, or nested too deep.
PandocBook pandoc_book(std::string_view tei, const ApiVersion& api, std::vector<std::string>& warnings,
                       BookTarget target = BookTarget::epub);

/// The JSON of `pandoc_book`.
std::string pandoc_json(std::string_view tei, const ApiVersion& api, std::vector<std::string>& warnings);

}  // namespace emend
