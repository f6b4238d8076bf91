// Any bytes as a Markdown to convert.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/entries.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string wrong = emend::try_convert({reinterpret_cast<const char*>(data), size}, "markdown");
  if (wrong.empty()) return 0;
  std::fprintf(stderr, "%s\n", wrong.c_str());
  std::abort();
}
