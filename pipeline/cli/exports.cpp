// Handing editions to the Pandoc bridge, and its books to the disk.
#include "pipeline/cli/exports.h"

#include "pipeline/cli/files.h"
#include "pipeline/cli/verbs.h"

namespace emend {

namespace {

// The bridge calls what it reads "TEI"; users call it by its name.
template <class F>
std::string named(const std::string& name, F f) {
  try {
    return f();
  } catch (const Error& e) {
    const std::string_view what = e.what();
    if (e.code != Exit::input || !what.starts_with("TEI")) throw;
    throw Error(e.code, name + std::string(what.substr(3)));
  }
}

Format format_of(const Output& o) {
  if (o.format == FileFormat::docx) return Format::docx;
  if (o.format == FileFormat::written) return Format::other;
  return o.writer == "epub2" ? Format::epub2 : Format::epub;
}

}  // namespace

std::vector<std::string> files_for_pandoc(const Arguments& a) {
  std::vector<std::string> files;
  for (const char* option : {"css", "reference-doc", "cover"})
    if (a.has(option)) files.push_back(a.get(option));
  return files;
}

Exporter::Exporter(const Arguments& a) : quiet_(a.has("quiet")) {
  if (a.has("css")) options_.css = read_file(a.get("css"));
  options_.reference_doc = a.get("reference-doc");
  if (!options_.reference_doc.empty())
    read_file(options_.reference_doc);  // Pandoc says less clearly what is wrong with it
  options_.cover = a.get("cover");
  if (!options_.cover.empty()) read_file(options_.cover);
  options_.extra_arguments = a.all("pandoc-arg");
}

void Exporter::make(std::string_view tei, const std::string& name, const std::vector<Output>& outputs,
                    Stopwatch& watch) {
  for (const Output& o : outputs) {
    if (o.format != FileFormat::epub && o.format != FileFormat::docx && o.format != FileFormat::written) continue;
    if (!pandoc_) pandoc_ = find_pandoc();
    std::vector<std::string> warnings;
    options_.writer = o.writer;
    const std::string book = named(name, [&] { return export_book(tei, format_of(o), *pandoc_, options_, &warnings); });
    watch.lap("make " + o.writer, pandoc_->program + " " + pandoc_->version);
    for (const std::string& warning : warnings)
      if (!quiet_) complain(name + ": warning: " + warning);
    write_file_whole(o.path, book);
    watch.lap("write it");
  }
}

}  // namespace emend
