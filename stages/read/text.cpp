// Telling text from what is none.
#include "stages/read/text.h"

#include <algorithm>

#include "pipeline/document/commit.h"
#include "pipeline/document/error.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t largest = 0xFFFFFFF0u;

bool is_blank_text(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = next_character(s, i);
    if (!is_blank(c) && c != '\n' && c != '\r' && c != '\f' && c != 0xFEFF) return false;
  }
  return true;
}

}  // namespace

Document read_text(std::string name, std::string bytes) {
  const auto refuse = [&](const std::string& why) { throw Error(Exit::input, name + ": " + why); };
  if (bytes.empty()) refuse("is empty; there is nothing to convert");
  if (bytes.size() > largest) refuse("is larger than 4 GiB; split it into volumes");
  if (const std::size_t nul = bytes.find('\0'); nul != bytes.npos)
    refuse("is not text: there is a NUL byte at offset " + std::to_string(nul) +
           "; give the text that was extracted from it");
  const auto control = std::count_if(bytes.begin(), bytes.end(), [](char c) {
    return (c >= 0 && c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f') || c == 0x7F;
  });
  if (static_cast<std::size_t>(control) > bytes.size() / 10 + 8)
    refuse("is not text: more than a tenth of it are control characters; give the text that was extracted from it");
  if (is_blank_text(bytes)) refuse("holds nothing but white space; there is nothing to convert");
  return open_document(std::move(name), std::move(bytes));
}

}  // namespace emend
