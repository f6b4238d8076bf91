// Reading an archive from memory with libarchive, file by file, and never more of it than a book can be.
#include "stages/read/package/packed.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include "pipeline/document/error.h"

namespace emend {

namespace {

// OCR's XML is packed to a thirtieth of its size, seldom to less than a hundredth.
constexpr std::uint64_t most_times = 200, least_limit = 16 << 20, most_bytes = std::uint64_t{2} << 30;
constexpr std::size_t tar_magic_at = 257, block = 1 << 16;

struct Close {
  void operator()(archive* a) const { archive_read_free(a); }
};
using Archive = std::unique_ptr<archive, Close>;

[[noreturn]] void damaged(const std::string& name, archive* a) {
  const char* said = archive_error_string(a);
  throw Error(Exit::input, name + ": cannot be unpacked: " + (said ? said : "it is damaged") +
                               "; fetch it again, or unpack it and give the folder");
}

Archive opened(const std::string& name, std::string_view bytes) {
  Archive a(archive_read_new());
  archive_read_support_filter_gzip(a.get());
  archive_read_support_filter_bzip2(a.get());
  archive_read_support_filter_xz(a.get());
  archive_read_support_filter_zstd(a.get());
  archive_read_support_format_zip(a.get());
  archive_read_support_format_tar(a.get());
  archive_read_support_format_raw(a.get());
  if (archive_read_open_memory(a.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) damaged(name, a.get());
  return a;
}

// A name in an archive may be in any encoding; it is only sorted and shown.
std::string path_of(archive_entry* entry) {
  const char* path = archive_entry_pathname_utf8(entry);
  if (path == nullptr) path = archive_entry_pathname(entry);
  return path ? path : "";
}

bool of_no_one(std::string_view path) {
  return path.starts_with("__MACOSX/") || path.find("/.") != path.npos || path.starts_with('.');
}

// Adds the bytes of the entry, of which `left` more may come.
void read_entry(const std::string& name, archive* a, std::string& bytes, std::uint64_t& left) {
  std::array<char, block> buffer;
  for (;;) {
    const la_ssize_t got = archive_read_data(a, buffer.data(), buffer.size());
    if (got < 0) damaged(name, a);
    if (got == 0) return;
    const auto size = static_cast<std::size_t>(got);
    if (size > left)
      throw Error(Exit::input, name +
                                   ": holds far more than its size lets expect, as a bomb does; if it is a book, "
                                   "unpack it and give the folder");
    left -= size;
    bytes.append(buffer.data(), size);
  }
}

}  // namespace

bool is_packed(std::string_view bytes) {
  using namespace std::string_view_literals;
  constexpr std::string_view beginnings[] = {"PK\3\4"sv, "\x1F\x8B"sv, "BZh"sv,
                                             "\xFD"
                                             "7zXZ\0"sv,
                                             "\x28\xB5\x2F\xFD"sv};
  return std::any_of(std::begin(beginnings), std::end(beginnings), [&](auto b) { return bytes.starts_with(b); }) ||
         (bytes.size() > tar_magic_at && bytes.substr(tar_magic_at).starts_with("ustar"));
}

std::vector<PackedFile> unpack(const std::string& name, std::string_view bytes,
                               const std::function<bool(std::string_view path)>& wanted) {
  const Archive a = opened(name, bytes);
  std::uint64_t left = std::min(most_bytes, std::max(least_limit, most_times * bytes.size()));
  std::vector<PackedFile> files;
  for (archive_entry* entry = nullptr;;) {
    const int status = archive_read_next_header(a.get(), &entry);
    if (status == ARCHIVE_EOF) return files;
    if (status < ARCHIVE_WARN) damaged(name, a.get());
    const bool compressed_only = archive_format(a.get()) == ARCHIVE_FORMAT_RAW;
    if (!compressed_only && archive_entry_filetype(entry) != AE_IFREG) continue;
    std::string path = compressed_only ? "" : path_of(entry);
    if (of_no_one(path) || (!compressed_only && !wanted(path))) continue;
    files.push_back({std::move(path), ""});
    read_entry(name, a.get(), files.back().bytes, left);
  }
}

}  // namespace emend
