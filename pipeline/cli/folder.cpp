// Reading a folder file by file, so that no more than one of them is held.
#include "pipeline/cli/folder.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "pipeline/cli/files.h"
#include "pipeline/cli/shown.h"
#include "pipeline/document/error.h"
#include "pipeline/text/script.h"
#include "stages/read/encoding.h"
#include "stages/read/transcript.h"

namespace emend {

namespace {

constexpr std::string_view left_out[] = {".jpg",  ".jpeg", ".png", ".tif", ".tiff", ".jp2",  ".gif",  ".bmp",
                                         ".webp", ".pdf",  ".gz",  ".zip", ".tar",  ".json", ".meta", ".decisions"};
constexpr std::string_view texts[] = {".txt", ".text", ".md", ".markdown"};

bool ends_in(std::string name, const auto& endings) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return std::any_of(std::begin(endings), std::end(endings), [&](std::string_view e) { return name.ends_with(e); });
}

bool figure(char c) { return c >= '0' && c <= '9'; }

// Takes the run of figures, or of others, that `s` begins with.
std::string_view take_run(std::string_view& s) {
  std::size_t n = 1;
  while (n < s.size() && figure(s[n]) == figure(s[0])) ++n;
  const std::string_view run = s.substr(0, n);
  s.remove_prefix(n);
  return run;
}

bool before(std::string_view a, std::string_view b) {
  const std::string_view whole_a = a, whole_b = b;
  while (!a.empty() && !b.empty()) {
    std::string_view x = take_run(a), y = take_run(b);
    if (figure(x[0]) && figure(y[0])) {
      x.remove_prefix(std::min(x.find_first_not_of('0'), x.size()));
      y.remove_prefix(std::min(y.find_first_not_of('0'), y.size()));
      if (x.size() != y.size()) return x.size() < y.size();
    }
    if (x != y) return x < y;
  }
  if (a.empty() != b.empty()) return a.empty();
  return whole_a < whole_b;
}

// The format of all scans among the files.
ScanFormat format_among(const std::string& folder, const std::vector<std::string>& files) {
  ScanFormat format = ScanFormat::none;
  std::string first;
  for (const std::string& file : files) {
    if (ends_in(file, texts)) continue;
    const ScanFormat here = scan_format(read_file(file));
    if (here == ScanFormat::none || here == format) continue;
    if (format != ScanFormat::none)
      throw Error(Exit::input, shown(folder) + ": holds " + std::string(format_name(format)) + " (" +
                                   shown(file_name(first)) + ") and " + std::string(format_name(here)) + " (" +
                                   shown(file_name(file)) + "), perhaps of the same pages; put one of them elsewhere");
    format = here;
    first = file;
  }
  return format;
}

std::string read_page_text(const std::string& file) {
  Decoded decoded = decode_text(shown(file), read_file(file), "");
  if (!decoded.encoding.empty() || !decoded.kept.empty())
    throw Error(Exit::input, shown(file) +
                                 ": is no UTF-8, as the pages in a folder must be; convert them first, as "
                                 "`iconv -f " +
                                 (decoded.encoding.empty() ? "NAME" : decoded.encoding) + " -t UTF-8` does");
  return std::move(decoded.text);
}

}  // namespace

std::vector<std::string> page_files(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    std::error_code ignored;
    if (!name.starts_with('.') && !ends_in(name, left_out) && it->is_regular_file(ignored)) names.push_back(name);
  }
  if (error)
    throw Error(Exit::input, shown(folder) + ": cannot be read: " + error.message() + "; check its permissions");
  std::sort(names.begin(), names.end(), before);
  for (std::string& name : names) name.insert(0, folder + (folder.ends_with('/') ? "" : "/"));
  return names;
}

std::string read_folder(const std::string& folder, std::vector<SeenPage>& seen) {
  const std::vector<std::string> files = page_files(folder);
  const ScanFormat format = format_among(folder, files);
  std::string text;
  bool any = false;
  for (const std::string& file : files) {
    if (format == ScanFormat::none && !ends_in(file, texts)) continue;
    std::string bytes = format == ScanFormat::none ? read_page_text(file) : read_file(file);
    if (format != ScanFormat::none && scan_format(bytes) != format) continue;
    if (any) text += '\f';
    any = true;
    if (format == ScanFormat::none)
      text += bytes;
    else
      add_transcript(shown(file), bytes, format, text, &seen);
  }
  if (!any)
    throw Error(Exit::input,
                shown(folder) +
                    ": is a folder without a page; give one that itself holds scans (hOCR, ALTO, PAGE, ABBYY, DjVu "
                    "or TSV) or texts called .txt or .md");
  return text;
}

}  // namespace emend
