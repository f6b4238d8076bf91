// Books out of editions: finds the Pandoc that is installed, has it write EPUB, DOCX and more, and finishes them.
#pragma once
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/write/pandoc/ast.h"

namespace emend {

struct Pandoc {
  std::string program;
  std::string version;  // "2.17.1.1"
  ApiVersion api;       // of the document tree that it reads
};

/// Finds Pandoc ($EMEND_PANDOC, else `pandoc` in PATH) and asks it for its version and that of its document types; each
/// question may take `limit`. Error(Exit::pandoc) if it is missing, older than 2.17, or does not answer sensibly.
Pandoc find_pandoc(std::chrono::seconds limit = std::chrono::seconds(30));

/// What Pandoc can write, as `--to` would name it: "html", "markdown" … Error(Exit::pandoc) if it does not tell.
std::vector<std::string> pandoc_formats(const Pandoc& pandoc);

enum class Format { epub, epub2, docx, other };

struct ExportOptions {
  std::chrono::seconds limit{600};  // for Pandoc's run
  std::string writer;               // for Format::other: what Pandoc calls it
  std::string css;                  // EPUB, HTML: a style sheet's text in the place of ours; empty: ours
  std::string cover;                // EPUB: the file of a picture for its cover; empty: none
  std::string reference_doc;        // DOCX, ODT: a file whose styles are used; empty: ours, or Pandoc's
  std::string layout;               // DOCX: the name of a layout of ours; empty: the one for any book
  /// The bytes of the picture at a relative address of the TEI; nothing if there is none. Without it, none is carried.
  std::function<std::string(std::string_view url)> picture;
  std::vector<std::string> extra_arguments;  // for Pandoc, after our own
};

/// The bytes of the book made of the edition `tei`. The same edition, options and Pandoc give the same bytes; times
/// come from SOURCE_DATE_EPOCH; without it there are none, and where a format must have one (EPUB 3), it is the clock's
/// zero. What the bridge and Pandoc had doubts about is added to
/// `warnings`, if given. Error(Exit::input) if `tei` is none; Error(Exit::pandoc), with Pandoc's own first words, if it
/// fails or is too slow; Error(Exit::output) if there is no room for temporary files. Leaves no file behind.
std::string export_book(std::string_view tei, Format format, const Pandoc& pandoc, const ExportOptions& options,
                        std::vector<std::string>* warnings = nullptr);

}  // namespace emend
