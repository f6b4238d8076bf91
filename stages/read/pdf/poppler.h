// What Poppler's programs say of a PDF, asked as programs of their own: its parser meets any file, and may fail on it.
#pragma once
#include <string>
#include <string_view>

namespace emend {

struct PopplerText {
  std::string xml;
  std::string trouble;  // in words, if it met something damaged: some of the text may be missing
};

/// What `pdftotext -bbox-layout` writes: pages of lines of words with their places, as well-formed XML. What is no
/// character that XML may hold is U+FFFD there. `name` is what messages call the file. Error(Exit::pandoc) if the
/// program is missing; Error(Exit::input) if the PDF is damaged or locked, or takes too much time, memory or text.
PopplerText poppler_words(const std::string& name, std::string_view pdf);

/// What `pdftohtml -xml` writes: runs of one font, three units to a point. Empty if it cannot: words need no fonts.
std::string poppler_fonts(std::string_view pdf);

}  // namespace emend
