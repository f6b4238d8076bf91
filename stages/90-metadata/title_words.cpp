// Letters, ideographs and signs of a line are counted.
#include "stages/90-metadata/title_words.h"

#include <cstddef>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"

namespace emend {

bool has_lower(std::string_view s) {
  for (std::size_t i = 0; i < s.size();)
    if (is_lower(next_character(s, i))) return true;
  return false;
}

bool mostly_han(std::string_view s) {
  std::size_t han = 0, letters = 0;
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = next_character(s, i);
    han += is_cjk(c);
    letters += is_letter(c);
  }
  return 2 * han > letters;
}

std::string_view without_title_marks(std::string_view s) {
  constexpr std::string_view open = "《", close = "》";
  if (!s.starts_with(open) || !s.ends_with(close)) return s;
  const std::string_view inner = s.substr(open.size(), s.size() - open.size() - close.size());
  return inner.empty() || inner.find(open) != inner.npos || inner.find(close) != inner.npos ? s : inner;
}

bool is_han_sentence(std::string_view s) { return ends_sentence(s) && s.find("，") != s.npos; }

bool is_words(std::string_view s) {
  s = without_title_marks(s);
  std::size_t letters = 0, all = 0;
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = next_character(s, i);
    letters += is_letter(c) || is_han(c) || is_kana(c) || is_digit(c);
    all += !is_blank(c);
  }
  return 3 * letters > 2 * all && letters > 1;
}

}  // namespace emend
