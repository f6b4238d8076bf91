// The text of scans: what an OCR engine read, set as the page has it. It is the source of the book.
#pragma once
#include <string>
#include <string_view>

#include "stages/read/scan/look.h"
#include "stages/read/scan/scan.h"

namespace emend {

/// All words of the page in order, a line of text a line: indented by as many blanks as fit, with blanks as wide as
/// wide gaps, a blank line where the page leaves room.
std::string transcript_of(const ScanPage&);

/// Adds the transcript of a file in one of the formats to `text`, a form feed between pages, and to `seen` how its
/// lines look. Error(Exit::input) as the readers throw.
void add_transcript(const std::string& name, std::string_view bytes, ScanFormat, std::string& text,
                    std::vector<SeenPage>* seen);

/// The same of one file. Error(Exit::input) also if it holds no word.
std::string transcript(const std::string& name, std::string_view bytes, ScanFormat, std::vector<SeenPage>* = nullptr);

}  // namespace emend
