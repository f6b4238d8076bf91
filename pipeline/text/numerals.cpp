// Reading and writing numerals.
#include "pipeline/text/numerals.h"

#include <algorithm>
#include <array>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::pair<int, std::string_view> romans[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                                                       {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                                                       {5, "v"},    {4, "iv"},   {1, "i"}};

Number read_arabic(std::string_view s) {
  Number n;
  for (std::size_t i = 0; i < s.size();) {
    std::size_t next = i;
    char32_t c = next_character(s, next);
    if (c >= 0xFF10 && c <= 0xFF19) c -= 0xFF10 - '0';
    if (!is_digit(c)) break;
    if (n.value > 9999) return {};
    n.value = n.value * 10 + static_cast<int>(c - '0');
    n.form = Numeral::arabic;
    n.length = i = next;
  }
  return n;
}

Number read_roman(std::string_view s) {
  constexpr std::string_view lower = "ivxlcdm", upper = "IVXLCDM";
  std::size_t end = 0;
  std::string digits;
  const bool is_upper_case = !s.empty() && upper.find(s[0]) != upper.npos;
  while (end < s.size() && digits.size() < 16) {
    const std::size_t at = (is_upper_case ? upper : lower).find(s[end]);
    if (at == upper.npos) break;
    digits += lower[at];
    ++end;
  }
  if (digits.empty()) return {};
  std::size_t next = end;
  if (end < s.size() && is_letter(next_character(s, next))) return {};
  int value = 0;
  std::string_view left = digits;
  for (const auto& [worth, digit] : romans)
    while (left.starts_with(digit)) value += worth, left.remove_prefix(digit.size());
  if (!left.empty() || value > 3999 || roman(value, false) != digits) return {};
  return {value, is_upper_case ? Numeral::roman_upper : Numeral::roman_lower, end};
}

int chinese_digit(char32_t c) {
  constexpr std::u32string_view digits = U"〇一二三四五六七八九";
  if (c == U'零') return 0;
  if (c == U'两' || c == U'兩') return 2;
  const std::size_t at = digits.find(c);
  return at == digits.npos ? -1 : static_cast<int>(at);
}

int chinese_unit(char32_t c) {
  return c == U'十' ? 10 : c == U'百' ? 100 : c == U'千' ? 1000 : c == U'廿' ? 20 : c == U'卅' ? 30 : 0;
}

// 二十三, 一百零五, 廿三, and positional 一〇五. Units fall, with one digit before each and at most one behind them:
// 二三十 and 十二三, which mean "two or three", are not read.
Number read_chinese(std::string_view s) {
  int total = 0, digit = -1, last_unit = 10000;
  std::size_t end = 0;
  while (end < s.size()) {
    std::size_t next = end;
    const char32_t c = next_character(s, next);
    const int d = chinese_digit(c), unit = chinese_unit(c);
    const bool positional = last_unit == 10000;
    if (d < 0 && unit == 0) break;
    if (unit == 20 || unit == 30) {
      if (digit > 0 || last_unit <= 10) return {};
      total += unit;
      digit = -1;
      last_unit = 10;
    } else if (unit != 0) {
      if (digit > 9 || unit >= last_unit) return {};
      total += std::max(digit, 1) * unit;
      digit = -1;
      last_unit = unit;
    } else {
      if (!positional && digit > 0) return {};
      digit = positional && digit >= 0 ? digit * 10 + d : d;
    }
    if (digit > 99999) return {};
    end = next;
  }
  if (end == 0) return {};
  return {total + std::max(digit, 0), Numeral::chinese, end};
}

Number read_enclosed(std::string_view s) {
  std::size_t end = 0;
  const char32_t c = next_character(s, end);
  constexpr std::array<std::array<char32_t, 3>, 12> rows = {{{0x2460, 0x2473, 1},     // ①
                                                             {0x2474, 0x2487, 1},     // ⑴
                                                             {0x2488, 0x249B, 1},     // ⒈
                                                             {0x24EA, 0x24EA, 0},     // ⓪
                                                             {0x24EB, 0x24F4, 11},    // ⓫
                                                             {0x24F5, 0x24FE, 1},     // ⓵
                                                             {0x24FF, 0x24FF, 0},     // ⓿
                                                             {0x2776, 0x277F, 1},     // ❶
                                                             {0x2780, 0x2789, 1},     // ➀
                                                             {0x278A, 0x2793, 1},     // ➊
                                                             {0x3251, 0x325F, 21},    // ㉑
                                                             {0x32B1, 0x32BF, 36}}};  // ㊱
  for (const auto& [first, last, value] : rows)
    if (c >= first && c <= last) return {static_cast<int>(c - first + value), Numeral::circled, end};
  return {};
}

