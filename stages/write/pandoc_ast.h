// The bridge from TEI to Pandoc: an edition's bytes in, Pandoc's document tree out, as JSON.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// The version of Pandoc's document types, as `"pandoc-api-version"` states it: {1, 22, 2, 1}.
struct ApiVersion {
  std::vector<int> parts;
};

/// What the bridge makes of a book.
struct PandocBook {
  std::string json;
  int chapter_level = 1;          // the level of heading that begins a chapter: 2 where the book has parts
  bool printed_contents = false;  // the book shows its own table of contents
};

/// TEI of the profile, also corrected or indented by hand, as a Pandoc document for `api`. An element that the bridge
/// does not know passes as its text; it, and a reference to nowhere, is named in `warnings`. Links lead only to places
/// that exist. Error(Exit::input) if `tei` is not XML, not TEI, or nested too deep.
PandocBook pandoc_book(std::string_view tei, const ApiVersion& api, std::vector<std::string>& warnings);

/// The JSON of `pandoc_book`.
std::string pandoc_json(std::string_view tei, const ApiVersion& api, std::vector<std::string>& warnings);

}  // namespace emend
