// The steps of finishing a DOCX, each for one part or one feature of it.
#pragma once
#include <functional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "stages/write/package/archive.h"
#include "stages/write/package/book_facts.h"

namespace emend {

/// Parses the member, lets `change` at its root, writes it back. False if it is not there or no XML.
bool edit_part(std::vector<ArchiveMember>& members, std::string_view name,
               const std::function<void(pugi::xml_node)>& change);

/// Whether `language` is written in East Asian characters.
bool is_east_asian(std::string_view language);

/// A BCP 47 tag as Word knows it, with a region: "en-US" for "en", "zh-TW" for "zh-Hant".
std::string word_language(std::string_view language);

/// Takes the bridge's marks out of a story (the text, or the notes) and does what they say: languages on the runs
/// within them, and the numbers of footnotes that are endnotes to `endnotes`.
void apply_marks(const pugi::xml_node& story, std::string_view language, std::vector<std::string>& endnotes);

/// Puts the lines of the title page in the order of title pages; a fact that a printed line says is said there only.
void order_title(pugi::xml_node body, const BookMetadata& facts);

/// Breaks the title, if it is longer than a line, into even ones.
void break_title(const pugi::xml_node& body);

/// The last paragraph of the title, author and date above the text; nothing if there is none.
pugi::xml_node end_of_title(const pugi::xml_node& body);

/// Makes the list of contents a field: the printed one, if the book shows one, else a new one of the headings. False if
/// there are too few for a list.
bool add_contents_field(const pugi::xml_node& body, const BookFacts& facts);

/// The paragraph begins a page.
void begin_page(pugi::xml_node paragraph);

/// Divides the text where `docx_body_mark` is into title page, front matter and text, each with page numbers of its
/// own, if it is a book with a list of contents. The mark goes.
void divide_into_sections(pugi::xml_node body, const BookFacts& facts, bool has_contents);

/// Has `properties`, of a section or in the settings, count the notes as the book does where that is anew on each page.
void count_notes(pugi::xml_node properties, const NoteNumbers& notes);

/// Moves the footnotes of these numbers to a part of their own, with all that it needs.
void move_endnotes(std::vector<ArchiveMember>& members, pugi::xml_document& text,
                   const std::vector<std::string>& numbers);

/// docProps/core.xml of the book.
std::string core_properties(const BookFacts& facts, std::string_view pandocs);

}  // namespace emend
