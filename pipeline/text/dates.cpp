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

// What a date says, in the order in which it does.
struct SaidDate {
  int year = 0, month = 0;
  std::vector<int> small;  // days and months in digits
  bool year_first = false;
  bool too_long = false;  // a number of more than four digits is none of a date
};

SaidDate said_date(const std::string& s) {
  SaidDate said;
  for (std::size_t i = 0; i < s.size();) {
    const auto c = static_cast<unsigned char>(s[i]);
    const std::size_t begin = i;
    if (is_digit(c)) {
      i = std::min(s.find_first_not_of("0123456789", i), s.size());
      said.too_long = said.too_long || i - begin > 4;
      if (said.too_long) return said;
      const int n = std::stoi(s.substr(begin, i - begin));
      if (i - begin == 4 && said.year == 0)
        said.year = n, said.year_first = said.small.empty() && said.month == 0;
      else if (i - begin <= 2 && n > 0)
        said.small.push_back(n);
    } else if (is_ascii_letter(c) || c >= 0xC3) {
      while (i < s.size() &&
             (is_ascii_letter(static_cast<unsigned char>(s[i])) || static_cast<unsigned char>(s[i]) >= 0x80))
        ++i;
      if (said.month == 0) said.month = month_named(std::string_view(s).substr(begin, i - begin));
    } else {
      ++i;
    }
  }
  return said;
}

// OCR and templates date books to days that no year has, and @when takes none of them.
bool is_day(int year, int month, int day) {
  constexpr std::array<int, 12> days{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day >= 1 && day <= days[static_cast<std::size_t>(month - 1)] && (month != 2 || day < 29 || leap);
}

}  // namespace

std::string date_when(std::string_view printed) {
  SaidDate said = said_date(arabic_digits(printed.substr(0, 80)));
  if (said.too_long || said.year < 1000) return {};
  const std::vector<int>& small = said.small;
  std::string out = std::to_string(said.year);
  int day = 0;
  if (said.month != 0) {
    if (!small.empty()) day = small[0];
  } else if (said.year_first && !small.empty()) {
    said.month = small[0];
    if (small.size() > 1) day = small[1];
  } else if (small.size() == 2) {
    day = small[0], said.month = small[1];
  }
  if (said.month < 1 || said.month > 12) return out;
  out += "-" + two(said.month);
  return is_day(said.year, said.month, day) ? out + "-" + two(day) : out;
}

}  // namespace emend
