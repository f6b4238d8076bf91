// Which arguments make Pandoc write which book.
#pragma once
#include <string>
#include <vector>

#include "stages/write/package/book_facts.h"
#include "stages/write/pandoc/ast.h"
#include "stages/write/pandoc/pandoc.h"
#include "stages/write/pandoc/private_folder.h"

namespace emend {

/// Pandoc's arguments for a book of these facts, `options.extra_arguments` last. Files that they name are written to
/// `folder`, which must be there while Pandoc runs. Error(Exit::pandoc) if PDF is wanted and nothing sets it.
std::vector<std::string> pandoc_arguments(Format format, const Pandoc& pandoc, const ExportOptions& options,
                                          const BookFacts& facts, const PrivateFolder& folder);

/// For which kind of output the document tree is.
BookTarget target_of(Format format, const ExportOptions& options);

/// What of the header Pandoc's template for that output prints.
FactsShown facts_shown(Format format, const ExportOptions& options);

}  // namespace emend
