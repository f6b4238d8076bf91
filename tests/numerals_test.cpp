// Numerals and number words, each against examples and against a slower way to the same answer.
#include <gtest/gtest.h>
#include <unicode/uchar.h>

#include <string>
#include <string_view>

#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "pipeline/text/utf8.h"
#include "tests/random.h"

namespace emend {
namespace {

TEST(Numerals, AreReadFromTheBeginning) {
  struct Case {
    std::string_view text;
    int value;
    Numeral form;
    std::size_t length;
  };
  const Case cases[] = {
      {"12. Text", 12, Numeral::arabic, 2},
      {"007", 7, Numeral::arabic, 3},
      {"１２", 12, Numeral::arabic, 6},
      {"99999", 99999, Numeral::arabic, 5},
      {"0", 0, Numeral::arabic, 1},
      {"xiv", 14, Numeral::roman_lower, 3},
      {"XIV.", 14, Numeral::roman_upper, 3},
      {"IV章", 4, Numeral::roman_upper, 2},
      {"MMMCMXCIX", 3999, Numeral::roman_upper, 9},
      {"三", 3, Numeral::chinese, 3},
      {"十", 10, Numeral::chinese, 3},
      {"十二、", 12, Numeral::chinese, 6},
      {"二十", 20, Numeral::chinese, 6},
      {"一百零五", 105, Numeral::chinese, 12},
      {"一百一十", 110, Numeral::chinese, 12},
      {"二〇〇三", 2003, Numeral::chinese, 12},
      {"一九八零", 1980, Numeral::chinese, 12},
      {"廿三", 23, Numeral::chinese, 6},
      {"卅", 30, Numeral::chinese, 3},
      {"百廿", 120, Numeral::chinese, 6},
      {"两千", 2000, Numeral::chinese, 6},
      {"九千九百九十九", 9999, Numeral::chinese, 21},
      {"①", 1, Numeral::circled, 3},
      {"⑳x", 20, Numeral::circled, 3},
      {"㉑", 21, Numeral::circled, 3},
      {"㊿", 50, Numeral::circled, 3},
      {"⑴", 1, Numeral::circled, 3},
      {"❿", 10, Numeral::circled, 3},
      {"⓫", 11, Numeral::circled, 3},
      {"⓾", 10, Numeral::circled, 3},
      {"*", 1, Numeral::symbol, 1},
      {"＊", 1, Numeral::symbol, 3},
      {"† See", 2, Numeral::symbol, 3},
      {"¶", 6, Numeral::symbol, 2},
      {"** a", 7, Numeral::symbol, 2},
      {"†††", 14, Numeral::symbol, 9},
      {"*†", 1, Numeral::symbol, 1},
  };
  for (const Case& c : cases) {
    const Number n = read_number(c.text);
    EXPECT_EQ(n.value, c.value) << c.text;
    EXPECT_EQ(n.form, c.form) << c.text;
    EXPECT_EQ(n.length, c.length) << c.text;
    EXPECT_EQ(static_cast<bool>(read_whole_number(c.text)), c.length == c.text.size()) << c.text;
  }
}

TEST(Numerals, AreNotReadWhereThereAreNone) {
  const std::string_view cases[] = {
      "",     "a",    " 1",       "-1",     "第一",   "100000", "IIII", "IVI",          "VX",
      "IC",   "iix",  "xivth",    "Iv",     "MMMM",   "mild",   "Vé",   "vд",           "IIV",
      "XXXX", "\xFF", "\xE4\xB8", "二三十", "十二三", "十百",   "一廿", "一二三四五六", "IXIVIXIVIXIVIXIVIX"};
  for (const std::string_view s : cases) {
    const Number n = read_number(s);
    EXPECT_FALSE(n) << s;
    EXPECT_EQ(n.length, 0u) << s;
  }
  EXPECT_EQ(read_number(std::string(166, '*')).value, 991);
  EXPECT_FALSE(read_number(std::string(168, '*')));  // as far as it need be counted
  EXPECT_FALSE(read_number(std::string(1 << 20, '*')));
  EXPECT_FALSE(read_number(std::string(1 << 20, '9')));
  EXPECT_FALSE(read_number(std::string(1 << 20, 'M')));
}

TEST(Numerals, OfEveryFormAreReadAsTheyAreWritten) {
  const std::pair<Numeral, int> forms[] = {{Numeral::arabic, 9999},      {Numeral::roman_lower, 3999},
                                           {Numeral::roman_upper, 3999}, {Numeral::chinese, 9999},
                                           {Numeral::circled, 50},       {Numeral::symbol, 50}};
  for (const auto& [form, most] : forms) {
    for (int value = 1; value <= most; ++value) {
      const std::string written = write_number(value, form);
      const Number n = read_whole_number(written);
      ASSERT_EQ(n.value, value) << written;
      ASSERT_EQ(n.form, form) << written;
    }
    EXPECT_EQ(write_number(0, form), "");
    EXPECT_EQ(write_number(-1, form), "");
    EXPECT_EQ(write_number(10000, form), "");
  }
  EXPECT_EQ(write_number(4000, Numeral::roman_lower), "");
  EXPECT_EQ(write_number(51, Numeral::circled), "");
  EXPECT_EQ(write_number(1, Numeral::none), "");
  EXPECT_EQ(write_number(1010, Numeral::chinese), "一千零一十");
  EXPECT_EQ(write_number(8, Numeral::symbol), "††");
  EXPECT_EQ(roman(1994, true), "MCMXCIV");
}

TEST(Numerals, RomanOnesAreReadOnlyIfWellFormed) {
  std::vector<std::string> good;
  for (int value = 1; value <= 3999; ++value) good.push_back(roman(value, false));
  std::sort(good.begin(), good.end());
  Random random(23);
  constexpr std::array<std::string_view, 7> digits = {"i", "v", "x", "l", "c", "d", "m"};
  for (int i = 0; i < 100000; ++i) {
    const std::string s = random.text(digits, 7);
    ASSERT_EQ(static_cast<bool>(read_number(s)), std::binary_search(good.begin(), good.end(), s)) << s;
  }
}

TEST(Numerals, KnowEveryEnclosedNumber) {
  for (char32_t c = 0x2000; c < 0x3400; ++c) {
    std::string s;
    append_character(s, c);
    const Number n = read_number(s);
    EXPECT_TRUE(n.form == Numeral::circled || !is_enclosed_number(c)) << s;
    EXPECT_TRUE(n.form != Numeral::circled || n.value == static_cast<int>(u_getNumericValue(static_cast<UChar32>(c))))
        << s;
  }
}

TEST(Numerals, AreReadFromAnyBytes) {
  constexpr std::array<std::string_view, 16> parts = {"1",  "９", "x", "I", "十", "百",   "廿", "三",
                                                      "〇", "零", "①", "*", "‡",  "\xE4", " ",  "两"};
  Random random(29);
  for (int i = 0; i < 60000; ++i) {
    const std::string s = random.text(parts, 10);
    const Number n = read_number(s);
    ASSERT_LE(n.length, s.size());
    ASSERT_EQ(static_cast<bool>(n), n.length > 0) << s;
    ASSERT_TRUE(n.value >= 0 && n.value <= 99999) << s;
  }
}

TEST(NumberWords, AreReadByTheirBeginnings) {
  struct Case {
    const char* word;
    int value;
  };
  for (const Case& c : {Case{"One", 1},
                        {"SECOND", 2},
                        {"third", 3},
                        {"sixth", 6},
                        {"seventh", 7},
                        {"première", 1},
                        {"DEUXIÈME", 2},
                        {"Sixième", 6},
                        {"Erster", 1},
                        {"drittes", 3},
                        {"siebente", 7},
                        {"Zwölftes", 12},
                        {"dreizehntes", 13},
                        {"einundzwanzigste", 21},
                        {"DIX-SEPTIEME", 17},
                        {"vingt et unième", 21},
                        {"décimo tercero", 13},
                        {"secundus", 2},
                        {"segundo", 2},
                        {"двадцать вторая", 22},
                        {"пятнадцатая", 15},
                        {"river", 0},
                        {"two hundred and fifty-one", 251},
                        {"Twenty-First", 21},
                        {"TERCERA", 3},
                        {"achtste", 8},
                        {"tiende", 10},
                        {"sjunde", 7},
                        {"andet", 2},
                        {"trzeci", 3},
                        {"čtvrtá", 4},
                        {"nonum", 9},
                        {"harmadik", 3},
                        {"ensimmäinen", 1},
                        {"drugo", 2},
                        {"", 0}})
    EXPECT_EQ(read_number_word(c.word), c.value) << c.word;
}

}  // namespace
}  // namespace emend
