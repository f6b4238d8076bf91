// Bytes that live as long as the document they belong to; allocation is a pointer bump.
#pragma once
#include <memory_resource>
#include <string_view>

namespace emend {

class Arena {
 public:
  /// A copy of `bytes` that lives as long as the arena.
  std::string_view keep(std::string_view bytes) {
    if (bytes.empty()) return {};
    char* copy = static_cast<char*>(store_.allocate(bytes.size(), 1));
    bytes.copy(copy, bytes.size());
    return {copy, bytes.size()};
  }

 private:
  std::pmr::monotonic_buffer_resource store_{std::size_t{1} << 16};
};

}  // namespace emend
