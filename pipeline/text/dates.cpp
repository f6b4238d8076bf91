// Days, months and years as citations print them, as TEI's @when has them.
#include "pipeline/text/dates.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::array<std::string_view, 41> months{
    "jan",       "feb",     "mar",      "apr",       "may",     "jun",   "jul",  "aug",     "sep",
    "oct",       "nov",     "dec",      "januar",    "februar", "märz",  "mai",  "juni",    "juli",
    "okt",       "dez",     "janvier",  "février",   "mars",    "avril", "juin", "juillet", "août",
    "septembre", "octobre", "novembre", "décembre",  "june",    "july",  "sept", "january", "february",
    "march",     "april",   "august",   "september", "oktober"};
constexpr std::array<int, 41> month_numbers{1, 2, 3, 4, 5, 6, 7, 8,  9,  10, 11, 12, 1, 2, 3, 5, 6, 7, 10, 12, 1,
                                            2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 6,  7,  9, 1, 2, 3, 4, 8, 9,  10};

int month_named(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  for (std::size_t k = 0; k < months.size(); ++k)
    if (months[k] == lower) return month_numbers[k];
  if (lower == "october" || lower == "november" || lower == "december" || lower == "dezember")
    return lower[0] == 'o' ? 10 : lower[0] == 'n' ? 11 : 12;
  return 0;
}

// 二〇一九 and 2019 alike, digit by digit.
std::string arabic_digits(std::string_view s) {
  static constexpr std::u32string_view han = U"〇一二三四五六七八九";
  std::string out;
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = next_character(s, i);
    const std::size_t digit = c == U'○' || c == U'零' ? 0 : han.find(c);
    if (digit != han.npos && c > 0x7F)
      out += static_cast<char>('0' + digit);
    else
      append_character(out, c == not_a_character ? U' ' : c);
  }
  return out;
}

std::string two(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

}  // namespace

std::string date_when(std::string_view printed) {
  const std::string s = arabic_digits(printed.substr(0, 80));
  int year = 0, month = 0;
  std::vector<int> small;  // days and months in digits, in order
  bool year_first = false;
  for (std::size_t i = 0; i < s.size();) {
    const auto c = static_cast<unsigned char>(s[i]);
    const std::size_t begin = i;
    if (is_digit(c)) {
      while (i < s.size() && is_digit(static_cast<unsigned char>(s[i]))) ++i;
      if (i - begin > 4) return {};
      const int n = std::stoi(s.substr(begin, i - begin));
      if (i - begin == 4 && year == 0)
        year = n, year_first = small.empty() && month == 0;
      else if (i - begin <= 2 && n > 0)
        small.push_back(n);
    } else if (is_ascii_letter(c) || c >= 0xC3) {
      while (i < s.size() &&
             (is_ascii_letter(static_cast<unsigned char>(s[i])) || static_cast<unsigned char>(s[i]) >= 0x80))
        ++i;
      if (month == 0) month = month_named(std::string_view(s).substr(begin, i - begin));
    } else {
      ++i;
    }
  }
  if (year == 0) return {};
  std::string out = std::to_string(year);
  if (year < 1000) return {};
  int day = 0;
  if (month != 0) {
    if (!small.empty()) day = small[0];
  } else if (year_first && !small.empty()) {
    month = small[0];
    if (small.size() > 1) day = small[1];
  } else if (small.size() == 2) {
    day = small[0], month = small[1];
  }
  if (month < 1 || month > 12) return out;
  out += "-" + two(month);
  return day >= 1 && day <= 31 ? out + "-" + two(day) : out;
}

}  // namespace emend
