// libzip, behind two functions.
#include "stages/write/package/archive.h"

#include <zip.h>

#include <algorithm>
#include <cstdint>
#include <memory>

#include "pipeline/document/error.h"
#include "stages/write/package/zip_times.h"

namespace emend {
namespace {

constexpr std::uint64_t most_bytes = std::uint64_t{4} << 30;

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using File = std::unique_ptr<zip_file_t, Discard>;
using Source = std::unique_ptr<zip_source_t, Discard>;

[[noreturn]] void failed(const char* what) {
  throw Error(Exit::bug, std::string("a ZIP archive cannot be made: ") + what + "; please report it");
}

/// Adds one member, whose bytes must outlive the closing of `archive`.
void add(zip_t* archive, const ArchiveMember& member) {
  zip_source_t* const content = zip_source_buffer(archive, member.bytes.data(), member.bytes.size(), 0);
  if (!content) failed("no memory");
  const zip_int64_t index = zip_file_add(archive, member.name.c_str(), content, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(content);
    failed(member.name.c_str());
  }
  const auto place = static_cast<zip_uint64_t>(index);
  zip_set_file_compression(archive, place, member.name == "mimetype" ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 6);
  zip_file_set_mtime(archive, place, 315576000, 0);  // set in full below; this only keeps the clock out
}

}  // namespace

std::optional<std::vector<ArchiveMember>> read_zip(std::string_view zip) {
  Source source(zip_source_buffer_create(zip.data(), zip.size(), 0, nullptr));
  if (!source) return std::nullopt;
  const Archive archive(zip_open_from_source(source.get(), ZIP_RDONLY, nullptr));
  if (!archive) return std::nullopt;
  source.release();  // the archive owns it now
  std::vector<ArchiveMember> members;
  std::uint64_t total = 0;
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(std::max<zip_int64_t>(count, 0)); ++i) {
    zip_stat_t about;
    if (zip_stat_index(archive.get(), i, 0, &about) != 0 || !(about.valid & ZIP_STAT_SIZE)) return std::nullopt;
    const std::string_view name = about.name;
    if (name.ends_with('/')) continue;
    total += about.size;
    if (about.size > most_bytes || total > most_bytes) return std::nullopt;
    const File file(zip_fopen_index(archive.get(), i, 0));
    if (!file) return std::nullopt;
    ArchiveMember member{std::string(name), std::string(about.size, '\0')};
    if (zip_fread(file.get(), member.bytes.data(), about.size) != static_cast<zip_int64_t>(about.size)) {
      return std::nullopt;
    }
    members.push_back(std::move(member));
  }
  return members;
}

std::string write_zip(const std::vector<ArchiveMember>& members) {
  const Source target(zip_source_buffer_create(nullptr, 0, 0, nullptr));
  if (!target) failed("no memory");
  zip_source_keep(target.get());  // so that it is there when the archive is closed
  Archive archive(zip_open_from_source(target.get(), ZIP_TRUNCATE, nullptr));
  if (!archive) {
    zip_source_free(target.get());
    failed("cannot begin");
  }
  for (const ArchiveMember& member : members) add(archive.get(), member);
  if (zip_close(archive.get()) != 0) failed(zip_strerror(archive.get()));
  archive.release();
  zip_stat_t about;
  if (zip_source_stat(target.get(), &about) != 0 || zip_source_open(target.get()) != 0) failed("cannot read it back");
  std::string bytes(about.size, '\0');
  const zip_int64_t read = zip_source_read(target.get(), bytes.data(), bytes.size());
  zip_source_close(target.get());
  if (read != static_cast<zip_int64_t>(bytes.size()) || !fix_zip_times(bytes)) failed("cannot read it back");
  return bytes;
}

ArchiveMember* find_member(std::vector<ArchiveMember>& members, std::string_view name) {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const ArchiveMember& m) { return m.name == name; });
  return found == members.end() ? nullptr : &*found;
}

}  // namespace emend
