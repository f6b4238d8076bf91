// Characters, similarity and widths, each against examples and against a slower way to the same answer.
#include <gtest/gtest.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "pipeline/text/utf8.h"
#include "tests/random.h"

namespace emend {
namespace {

// Bytes at the borders of what UTF-8 allows, so that random strings of them are valid now and then.
constexpr std::array<std::string_view, 34> shards = {"a",
                                                     "\x7F",
                                                     "\x80",
                                                     "\x8F",
                                                     "\x90",
                                                     "\x9F",
                                                     "\xA0",
                                                     "\xBF",
                                                     "\xC0",
                                                     "\xC1",
                                                     "\xC2",
                                                     "\xDF",
                                                     "\xE0",
                                                     "\xE4",
                                                     "\xED",
                                                     "\xEF",
                                                     "\xF0",
                                                     "\xF1",
                                                     "\xF4",
                                                     "\xF5",
                                                     "\xFF",
                                                     "\xE4\xB8",
                                                     "\xF0\x9F\x98",
                                                     "字",
                                                     "①",
                                                     "é",
                                                     "😀",
                                                     "\xED\xA0\x80",
                                                     "\xF4\x8F\xBF\xBF",
                                                     "\xF4\x90\x80\x80",
                                                     "\xE0\x9F\xBF",
                                                     "\xF0\x8F\xBF\xBF",
                                                     "\xEF\xBF\xBF",
                                                     std::string_view("\0", 1)};

// Holds the character that begins at `at` against ICU's decoder.
void expect_as_icu(const std::string& s, std::size_t at) {
  std::size_t next = at;
  const char32_t c = next_character(s, next);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(s.data());
  auto icu_next = static_cast<std::int32_t>(at);
  UChar32 icu = 0;
  U8_NEXT(bytes, icu_next, static_cast<std::int32_t>(s.size()), icu);
  if (icu < 0) {
    ASSERT_EQ(c, not_a_character) << testing::PrintToString(s) << " at " << at;
    ASSERT_EQ(next, at + 1);
  } else {
    ASSERT_EQ(c, static_cast<char32_t>(icu)) << testing::PrintToString(s) << " at " << at;
    ASSERT_EQ(next, static_cast<std::size_t>(icu_next));
    std::string again;
    append_character(again, c);
    ASSERT_EQ(again, s.substr(at, next - at));
  }
}

TEST(Utf8, IsDecodedAsIcuDoes) {
  Random random(3);
  for (int i = 0; i < 60000 && !testing::Test::HasFatalFailure(); ++i) {
    const std::string s = i % 2 == 0 ? random.bytes(12) : random.text(shards, 6);
    for (std::size_t at = 0; at < s.size(); ++at) expect_as_icu(s, at);
  }
}

TEST(Utf8, OfEveryCharacterIsRead) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    std::string s;
    append_character(s, c);
    std::size_t next = 0;
    const char32_t read = next_character(s, next);
    const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
    ASSERT_EQ(read, surrogate ? not_a_character : c);
    ASSERT_EQ(next, surrogate ? 1 : s.size());
  }
}

TEST(Utf8, IsTheSameBackwards) {
  Random random(5);
  for (int i = 0; i < 40000; ++i) {
    const std::string s = random.text(shards, 8);
    std::vector<std::size_t> forwards, backwards;
    for (std::size_t at = 0; at < s.size();) forwards.push_back(at), next_character(s, at);
    for (std::size_t end = s.size(); end > 0;) backwards.push_back(end = character_before(s, end));
    std::reverse(backwards.begin(), backwards.end());
    ASSERT_EQ(forwards, backwards) << testing::PrintToString(s);
    ASSERT_EQ(characters(s).size(), forwards.size());
    ASSERT_EQ(last_character(s), s.empty() ? not_a_character : characters(s).back());
    ASSERT_EQ(first_character(s), s.empty() ? not_a_character : characters(s).front());
  }
}

TEST(Script, KnowsCapitalFromSmallAsIcuDoes) {
  for (char32_t c = 0; c <= 0x17F; ++c) {
    if (!is_latin(c)) continue;
    EXPECT_EQ(is_upper(c), u_isupper(static_cast<UChar32>(c)) != 0) << static_cast<std::uint32_t>(c);
    EXPECT_EQ(is_lower(c), u_islower(static_cast<UChar32>(c)) != 0) << static_cast<std::uint32_t>(c);
  }
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    ASSERT_TRUE(!is_upper(c) || c == 0x3A2 || u_isupper(static_cast<UChar32>(c))) << static_cast<std::uint32_t>(c);
    ASSERT_TRUE(!is_lower(c) || u_islower(static_cast<UChar32>(c))) << static_cast<std::uint32_t>(c);
  }
}

TEST(Script, HanIsWhatUnicodeCallsIdeographic) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c)
    ASSERT_TRUE(!is_han(c) || c == 0x3005 || !u_isdefined(static_cast<UChar32>(c)) ||
                u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_IDEOGRAPHIC))
        << static_cast<std::uint32_t>(c);
  for (const char32_t c : U"中鿿㐀𠀀豈〇々") EXPECT_EQ(is_cjk(c), c != 0);
  for (const char32_t c : U"aé—“”·1.") EXPECT_FALSE(is_cjk(c));
  for (const char32_t c : U"，。、；：？！（）《》「」【】") EXPECT_EQ(is_wide_punctuation(c), c != 0);
  EXPECT_FALSE(is_cjk(not_a_character));
}

