// A picture is told by its first bytes, and Pandoc gets a copy of it: it opens no file that the edition names.
#include "stages/write/pandoc/pictures.h"

#include <algorithm>
#include <array>

namespace emend {
namespace {

/// What Pandoc writes as one file that holds what it shows.
bool holds_pictures(Format format, std::string_view writer) {
  static constexpr std::array<std::string_view, 7> holding{"odt", "opendocument", "pptx", "pdf", "rtf", "fb2", "icml"};
  const std::string_view base = writer.substr(0, writer.find_first_of("+-"));
  return format != Format::other || std::find(holding.begin(), holding.end(), base) != holding.end();
}

/// An address that a text may name: relative, or on the web.
bool is_harmless(std::string_view url) {
  const std::size_t colon = url.find(':');
  return !url.empty() && (colon == url.npos || url.starts_with("https://") || url.starts_with("http://"));
}

}  // namespace

std::string_view picture_ending(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return ".jpg";
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return ".png";
  if (bytes.starts_with("GIF8")) return ".gif";
  if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) return ".webp";
  constexpr std::size_t prolog = 4096;
  const std::string_view head = bytes.substr(0, prolog);
  const std::size_t first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first != head.npos && head[first] == '<' && head.find("<svg") != head.npos ? ".svg" : "";
}

Pictures::Pictures(Format format, const ExportOptions& options, const PrivateFolder& folder)
    : holds_(holds_pictures(format, options.writer)), options_(options), folder_(folder) {}

std::string Pictures::address(std::string_view url) {
  if (!holds_) return is_harmless(url) ? std::string(url) : "";
  if (!options_.picture || url.find(':') != url.npos) return {};
  if (const auto found = known_.find(url); found != known_.end()) return found->second;
  const std::string bytes = options_.picture(url);
  const std::string_view ending = picture_ending(bytes);
  std::string path;
  if (!ending.empty())
    path = folder_.write("picture-" + std::to_string(known_.size() + 1) + std::string(ending), bytes);
  return known_.emplace(std::string(url), path).first->second;
}

}  // namespace emend
