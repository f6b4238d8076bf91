// Handing editions to the Pandoc bridge, and its books to the disk.
#include "pipeline/cli/exports.h"

#include <algorithm>
#include <filesystem>

#include "pipeline/cli/files.h"
#include "pipeline/cli/named.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/verbs.h"
#include "stages/write/docx/layouts.h"
#include "stages/write/pandoc/pictures.h"

namespace emend {

namespace {

// %20 and the like as the bytes that they stand for.
std::string decoded_address(std::string_view url) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < url.size(); ++i) {
    const bool code = url[i] == '%' && i + 2 < url.size() && digit(url[i + 1]) >= 0 && digit(url[i + 2]) >= 0;
    out += code ? static_cast<char>(digit(url[i + 1]) * 16 + digit(url[i + 2])) : url[i];
    if (code) i += 2;
  }
  return out;
}

// The picture of that name in the folder or below it; nothing else is opened, whatever the edition names.
std::string picture_in(const std::string& folder, std::string_view url) {
  namespace fs = std::filesystem;
  constexpr std::uintmax_t largest = 64 << 20;
  const std::string name = decoded_address(url);
  const fs::path relative(name);
  if (name.empty() || name.find('\0') != name.npos || relative.is_absolute()) return {};
  std::error_code failed;
  const fs::path root = fs::canonical(folder.empty() ? "." : folder, failed),
                 path = fs::canonical(root / relative, failed);
  if (failed || std::mismatch(root.begin(), root.end(), path.begin(), path.end()).first != root.end()) return {};
  if (!fs::is_regular_file(path, failed) || fs::file_size(path, failed) > largest || failed) return {};
  return read_file(path.string());
}

Format format_of(const Output& o) {
  if (o.format == FileFormat::docx) return Format::docx;
  if (o.format == FileFormat::written) return Format::other;
  return o.writer == "epub2" ? Format::epub2 : Format::epub;
}

/// Whether it names a layout of ours; a file of that name is ./thesis.
bool is_layout(const std::string& name) {
  const std::vector<std::string_view> names = docx_layout_names();
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::vector<std::string> files_for_pandoc(const Arguments& a) {
  std::vector<std::string> files;
  for (const char* option : {"css", "reference-doc", "cover"})
    if (a.has(option) && !is_layout(a.get(option))) files.push_back(a.get(option));
  return files;
}

Exporter::Exporter(const Arguments& a) : quiet_(a.has("quiet")) {
  if (a.has("css")) options_.css = read_file(a.get("css"));
  (is_layout(a.get("reference-doc")) ? options_.layout : options_.reference_doc) = a.get("reference-doc");
  if (!options_.reference_doc.empty())
    read_file(options_.reference_doc);  // Pandoc says less clearly what is wrong with it
  options_.cover = a.get("cover");
  if (!options_.cover.empty() && picture_ending(read_file(options_.cover)).empty())
    throw Error(Exit::input,
                shown(options_.cover) + ": is no picture that an EPUB can hold; give a JPEG, PNG, GIF, WebP or SVG");
  options_.extra_arguments = a.all("pandoc-arg");
}

void Exporter::make(std::string_view tei, const std::string& name, const std::string& input,
                    const std::vector<Output>& outputs, Stopwatch& watch) {
  if (input != "-") {
    const std::string folder =
        std::filesystem::is_directory(input) ? input : std::filesystem::path(input).parent_path().string();
    options_.picture = [folder](std::string_view url) { return picture_in(folder, url); };
  }
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
