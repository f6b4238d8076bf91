// Walks the central directory and overwrites the time and date of each entry there and in its local header.
#include "stages/write/package/zip_times.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace emend {
namespace {

constexpr std::uint32_t local_header = 0x04034b50, central_header = 0x02014b50, end_of_directory = 0x06054b50;
constexpr std::size_t end_size = 22, central_size = 46, local_size = 30;

std::uint32_t number(const std::string& s, std::size_t at, int bytes) {
  std::uint32_t value = 0;
  for (int i = bytes; i-- > 0;) value = value << 8 | static_cast<unsigned char>(s[at + static_cast<std::size_t>(i)]);
  return value;
}

bool begins(const std::string& zip, std::size_t at, std::size_t size, std::uint32_t signature) {
  return at + size <= zip.size() && number(zip, at, 4) == signature;
}

/// Time 00:00:00, then date 1980-01-01.
void set_time(std::string& zip, std::size_t at) { zip.replace(at, 4, std::string("\0\0\x21\0", 4)); }

/// Where the end record is: the last one, since a comment may follow it. npos if there is none.
std::size_t end_record(const std::string& zip) {
  for (std::size_t at = zip.size() < end_size ? 0 : zip.size() - end_size + 1; at-- > 0;) {
    if (begins(zip, at, end_size, end_of_directory)) return at;
  }
  return std::string::npos;
}

}  // namespace

bool fix_zip_times(std::string& zip) {
  const std::size_t end = end_record(zip);
  if (end == std::string::npos) return false;
  std::vector<std::size_t> times;
  std::size_t at = number(zip, end + 16, 4);
  for (std::uint32_t entries = number(zip, end + 10, 2); entries > 0; --entries) {
    if (!begins(zip, at, central_size, central_header)) return false;
    const std::size_t local = number(zip, at + 42, 4);
    if (!begins(zip, local, local_size, local_header)) return false;
    times.push_back(at + 12);
    times.push_back(local + 10);
    at += central_size + number(zip, at + 28, 2) + number(zip, at + 30, 2) + number(zip, at + 32, 2);
  }
  for (const std::size_t time : times) set_time(zip, time);
  return true;
}

}  // namespace emend
