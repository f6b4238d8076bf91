// A lookup in a table of a few dozen lines, embedded as text.
#include "stages/write/package/book_words.h"

#include <algorithm>
#include <array>

namespace emend {
namespace embedded {
extern const std::string_view words;
}
namespace {

/// The part of the table below [language], or nothing.
std::string_view section(std::string_view language) {
  const std::string_view table = embedded::words;
  for (std::size_t at = table.find("\n["); at != std::string_view::npos; at = table.find("\n[", at + 2)) {
    const std::size_t end = table.find("]\n", at);
    if (end == std::string_view::npos || table.substr(at + 2, end - at - 2) != language) continue;
    const std::size_t next = std::min(table.find("\n[", end), table.size());
    return table.substr(end + 1, next - end - 1);
  }
  return {};
}

std::string_view word_in(std::string_view section, std::string_view key) {
  for (std::size_t at = section.find(key); at != std::string_view::npos; at = section.find(key, at + 1)) {
    if (at == 0 || section[at - 1] != '\n' || !section.substr(at + key.size()).starts_with(" = ")) continue;
    const std::size_t start = at + key.size() + 3;
    return section.substr(start, std::min(section.find('\n', start), section.size()) - start);
  }
  return {};
}

/// Chinese without a script is taken by its region.
std::string_view tag_of(std::string_view language) {
  if (language == "zh-TW" || language == "zh-HK" || language == "zh-MO") return "zh-Hant";
  return language == "zh" || language == "zh-CN" || language == "zh-SG" ? "zh-Hans" : language;
}

}  // namespace

std::string_view book_word(std::string_view key, std::string_view language) {
  language = tag_of(language);
  for (;;) {
    if (const std::string_view word = word_in(section(language), key); !word.empty()) return word;
    const std::size_t dash = language.rfind('-');
    if (dash == std::string_view::npos) return word_in(section("en"), key);
    language = tag_of(language.substr(0, dash));
  }
}

bool is_right_to_left(std::string_view language) {
  static constexpr std::array<std::string_view, 11> scripts{"-Arab", "-Hebr", "-Syrc", "-Thaa", "-Nkoo", "-Adlm",
                                                            "-Rohg", "-Mand", "-Samr", "-Aran", "-Latn"};
  for (const std::string_view script : scripts) {
    if (language.find(script) != std::string_view::npos) return script != "-Latn";
  }
  static constexpr std::array<std::string_view, 12> languages{"ar", "he", "fa", "ur",  "yi",  "ps",
                                                              "sd", "ug", "dv", "syr", "ckb", "iw"};
  const std::string_view first = language.substr(0, language.find('-'));
  return std::find(languages.begin(), languages.end(), first) != languages.end();
}

}  // namespace emend
