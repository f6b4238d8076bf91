// What OCR left of an entry of the contents list, held against the words of a heading.
#pragma once
#include <string>
#include <string_view>

#include "stages/50-headings/listed.h"

namespace emend {

/// The figures that a title begins with, letters that look like some read as these: 131 of `1.3.1` and of `13l`.
std::string figures_of(std::string_view title);

/// How much of a heading's words the entry still has, with or without its number: 0 if it has as much of any other's.
double words_left(const Title& entry, std::u32string_view words, std::u32string_view bare);

/// Whether the entry is the heading's words misread, and not other words.
bool is_misread(const Entry&, std::string_view heading, std::u32string_view without_number);

/// Whether the line stands as a heading does, so that an entry may vouch for it.
bool may_be_heading(const Found&, std::size_t line);

/// Whether the scan shows the line set larger than the text.
bool is_displayed(const Document&, std::size_t line);
/// The line in which the heading that such a line ends may go on, or `line` itself.
std::size_t next_of_heading(const Found&, std::size_t line);

/// Reads the words of an entry in one line, before its leader and page, as those of its heading, if they differ in more
/// than the number.
void restore_words(const Document&, const Entry&, const std::string& words, std::u32string_view without_number,
                   Proposal&);

/// How many bytes of the heading are what is left of a Chinese number before the words of the entry (SHE for 第五節):
/// not Chinese where the title is. 0 if there is no such thing.
std::size_t end_of_misread_number(const Entry& e, std::string_view heading);

}  // namespace emend
