// Numbers as books print them: arabic, full-width, roman, Chinese, circled, raised ¹²³, and the marks * † ‡.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace emend {

enum class Numeral : std::uint8_t {
  none,
  arabic,
  roman_lower,
  roman_upper,
  chinese,
  circled,
  symbol,
  letter,
  superscript
};

struct Number {
  int value = 0;
  Numeral form = Numeral::none;
  std::size_t length = 0;  // bytes it takes, from the beginning of the text that was read

  explicit operator bool() const { return form != Numeral::none; }
};

/// The number that `s` begins with; form `none` if it does not begin with one. Chinese numerals must be well formed,
/// and Roman ones also not be followed by a letter. Values above 99,999 are not read.
Number read_number(std::string_view s);
/// The same, if nothing but the number is there.
Number read_whole_number(std::string_view s);
/// The value of a number in words of English, French or German headings: one, second, première, dritter, two hundred and
/// fifty-one; 0 if it is none. English words go to hundreds, the others to twelve. ASCII letters of either case are the
/// same.
int read_number_word(std::string_view word);
/// Roman digits of a value from 1 to 3999.
std::string roman(int value, bool upper);
/// `value` in the given form, as a page label; empty where the form has no such number.
std::string write_number(int value, Numeral form);

}  // namespace emend