TEST(Trim, TakesTheBlanksOfAnyScriptFromTheEnds) {
  const std::pair<std::string_view, std::string_view> cases[] = {{"", ""},
                                                                 {" ", ""},
                                                                 {"a", "a"},
                                                                 {" a b\t", "a b"},
                                                                 {"　第一章　", "第一章"},
                                                                 {"\xC2\xA0x\v", "x"},
                                                                 {"\u2003x\u200B", "x"},
                                                                 {"\xFF \xFF", "\xFF \xFF"},
                                                                 {" \x80 ", "\x80"},
                                                                 {"　　", ""},
                                                                 {"\xE3\x80", "\xE3\x80"},
                                                                 {"a\n", "a\n"}};
  for (const auto& [s, want] : cases) EXPECT_EQ(trim(s), want) << testing::PrintToString(s);
}

TEST(Trim, LeavesNoBlankAtTheEndsOfAnything) {
  constexpr std::array<std::string_view, 9> parts = {" ", "　", "\t", "a", "字", "\xFF", "\xE3\x80", "\u2003", "\xC2"};
  Random random(19);
  for (int i = 0; i < 20000; ++i) {
    const std::string s = random.text(parts, 8);
    const std::string_view t = trim(s);
    ASSERT_FALSE(is_blank(first_character(t)) || is_blank(last_character(t))) << testing::PrintToString(s);
    std::u32string kept = characters(s);
    kept.erase(0, std::min(kept.size(), static_cast<std::size_t>(std::find_if_not(kept.begin(), kept.end(), is_blank) -
                                                                 kept.begin())));
    while (!kept.empty() && is_blank(kept.back())) kept.pop_back();
    ASSERT_EQ(characters(t), kept) << testing::PrintToString(s);
  }
}

TEST(Columns, AreTwoForACjkCharacter) {
  const std::pair<std::string_view, std::size_t> cases[] = {{"", 0},    {"abc", 3},  {"第1章", 5},        {"，", 2},
                                                            {"“é”", 3}, {"カナ", 4}, {"\xFF\xE4\xB8", 3}, {"𠀀", 2}};
  for (const auto& [s, want] : cases) EXPECT_EQ(columns(s), want) << s;
}

TEST(Indent, CountsColumnsOfWhiteSpace) {
  const std::pair<std::string_view, std::size_t> cases[] = {{"", 0},       {"a ", 0},   {"  a", 2},        {"\ta", 4},
                                                            {"　　第", 4}, {" 　a", 3}, {"\xC2\xA0 x", 2}, {"   ", 3}};
  for (const auto& [s, want] : cases) EXPECT_EQ(indent(s), want) << s;
}

// The whole table, a row for each character.
std::size_t slow_distance(std::u32string_view a, std::u32string_view b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j)
      table[i][j] =
          i == 0   ? j
          : j == 0 ? i
                   : std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
  return table[a.size()][b.size()];
}

TEST(EditDistance, IsThatOfTheWholeTable) {
  Random random(31);
  constexpr std::array<std::string_view, 4> parts = {"a", "b", "c", "字"};
  for (int i = 0; i < 60000; ++i) {
    const std::u32string a = characters(random.text(parts, 12));
    std::u32string b = a;
    if (random.one_in(3)) b = characters(random.text(parts, 12));
    for (std::size_t n = random.below(4); n > 0 && !b.empty(); --n) b.erase(random.below(b.size()), random.below(3));
    const std::size_t want = slow_distance(a, b), most = random.below(14);
    ASSERT_EQ(edit_distance(a, b, most), std::min(want, most + 1)) << a.size() << ' ' << b.size() << ' ' << most;
    ASSERT_EQ(edit_distance(a, b, std::string::npos), want);
  }
}

TEST(Similarity, IsZeroOnlyBelowTheLeast) {
  Random random(37);
  constexpr std::array<std::string_view, 3> parts = {"a", "b", "字"};
  for (int i = 0; i < 30000; ++i) {
    const std::u32string a = characters(random.text(parts, 12)), b = characters(random.text(parts, 12));
    const std::size_t longer = std::max(a.size(), b.size()), distance = slow_distance(a, b), tenths = random.below(11);
    const double want = longer == 0 ? 1.0 : 1.0 - static_cast<double>(distance) / static_cast<double>(longer);
    ASSERT_DOUBLE_EQ(similarity(a, b), want);
    const bool enough = (longer - distance) * 10 >= tenths * longer;  // want >= least, without rounding
    ASSERT_DOUBLE_EQ(similarity(a, b, static_cast<double>(tenths) / 10.0), enough ? want : 0.0)
        << longer << ' ' << distance << ' ' << tenths;
  }
  EXPECT_EQ(similarity(U"a", U"b", 2.0), 0.0);
  EXPECT_EQ(similarity(U"a", U"b", -1.0), 0.0);
}

TEST(Folded, ForgivesWhatScansDo) {
  const std::pair<std::string_view, std::string_view> alike[] = {{"Chapter 1", "CHAPTER１"},
                                                                 {"“潮汐表”与", "\"潮汐表\" 与"},
                                                                 {"「你」", "“你”"},
                                                                 {"（一）", "(一)"},
                                                                 {"it’s", "IT'S"},
                                                                 {"1990–1995", "1990-1995"},
                                                                 {"A·B", "a・b"},
                                                                 {"你，我", "你,我"},
                                                                 {"über", "ÜBER"},
                                                                 {"ΛΌΓΟΣ", "λΌγοσ"},
                                                                 {"Глава", "ГЛАВА"},
                                                                 {"一 \n二\f", "一二"}};
  for (const auto& [a, b] : alike) EXPECT_EQ(folded(a), folded(b)) << a;
  const std::pair<std::string_view, std::string_view> different[] = {{"a", "b"}, {"一", "二"}, {"×", "÷"}, {"ß", "ss"}};
  for (const auto& [a, b] : different) EXPECT_NE(folded(a), folded(b)) << a;
  EXPECT_EQ(folded("\xFF").size(), 1u);
}

}  // namespace
}  // namespace emend
