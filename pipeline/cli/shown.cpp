// Escaping what a terminal would obey or hide.
#include "pipeline/cli/shown.h"

#include "pipeline/text/script.h"
#include "pipeline/text/utf8.h"

namespace emend {

namespace {

// Controls, marks that reverse or hide what stands beside them, and characters that break a line.
bool is_unsafe(char32_t c) {
  return c == not_a_character || c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

void append_escaped(std::string& out, std::string_view bytes) {
  if (bytes == "\n")
    out += "\\n";
  else if (bytes == "\t")
    out += "\\t";
  else if (bytes == "\r")
    out += "\\r";
  else
    for (const char c : bytes) {
      const auto b = static_cast<unsigned char>(c);
      out += {'\\', 'x', "0123456789abcdef"[b >> 4], "0123456789abcdef"[b & 15]};
    }
}

}  // namespace

std::string shown(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t from = i;
    if (is_unsafe(next_character(bytes, i)))
      append_escaped(out, bytes.substr(from, i - from));
    else
      out.append(bytes, from, i - from);
  }
  return out;
}

std::string shown_short(std::string_view bytes, std::size_t most) {
  bytes = trim(bytes);
  std::size_t i = 0;
  for (std::size_t n = 0; n < most && i < bytes.size(); ++n) next_character(bytes, i);
  return shown(bytes.substr(0, i)) + (i < bytes.size() ? "…" : "");
}

std::string quotation(std::string_view bytes) {
  std::string out = "'";
  out += shown(bytes);
  out += '\'';
  return out;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

std::string counted(std::size_t count, std::string_view one) { return counted(count, one, std::string(one) + 's'); }

}  // namespace emend
