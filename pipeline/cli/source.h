// Between the file that was converted and the text that its ledger was made from: there, and back byte for byte.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document/ledger.h"
#include "stages/read/text/broken_lines.h"
#include "stages/read/text/columns.h"
#include "stages/read/text/encoding.h"
#include "stages/read/text/entry_lines.h"

namespace emend {

/// The text of a file that holds what a tool read of pages, or nothing if it is none; `markdown`: in which it is
/// written.
std::optional<std::string> text_of_file(const std::string& name, std::string_view bytes, bool& markdown);

/// What encoding the text again needs to know: part of the ledger, so that the file's bytes can be proven.
BookOptions facts_of(const Decoded&);

/// Where the text stands in two columns, as the options record it.
std::vector<Columns> columns_of(const BookOptions&);
/// Where it had contents lists in pieces, once its columns stood one after the other.
std::vector<EntryLines> entries_of(const BookOptions&);
/// Where bullets and labels of notes were set beside their place, once its entries stood in lines.
std::vector<EntryLines> pieces_of(const BookOptions&);

/// Where its lines were broken, by a person or behind the heading of an abstract, once its entries were put together.
std::vector<BrokenLine> breaks_of(const BookOptions&);

/// The text that `ledger` was made from, out of the file that was converted: decoded as the ledger says, and proven to
/// give the file back byte for byte when encoded again. Error(Exit::invalid) if it cannot be that file.
std::string source_of(const std::string& input, const Ledger& ledger);

/// The file that was converted, out of the text that its ledger was made from: columns side by side and encoded as it
/// was.
std::string encoded(std::string source, const Ledger& ledger);

}  // namespace emend
