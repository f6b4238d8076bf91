// Emphasis, formulas, code, links and marks of notes within a line of Markdown.
#pragma once
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document/proposal.h"
#include "stages/05-markup/commonmark.h"

namespace emend {

/// What a line is: of a heading, emphasis that holds all of it is no more than the look of headings.
enum class PhraseSetting : std::uint8_t { text, heading };

/// Hides the markup in [begin, end) of the line and names what it marks. Marks of notes read as the stage for notes
/// knows them, whatever their spelling was. Linear in the line. Marks that were read, as 1 or ①, are added to `marks`.
/// False if emphasis was dropped.
bool read_phrases(const Line&, std::size_t begin, std::size_t end, PhraseSetting, Proposal&,
                  std::set<std::string, std::less<>>* marks = nullptr);

/// The same of a line from `begin` on, of which the pieces are known.
void read_phrases(const Line&, std::size_t begin, const std::vector<PhrasePiece>&, const std::vector<std::string>& targets,
                  Proposal&, std::set<std::string, std::less<>>* marks);

/// Whether a line can have any.
bool has_phrases(std::string_view);

/// Whether a formula, or what a picture shows, can stay as it is, to the byte: it holds nothing that no text can hold.
bool stays_as_it_is(std::string_view tex);

/// Whether the byte is within a character: what is hidden before it, in a text that was damaged, would join two halves
/// of one, which are no text, to a character that is.
bool cuts_character(std::string_view text, std::size_t at);

/// The mark of a note that `s` (the inside of a raised formula or a <sup>) is, as ① or 1; or nothing.
std::string note_mark(std::string_view s);

}  // namespace emend
