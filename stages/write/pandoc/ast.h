// The bridge from TEI to Pandoc: an edition's bytes in, Pandoc's document tree out, as JSON.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/write/package/book_facts.h"

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
/// `commonmark` are those Markdowns whose headings have no identifiers, so that links need an anchor there.
enum class BookTarget { epub, html, docx, commonmark, other };

/// How much of the book's facts Pandoc prints above the text, so that the title page need not say it again: `title` is the
/// title, the authors and the date; `all` has the publisher, too.
enum class FactsShown { none, title, subtitle, all };

/// Where the book is to find the picture that the TEI has at `url`; nothing if it is not carried into the book.
using PictureAddress = std::function<std::string(std::string_view url)>;

/// TEI of the profile, also corrected or indented by hand, as a Pandoc document for `api`. An element that the bridge
/// does not know passes as its text; it, and a reference to nowhere, is named in `warnings`. Links lead only to places
/// that exist. Error(Exit::input) if `tei` is not XML, not TEI, or nested too deep.
PandocBook pandoc_book(std::string_view tei, const ApiVersion& api, std::vector<std::string>& warnings,
                       BookTarget target = BookTarget::epub, FactsShown shown = FactsShown::all,
                       const PictureAddress& pictures = {});

/// The JSON of `pandoc_book`.
std::string pandoc_json(std::string_view tei, const ApiVersion& api, std::vector<std::string>& warnings);

}  // namespace emend
