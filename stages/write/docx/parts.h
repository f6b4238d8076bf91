// The steps of finishing a DOCX, each for one part or one feature of it.
#pragma once
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "stages/write/package/archive.h"
#include "stages/write/package/book_facts.h"

namespace emend {

/// Whether `language` is written in East Asian characters.
bool is_east_asian(std::string_view language);

/// A BCP 47 tag as Word knows it, with a region: "en-US" for "en", "zh-TW" for "zh-Hant".
std::string word_language(std::string_view language);

/// Takes the bridge's marks out of a story (the text, or the notes) and does what they say: languages on the runs
/// within them, and the numbers of footnotes that are endnotes to `endnotes`.
void apply_marks(const pugi::xml_node& story, std::string_view language, std::vector<std::string>& endnotes);

/// Makes the list of contents a field: the printed one, if the book shows one, else a new one of the headings.
void add_contents_field(const pugi::xml_node& body, const BookFacts& facts);

/// Moves the footnotes of these numbers to a part of their own, with all that it needs.
void move_endnotes(std::vector<ArchiveMember>& members, pugi::xml_document& text,
                   const std::vector<std::string>& numbers);

/// docProps/core.xml of the book.
std::string core_properties(const BookFacts& facts, std::string_view pandocs);

}  // namespace emend
