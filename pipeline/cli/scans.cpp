// Files are listed once, when the review begins, and are read when they are asked for; a PDF's pages are drawn by
// Poppler's pdftoppm, a program of its own, since any file may break what draws it.
#include "pipeline/cli/scans.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "pipeline/cli/files.h"
#include "pipeline/cli/shown.h"
#include "pipeline/document/error.h"
#include "pipeline/run/process.h"
#include "pipeline/text/script.h"
#include "stages/read/pdf/pdf_fonts.h"

namespace emend {

namespace {

namespace fs = std::filesystem;

struct PictureType {
  std::string_view extension, type;
};
// What every browser shows.
constexpr std::array<PictureType, 6> types = {{{".avif", "image/avif"},
                                               {".gif", "image/gif"},
                                               {".jpeg", "image/jpeg"},
                                               {".jpg", "image/jpeg"},
                                               {".png", "image/png"},
                                               {".webp", "image/webp"}}};

// A page of 30 by 21 cm is then 1300 by 910 points: as much as stands beside a text, and letters are sharp.
constexpr int resolution = 110;  // dots an inch
constexpr std::chrono::seconds longest{60};
constexpr std::size_t largest_picture = std::size_t{64} << 20, least_memory = std::size_t{2} << 30;

std::string_view type_of(const std::string& file) {
  std::string extension = fs::path(file).extension().string();
  for (char& c : extension)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (const PictureType& t : types)
    if (extension == t.extension) return t.type;
  return {};
}

// 9.png stands before 10.png.
bool before(const std::string& a, const std::string& b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    const auto is_figure = [](char c) { return is_digit(static_cast<unsigned char>(c)); };
    if (is_figure(a[i]) && is_figure(b[j])) {
      const auto number = [&](const std::string& s, std::size_t& at) {
        while (at < s.size() && s[at] == '0') ++at;
        const std::size_t from = at;
        while (at < s.size() && is_figure(s[at])) ++at;
        return std::string_view(s).substr(from, at - from);
      };
      const std::string_view x = number(a, i), y = number(b, j);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
    } else if (a[i] != b[j]) {
      return a[i] < b[j];
    } else {
      ++i, ++j;
    }
  }
  return a.size() - i == b.size() - j ? a < b : a.size() - i < b.size() - j;
}

ScanPicture drawn(const std::string& pdf, std::size_t page) {
  const char* named = std::getenv("EMEND_PDFTOPPM");
  const std::string number = std::to_string(page);
  Outcome outcome =
      run_process({.program = named != nullptr && *named != '\0' ? named : "pdftoppm",
                   .arguments = {"-q", "-png", "-r", std::to_string(resolution), "-f", number, "-l", number, "-"},
                   .input = pdf,
                   .environment = {{"LC_ALL", "C.UTF-8"}},
                   .limit = longest,
                   .output_limit = largest_picture,
                   .memory_limit = least_memory + 4 * pdf.size()});
  return succeeded(outcome) ? ScanPicture{std::move(outcome.output), "image/png"} : ScanPicture{};
}

}  // namespace

Scans::Scans(const std::string& path) {
  std::error_code failed;
  if (!fs::is_directory(path, failed)) {
    pdf_ = read_file(path);
    if (!std::string_view(pdf_).starts_with("%PDF-"))
      throw Error(Exit::input,
                  shown(path) + ": is neither a folder of pictures nor a PDF; give one of them to --scans");
    return;
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(path, failed))
    if (entry.is_regular_file(failed) && !type_of(entry.path().string()).empty())
      files_.push_back(entry.path().string());
  if (files_.empty())
    throw Error(Exit::input, shown(path) + ": has no pictures that browsers show (PNG, JPEG, WebP, AVIF, GIF)");
  std::sort(files_.begin(), files_.end(), before);
}

double Scans::scale() const {
  constexpr double points_an_inch = 72;
  return pdf_.empty() ? 0 : resolution / points_an_inch / units_a_point;
}

ScanPicture Scans::of(std::size_t page, const std::string& named) const {
  if (page == 0) return {};
  if (!pdf_.empty()) return drawn(pdf_, page);
  const auto same = [&](const std::string& file) { return !named.empty() && fs::path(file).filename() == named; };
  auto file = std::find_if(files_.begin(), files_.end(), same);
  if (file == files_.end() && page <= files_.size()) file = files_.begin() + static_cast<std::ptrdiff_t>(page - 1);
  if (file == files_.end()) return {};
  return {read_file(*file), std::string(type_of(*file))};
}

}  // namespace emend
