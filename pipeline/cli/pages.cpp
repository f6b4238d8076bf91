// Reading a folder file by file, so that no more than one of them is held; an archive is held as a whole.
#include "pipeline/cli/pages.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "pipeline/cli/files.h"
#include "pipeline/cli/shown.h"
#include "pipeline/document/error.h"
#include "pipeline/text/script.h"
#include "stages/read/blocks/blocks.h"
#include "stages/read/text/encoding.h"
#include "stages/read/package/packed.h"
#include "stages/read/scan/transcript.h"

namespace emend {

namespace {

constexpr std::string_view left_out[] = {".jpg", ".jpeg", ".png",  ".tif", ".tiff", ".jp2",
                                         ".gif", ".bmp",  ".webp", ".pdf", ".meta", ".decisions"};
constexpr std::string_view pdfs[] = {".pdf"};  // beside pages they are pictures of them
constexpr std::string_view texts[] = {".txt", ".text", ".md", ".markdown"};
constexpr std::string_view blocks[] = {".json", ".jsonl"};
constexpr std::size_t head_size = 8192;                       // by which `scan_format` tells formats
constexpr std::string_view whole_book = "content_list.json";  // MinerU says the same thing in other files, less handily

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

// The format of all scans among the pages.
ScanFormat format_among(const std::string& name, const std::vector<PageFile>& pages) {
  ScanFormat format = ScanFormat::none;
  const PageFile* first = nullptr;
  for (const PageFile& page : pages) {
    if (ends_in(page.name, texts) || ends_in(page.name, blocks)) continue;
    const ScanFormat here = scan_format(page.head());
    if (here == ScanFormat::none || here == format) continue;
    if (first != nullptr)
      throw Error(Exit::input, name + ": holds " + std::string(format_name(format)) + " (" +
                                   shown(file_name(first->name)) + ") and " + std::string(format_name(here)) + " (" +
                                   shown(file_name(page.name)) +
                                   "), perhaps of the same pages; put one of them elsewhere");
    format = here;
    first = &page;
  }
  return format;
}

std::string read_page_text(const PageFile& page) {
  Decoded decoded = decode_text(shown(page.name), page.read(), "");
  if (!decoded.encoding.empty() || !decoded.kept.empty())
    throw Error(Exit::input, shown(page.name) +
                                 ": is no UTF-8, as the pages of a book must be; convert them first, as "
                                 "`iconv -f " +
                                 (decoded.encoding.empty() ? "NAME" : decoded.encoding) + " -t UTF-8` does");
  return std::move(decoded.text);
}

// Adds to `text` what `add` adds of each page, a form feed between those of which it adds something; whether any was.
template <typename Add>
bool add_pages(const std::vector<PageFile>& pages, std::string& text, Add add) {
  bool any = false;
  for (const PageFile& page : pages) {
    const std::size_t before = text.size();
    if (any) text += '\f';
    if (add(page))
      any = true;
    else
      text.resize(before);
  }
  return any;
}

// The JSON of a tool that reads pages; its other files, as those about its layout, are in forms that are not read.
std::optional<std::string> text_of_blocks(const PageFile& page) {
  try {
    return blocks_text(shown(page.name), page.read());
  } catch (const Error& e) {
    if (e.code != Exit::input) throw;
    return {};
  }
}

bool add_scans(const std::vector<PageFile>& pages, ScanFormat format, PagesText& book) {
  return add_pages(pages, book.text, [&](const PageFile& page) {
    if (scan_format(page.head()) != format) return false;
    const std::size_t before = book.seen.size();
    add_transcript(shown(page.name), page.read(), format, book.text, &book.seen);
    if (book.seen.size() == before + 1 && !page.label.empty()) book.seen.back().label = page.label;
    return true;
  });
}

bool add_blocks(const std::vector<PageFile>& pages, std::string& text) {
  const bool whole =
      std::any_of(pages.begin(), pages.end(), [](const PageFile& p) { return p.name.ends_with(whole_book); });
  return add_pages(pages, text, [&](const PageFile& page) {
    if (!ends_in(page.name, blocks) || (whole && !page.name.ends_with(whole_book))) return false;
    const std::optional<std::string> said = text_of_blocks(page);
    if (said) text += *said;
    return said.has_value();
  });
}

bool add_texts(const std::vector<PageFile>& pages, std::string& text) {
  return add_pages(pages, text, [&](const PageFile& page) {
    if (!ends_in(page.name, texts)) return false;
    text += read_page_text(page);
    return true;
  });
}

bool is_left_out(std::string_view path) { return ends_in(std::string(path), left_out); }

Input packed_input(const std::string& name, std::string_view bytes) {
  std::vector<PackedFile> files = unpack(name, bytes, [](std::string_view path) { return !is_left_out(path); });
  for (const PackedFile& file : files)
    if (file.path == "[Content_Types].xml" || file.path == "mimetype")
      throw Error(Exit::input, name +
                                   ": is a document of a word processor, or an ebook; make text of it, as "
                                   "`pandoc -t plain --wrap=none` does");
  if (files.empty())
    files = unpack(name, bytes, [](std::string_view path) { return ends_in(std::string(path), pdfs); });
  if (files.empty())
    throw Error(Exit::input,
                name +
                    ": is an archive without a page; give one that holds scans (hOCR, ALTO, PAGE, ABBYY, "
                    "DjVu or TSV), PDFs, the JSON of a tool that reads pages, or texts called .txt or .md");
  Input input;
  if (files.size() == 1) return input.bytes = std::move(files.front().bytes), input;
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return before(a.path, b.path); });
  for (PackedFile& file : files) {
    const auto bytes_of = std::make_shared<const std::string>(std::move(file.bytes));
    input.pages.push_back({std::move(file.path), [bytes_of] { return *bytes_of; },
                           [bytes_of] { return bytes_of->substr(0, head_size); }, ""});
  }
  input.guide = put_in_order(input.pages, [](const std::string&) { return std::nullopt; });
  return input;
}

