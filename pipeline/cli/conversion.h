// A book is converted: what the verbs that do it share.
#pragma once
#include <algorithm>
#include <array>

#include "pipeline/cli/book.h"
#include "pipeline/cli/exports.h"
#include "pipeline/cli/machine.h"
#include "pipeline/cli/options.h"
#include "pipeline/cli/outputs.h"
#include "pipeline/cli/teller.h"

namespace emend {

/// The options that say how books are converted.
inline constexpr Option conversion_options[] = {
    {"author", "NAME", "an author; may be repeated", true},
    {"date", "DATE", "when the book was published"},
    {"publisher", "NAME", "by whom"},
    {"language", "TAG", "its language, as in en, de, zh-Hans"},
    {"encoding", "NAME", "the text's encoding (default: UTF-8, or found)"},
    {"from", "FORM", "how it is written: text or markdown (default: found)"},
    {"columns", "NUMBER", "1 or 2: columns side by side (default: found)"},
    {"changes", "HOW", "how TEI shows them: ledger, inline or none"},
    {"facs", "PATTERN", "where pictures of pages are: https://…/{n}.jpg"},
    {"zones", "WHAT", "places that TEI has of a scan: blocks or lines"},
    {"rules", "FILE", "a rule table of yours; may be repeated", true},
    {"css", "FILE", "the style sheet of EPUB and HTML"},
    {"cover", "IMAGE", "a picture for the cover of the EPUB"},
    {"reference-doc", "FILE", "a DOCX or ODT with its styles; or thesis, or book"},
    {"pandoc-arg", "ARG", "an argument for Pandoc; may be repeated", true},
    {"strict", nullptr, "exit with status 1 if doubts remain"},
    {"strict-above", "PERCENT", "the same if more of all decisions are doubtful"},
};

/// What is made of texts.
inline const std::vector<FileFormat> convertible = {FileFormat::tei,    FileFormat::epub,   FileFormat::docx,
                                                    FileFormat::ledger, FileFormat::review, FileFormat::written};

/// The options of a verb that converts: its own before and behind those that all have.
template <std::size_t A, std::size_t B>
constexpr auto with_conversion_options(const Option (&before)[A], const Option (&behind)[B]) {
  std::array<Option, A + std::size(conversion_options) + B> all{};
  const auto shared = std::copy(before, before + A, all.begin());
  std::copy(behind, behind + B, std::copy(std::begin(conversion_options), std::end(conversion_options), shared));
  return all;
}

/// Rules, facts and styles as the user gave them, for any number of books one after the other.
class Conversion {
 public:
  /// Error(Exit::usage), Error(Exit::rules) or Error(Exit::input) for what cannot be meant.
  explicit Conversion(const Arguments&);

  /// Compiles now what is else compiled when it is first used; processes that are made of this one then share it.
  void prepare() const;

  /// Reads the text, and writes the outputs when all is proven. Exit::done, or Exit::doubts if there are more than
  /// --strict or --strict-above allow. Error for whatever goes wrong.
  Exit run(const Job&, const Sidecars&, Teller&);

 private:
  const Arguments& a_;
  BookOptions said_;
  Machine machine_;
  Exporter exporter_;
  bool timing_;
};

}  // namespace emend
