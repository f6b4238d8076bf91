// Contents lists and headings: what a line of a list says, how numbers nest, what counts and what is a list.
#include <gtest/gtest.h>

#include "pipeline/rules/outline.h"
#include "pipeline/text/similarity.h"
#include "stages/40-contents/line.h"
#include "stages/50-headings/titles.h"

namespace emend {
namespace {

std::string_view words(std::string_view line) { return line.substr(0, read_entry_line(line, 0).words_end); }

TEST(ContentsLine, takesWordsLeaderAndPageApart) {
  EXPECT_EQ(words("2.1 Der Rat ........ 12"), "2.1 Der Rat");
  EXPECT_EQ(words("自序……………… 3"), "自序");
  EXPECT_EQ(words("Preface\txii"), "Preface");
}

TEST(ContentsLine, knowsALeaderThatWasReadAsLetters) {
  EXPECT_EQ(words("1.1 水的分配 ccc cece eee eene teen 7"), "1.1 水的分配");
  EXPECT_EQ(words("The weirs cece eee ee teen ece 7"), "The weirs");
  EXPECT_EQ(read_entry_line("What we owe to trees 7", 0).words_end, std::string_view("What we owe to trees").size());
}

TEST(ContentsLine, knowsAPageByItself) {
  EXPECT_TRUE(is_lone_locus("  - 12 - "));
  EXPECT_TRUE(is_lone_locus("xxxviii"));
  EXPECT_FALSE(is_lone_locus("十二"));
  EXPECT_FALSE(is_lone_locus("12 men"));
}

constexpr int arabic = 24, roman = 26, letter = 28, chapter = 20, section = 30;

TEST(Outline, keepsTheTablesOrderWhereNothingSpeaksAgainstIt) {
  EXPECT_EQ(outline_levels({{chapter, 1}, {section, 1}, {section, 2}, {chapter, 2}, {section, 1}}),
            (std::map<int, int>{{chapter, 1}, {section, 2}}));
}

TEST(Outline, followsTheBookWhereKindsOfNumbersHaveNoPlace) {
  EXPECT_EQ(outline_levels({{letter, 1}, {roman, 1}, {arabic, 1}, {arabic, 2}, {roman, 2}, {letter, 2}, {roman, 1}}),
            (std::map<int, int>{{letter, 1}, {roman, 2}, {arabic, 3}}));
  EXPECT_EQ(outline_levels({{roman, 1}, {letter, 1}, {letter, 2}, {roman, 2}, {letter, 1}}),
            (std::map<int, int>{{roman, 1}, {letter, 2}}));
}

TEST(Outline, neverTurnsKindsAroundThatHaveTheirPlace) {
  constexpr int decimal_2 = 32, decimal_3 = 34;
  EXPECT_EQ(outline_levels({{decimal_2, 1}, {decimal_3, 1}, {arabic, 1}, {decimal_3, 2}, {arabic, 1}}),
            (std::map<int, int>{{decimal_2, 1}, {decimal_3, 2}, {arabic, 3}}));
}

TEST(Outline, doesNotTakeChaptersThatCountThroughForHigherThanTheirParts) {
  constexpr int part = 12;
  EXPECT_EQ(outline_levels({{part, 1}, {chapter, 1}, {chapter, 2}, {part, 2}, {chapter, 3}, {part, 3}, {chapter, 4}}),
            (std::map<int, int>{{part, 1}, {chapter, 2}}));
}

TEST(Outline, putsPartsThatBeginAnewInEachChapterBelowIt) {
  constexpr int part = 12, decimal_2 = 32, decimal_3 = 34;
  EXPECT_EQ(outline_levels({{chapter, 1}, {part, 1}, {part, 2}, {chapter, 2}, {part, 1}}),
            (std::map<int, int>{{chapter, 1}, {part, 2}}));
  // 1.1, 1.2, 1.2.2, 2.1: that 1.2.1 was lost turns nothing around
  EXPECT_EQ(outline_levels({{decimal_2, 1}, {decimal_2, 2}, {decimal_3, 2}, {decimal_2, 1}}),
            (std::map<int, int>{{decimal_2, 1}, {decimal_3, 2}}));
}

Title title(std::string_view words, std::string n, bool own) {
  return {folded(words), folded(words), std::move(n), own};
}

TEST(AlignTitles, takesTheNumberForItWhereTheWordsAreSpoilt) {
  const std::vector<Title> list = {title("1.1 The weirs", "1.1", true), title("1.2 R4 kx~", "1.2", true)};
  const std::vector<TitleLines> text = {{3, 3, title("1.1 The weirs", "1.1", true)},
                                        {9, 9, title("1.2 Of measuring", "1.2", true)}};
  EXPECT_EQ(align_titles(list, text), (std::vector<std::ptrdiff_t>{0, 1}));
}

TEST(AlignTitles, doesNotTakeAPlainNumberForATitle) {
  const std::vector<Title> list = {title("1 The weirs", "1", false), title("2 R4 kx~", "2", false)};
  const std::vector<TitleLines> text = {{3, 3, title("1 The weirs", "1", false)},
                                        {9, 9, title("2 of the hooks", "2", false)}};
  EXPECT_EQ(align_titles(list, text), (std::vector<std::ptrdiff_t>{0, -1}));
}

}  // namespace
}  // namespace emend