// ⁰ and ⁴ to ⁹ are a row, ¹ ² ³ are older and stand elsewhere.
int superscript_digit(char32_t c) {
  return c == 0xB9                                     ? 1
         : c == 0xB2 || c == 0xB3                      ? static_cast<int>(c - 0xB0)
         : c == 0x2070 || (c >= 0x2074 && c <= 0x2079) ? static_cast<int>(c - 0x2070)
                                                       : -1;
}

Number read_superscript(std::string_view s) {
  Number n;
  for (std::size_t i = 0; i < s.size() && n.value <= 9999;) {
    const int digit = superscript_digit(next_character(s, i));
    if (digit < 0) break;
    n = {n.value * 10 + digit, Numeral::superscript, i};
  }
  return n;
}

constexpr int most_by_symbols = 999;  // no mark has a higher number: a longer row is a rule, and need not be counted

// * † ‡ § ‖ ¶, then ** †† …: the printers' order of note marks.
Number read_symbol(std::string_view s) {
  constexpr std::u32string_view marks = U"*†‡§‖¶";
  std::size_t end = 0;
  char32_t c = next_character(s, end);
  if (c == U'＊' || c == U'∗') c = U'*';
  const std::size_t at = marks.find(c);
  if (at == marks.npos) return {};
  const std::string_view mark = s.substr(0, end);
  int value = static_cast<int>(at) + 1;
  for (; s.substr(end).starts_with(mark); end += mark.size()) {
    value += 6;
    if (value > most_by_symbols) return {};
  }
  return {value, Numeral::symbol, end};
}

}  // namespace

Number read_number(std::string_view s) {
  if (s.empty()) return {};
  for (auto* read : {read_arabic, read_enclosed, read_chinese, read_superscript, read_symbol, read_roman})
    if (const Number n = read(s)) return n;
  return {};
}

Number read_whole_number(std::string_view s) {
  const Number n = read_number(s);
  return n.length == s.size() ? n : Number{};
}

std::string roman(int value, bool upper) {
  std::string out;
  for (const auto& [worth, digit] : romans)
    for (; value >= worth; value -= worth) out += digit;
  if (upper)
    for (char& c : out) c = static_cast<char>(c - 'a' + 'A');
  return out;
}

namespace {
std::string chinese(int value) {
  constexpr std::string_view digits[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  constexpr std::pair<int, std::string_view> units[] = {{1000, "千"}, {100, "百"}, {10, "十"}};
  std::string out;
  bool gap = false;
  for (const auto& [worth, unit] : units) {
    const int digit = value / worth % 10;
    if (digit == 0) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += "零";
    gap = false;
    if (digit != 1 || worth != 10 || !out.empty()) out += digits[digit];
    out += unit;
  }
  if (value % 10 != 0) out.append(gap ? "零" : "").append(digits[value % 10]);
  return out;
}
}  // namespace

std::string write_number(int value, Numeral form) {
  if (value < 1 || value > 9999) return {};
  std::string out;
  switch (form) {
    case Numeral::arabic: return std::to_string(value);
    case Numeral::roman_lower: return value < 4000 ? roman(value, false) : out;
    case Numeral::roman_upper: return value < 4000 ? roman(value, true) : out;
    case Numeral::chinese: return chinese(value);
    case Numeral::circled:
      if (value <= 50)
        append_character(out, static_cast<char32_t>(value <= 20   ? 0x245F + value
                                                    : value <= 35 ? 0x323C + value
                                                                  : 0x328D + value));
      return out;
    case Numeral::symbol: {
      constexpr std::u32string_view marks = U"*†‡§‖¶";
      for (int i = 0; i <= (value - 1) / 6; ++i)
        append_character(out, marks[static_cast<std::size_t>((value - 1) % 6)]);
      return out;
    }
    case Numeral::superscript:
      for (const char c : std::to_string(value))
        append_character(out, c == '1'               ? U'¹'
                              : c == '2' || c == '3' ? static_cast<char32_t>(c - '0' + 0xB0)
                                                     : static_cast<char32_t>(c - '0' + 0x2070));
      return out;
    default: return out;
  }
}

}  // namespace emend
