// What convert and export do with an edition once its bytes are there: EPUB and DOCX by Pandoc.
#pragma once
#include <optional>
#include <string_view>

#include "pipeline/cli/options.h"
#include "pipeline/cli/outputs.h"
#include "pipeline/cli/stopwatch.h"
#include "stages/write/pandoc/pandoc.h"

namespace emend {

/// One a run, because Pandoc is looked for only once, and only if something needs it.
class Exporter {
 public:
  /// Takes --css, --reference-doc, --pandoc-arg and --quiet. Error(Exit::input) if one of the files cannot be read.
  explicit Exporter(const Arguments&);

  /// Makes those of the outputs that need Pandoc. `name` is what messages call the edition; pictures are sought beside
  /// the file `input`, or below its folder. What Pandoc or the bridge warns of goes to standard error, except with
  /// --quiet. Error(Exit::pandoc), Error(Exit::output).
  void make(std::string_view tei, const std::string& name, const std::string& input, const std::vector<Output>&,
            Stopwatch&);

 private:
  ExportOptions options_;
  std::optional<Pandoc> pandoc_;
  bool quiet_;
};

/// The files that the options for Pandoc name, to be kept from being overwritten.
std::vector<std::string> files_for_pandoc(const Arguments&);

}  // namespace emend
