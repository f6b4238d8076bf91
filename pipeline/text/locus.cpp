// Reading a printed page number in the forms that lists of entries give it.
#include "pipeline/text/locus.h"

#include "pipeline/text/script.h"

namespace emend {

namespace {

std::string_view without_brackets(std::string_view s) {
  while (!s.empty() && around_a_page.find(first_character(s)) != around_a_page.npos) {
    std::size_t next = 0;
    next_character(s, next);
    s.remove_prefix(next);
  }
  while (!s.empty() && around_a_page.find(last_character(s)) != around_a_page.npos)
    s.remove_suffix(s.size() - character_before(s, s.size()));
  return trim(s);
}

// 第12页 and p. 12 are 12.
std::string_view without_the_word_page(std::string_view s) {
  constexpr std::string_view before[] = {"第", "pp.", "p.", "P.", "S.", "s.", "P", "p"}, behind[] = {"页", "頁"};
  for (const std::string_view word : behind)
    if (s.ends_with(word)) s.remove_suffix(word.size());
  for (const std::string_view word : before)
    if (s.starts_with(word)) return trim(s.substr(word.size()));
  return s;
}

// 一二 as signs make pages: each stands for itself.
Number read_chinese_digits(std::string_view s) {
  constexpr std::u32string_view digits = U"〇一二三四五六七八九";
  Number n;
  for (std::size_t i = 0; i < s.size() && n.value < 10000;) {
    const std::size_t digit = digits.find(next_character(s, i));
    if (digit == digits.npos) return {};
    n.value = n.value * 10 + static_cast<int>(digit);
  }
  if (n.value > 0) n.form = Numeral::chinese, n.length = s.size();
  return n;
}

}  // namespace

Number read_locus(std::string_view s) {
  std::string_view text = without_the_word_page(without_brackets(trim(s)));
  if (const Number n = read_whole_number(text)) return n;
  if (const Number n = read_chinese_digits(text)) return n;
  const Number first = read_number(text);  // 12–17
  if (first.form != Numeral::arabic || first.length >= text.size()) return {};
  const char32_t dash = first_character(text.substr(first.length));
  std::size_t behind = first.length;
  next_character(text, behind);
  const Number last = read_whole_number(text.substr(behind));
  const bool range = (dash == '-' || dash == U'–' || dash == U'—') && last && last.value > first.value;
  return range ? first : Number{};
}

bool is_lone_locus(std::string_view line) {
  constexpr std::size_t longest = 13;  // bytes: xxxviii, （12）
  const std::string_view text = trim(line);
  const Number n = text.size() <= longest ? read_locus(text) : Number{};
  return n && n.form != Numeral::chinese && n.form != Numeral::symbol && n.form != Numeral::circled &&
         n.form != Numeral::superscript;
}

}  // namespace emend
