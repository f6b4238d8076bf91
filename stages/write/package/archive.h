// ZIP archives in memory, for EPUB and DOCX are such: members out, members in.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

struct ArchiveMember {
  std::string name;   // "EPUB/nav.xhtml"
  std::string bytes;  // not compressed
};

/// The members of the ZIP archive `zip` in their order, folders left out. Nothing if it is no archive, is damaged, or
/// holds more than 4 GiB.
std::optional<std::vector<ArchiveMember>> read_zip(std::string_view zip);

/// An archive of `members` in that order: all compressed, but `mimetype`, which EPUB wants as it is. All times are
/// 1 January 1980: equal members are equal bytes, with one version of zlib. Error(Exit::bug) if that fails.
std::string write_zip(const std::vector<ArchiveMember>& members);

/// The member called `name`, or nullptr.
ArchiveMember* find_member(std::vector<ArchiveMember>& members, std::string_view name);

}  // namespace emend