// What was only compressed, as the Internet Archive packs hOCR, is read as the file that it was.
std::string read_page(const std::string& path) {
  std::string bytes = read_file(path);
  if (!is_packed(bytes)) return bytes;
  std::vector<PackedFile> files = unpack(shown(path), bytes, [](std::string_view) { return false; });
  return files.size() == 1 && files.front().path.empty() ? std::move(files.front().bytes) : bytes;
}

std::string read_head(const std::string& path) {
  std::string head(head_size, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
  return is_packed(head) ? read_page(path).substr(0, head_size) : head;
}

PageFile page_of(const std::string& path) {
  return {path, [path] { return read_page(path); }, [path] { return read_head(path); }, ""};
}

}  // namespace

std::vector<std::string> page_files(const std::string& folder) {
  std::vector<std::string> names, whole;
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    std::error_code ignored;
    if (name.starts_with('.') || !it->is_regular_file(ignored)) continue;
    if (!ends_in(name, left_out)) names.push_back(name);
    if (ends_in(name, pdfs)) whole.push_back(name);
  }
  if (names.empty()) names = std::move(whole);
  if (error)
    throw Error(Exit::input, shown(folder) + ": cannot be read: " + error.message() + "; check its permissions");
  std::sort(names.begin(), names.end(), before);
  for (std::string& name : names) name.insert(0, folder + (folder.ends_with('/') ? "" : "/"));
  return names;
}

Input read_input(const std::string& input) {
  Input in;
  if (input != "-" && is_folder(input)) {
    for (const std::string& path : page_files(input)) in.pages.push_back(page_of(path));
    in.guide = put_in_order(in.pages, [](const std::string& path) {
      std::error_code error;
      return std::filesystem::is_regular_file(path, error) ? std::optional(page_of(path)) : std::nullopt;
    });
    if (in.pages.empty() && !in.guide.unread.empty()) throw Error(Exit::input, in.guide.unread);
    if (in.pages.empty())
      throw Error(Exit::input,
                  shown(input) +
                      ": is a folder without a page; give one that itself holds scans (hOCR, ALTO, PAGE, "
                      "ABBYY, DjVu or TSV), PDFs, the JSON of a tool that reads pages, or texts called .txt or .md");
    return in;
  }
  in.bytes = read_file(input);
  if (!is_packed(in.bytes)) return in;
  const std::string packed = std::move(in.bytes);
  return packed_input(input == "-" ? "standard input" : shown(input), packed);
}

bool are_pages(const std::vector<std::string>& files) {
  return std::all_of(files.begin(), files.end(), [](const std::string& path) {
    if (path == "-" || is_folder(path)) return false;
    const std::string head = read_head(path);
    const ScanFormat format = scan_format(head);
    return format != ScanFormat::none ? format != ScanFormat::pdf : ends_in(path, blocks);
  });
}

Input read_pages(const std::vector<std::string>& files) {
  Input in;
  for (const std::string& path : files) in.pages.push_back(page_of(path));
  return in;
}

PagesText text_of_pages(const std::string& name, const Input& input) {
  const std::vector<PageFile>& pages = input.pages;
  PagesText book;
  const ScanFormat format = format_among(name, pages);
  bool any = false;
  if (format != ScanFormat::none) {
    any = add_scans(pages, format, book);
    tell_pages(input.guide, book.seen);
  } else {
    book.markdown = add_blocks(pages, book.text);
    any = book.markdown || add_texts(pages, book.text);
  }
  if (!any)
    throw Error(Exit::input, name +
                                 ": holds no page that emend reads; it reads scans (hOCR, ALTO, PAGE, ABBYY, DjVu or "
                                 "TSV), PDFs, the JSON of tools that read pages, and texts called .txt or .md");
  return book;
}

}  // namespace emend
