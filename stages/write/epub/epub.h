// Finishing an EPUB: what Pandoc's writer leaves out, or does otherwise from version to version.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "stages/write/package/book_facts.h"

namespace emend {

struct EpubOptions {
  bool version_2 = false;  // EPUB 2: no pop-up notes, no EPUB 3 vocabulary; the list of pages is in the NCX
  bool own_style = true;   // the style sheet is ours, so that Pandoc's few lines in each file are not needed
};

/// The EPUB that Pandoc made, with navigation from its headings, a list of the printed pages, landmarks, notes that pop
/// up and are linked both ways, languages, directions, the vocabularies of EPUB and DPUB-ARIA, and metadata on
/// accessibility (schema.org) and source. The same input gives the same bytes. A file that is not as expected stays as
/// it is, and `warnings` names it. Error(Exit::pandoc) if `epub` is no complete EPUB.
std::string finish_epub(std::string_view epub, const BookFacts& facts, const EpubOptions& options,
                        std::vector<std::string>& warnings);

/// A cover of type alone, as SVG. The same book has the same colour.
std::string cover_svg(const BookMetadata& book);

/// What a cover says, in words.
std::string cover_name(const BookMetadata& book);

}  // namespace emend
