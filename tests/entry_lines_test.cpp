// Contents lists in pieces: found by their pages, put together an entry a line, and given back to the byte.
#include "stages/read/text/entry_lines.h"

#include <gtest/gtest.h>

#include "tests/random.h"

namespace emend {
namespace {

const std::string text_below =
    "\nPreface\n\nAll began with rain.\n\n1 The Weir\n\nIt was low.\n\n2 The Long Way to the Mill\n\n"
    "It was long.\n\nSources\n\nThere are few.\n";
const std::string read_right = "Preface\tv\n1 The Weir\t1\n2 The Long Way to the Mill\t14\nSources\t29\n";

std::string read(const std::string& text) {
  const std::vector<EntryLines> entries = find_entry_lines(text);
  const std::string unrolled = unroll(text, entries);
  EXPECT_EQ(roll_up(unrolled, entries), text);
  for (const EntryLines& e : entries) EXPECT_EQ(read_entry_lines(write_entry_lines(e)), e);
  return unrolled;
}

TEST(EntryLines, PagesBelowAllTitles) {
  EXPECT_EQ(
      read("Contents\n\nPreface\n1 The Weir\n2 The Long Way\nto the Mill\nSources\n\nv\n1\n14\n29\n" + text_below),
      "Contents\n\n" + read_right + text_below);
}

TEST(EntryLines, NumbersTitlesAndPagesApart) {
  EXPECT_EQ(
      read("Contents\n\n1\n2\n\nPreface\nThe Weir\nThe Long Way to the Mill\nSources\n\nv\n1\n14\n29\n" + text_below),
      "Contents\n\n" + read_right + text_below);
}

TEST(EntryLines, DotsShowTitlesThatTheTextHasNot) {
  EXPECT_EQ(read("Of Mills . . . .\nOf Weirs and of\nTheir Keepers . . . .\nOf Floods . . .\n3\n8\n21\n"),
            "Of Mills . . . .\t3\nOf Weirs and of Their Keepers . . . .\t8\nOf Floods . . .\t21\n");
}

TEST(EntryLines, TitlesInOneLineAndPagesBelow) {
  EXPECT_EQ(read("Contents Preface 1 The Weir 2 The Long Way to the Mill Sources\nv\n1\n14\n29\n" + text_below),
            "Contents \nPreface \tv\n1 The Weir \t1\n2 The Long Way to the Mill \t14\nSources\t29\n" + text_below);
}

TEST(EntryLines, TitlesAndPagesByTurns) {
  EXPECT_EQ(read("Preface v 1 The Weir 1 2 The Long Way to the Mill 14 Sources 29\n" + text_below),
            "Preface v \n1 The Weir 1 \n2 The Long Way to the Mill 14 \nSources 29\n" + text_below);
  EXPECT_EQ(read("Preface .... v Of Locks .... 1\nOf Gates .... 2 Sources ... 29\n" + text_below),
            "Preface .... v \nOf Locks .... 1\nOf Gates .... 2 \nSources ... 29\n" + text_below);
}

TEST(EntryLines, WhatIsNoContentsListStays) {
  const std::string harvest = "Wheat\nBarley\nOats\n\n120\n340\n560\n",
                    years = "In 1801 or 1802 and again in 1803, or 1804\n",
                    list = "Preface v\n1 The Weir 1\n2 The Long Way to the Mill 14\nSources 29\n";
  const std::string dots = "Of Mills .... 3 Of Weirs .... 8 Of Floods ... 21\n";  // a page of nothing else
  EXPECT_EQ(read(dots), dots);
  for (const std::string& text : {harvest + text_below, years + text_below, list + text_below})
    EXPECT_EQ(read(text), text);
}

TEST(EntryLines, LinesBefore) {
  const std::vector<EntryLines> places = {{2, 4, {{{0, 3}, {2, 1, true}}, {{1, 3}, {3, 1, true}}}}};
  EXPECT_EQ(write_entry_lines(places[0]), "3+4 0:3>2:1;1:3>3:1");
  EXPECT_EQ(lines_before(places, 6), (std::vector<std::size_t>{0, 1, 2, 3, 6, 7}));
  for (const char* wrong : {"0+4 0:3", "3+4", "3+4 ", "3+4 4:1", "3+4 0:0", "3+4 0:3;", "3+4 0:3 ", "3+4 0:3,", "x"})
    EXPECT_FALSE(read_entry_lines(wrong)) << wrong;
}

TEST(EntryLines, AnyBytesComeBack) {
  Random random(11);
  const std::string columns = "1\n2\n\nPreface\nThe Weir\nThe Long Way to the Mill\nSources\n\nv\n1\n14\n29\n",
                    row = "Preface v 1 The Weir 1 2 The Long Way to the Mill 14 Sources 29\n";
  constexpr std::string_view odd = " \n\t\r\f7.\xE4\xFF";
  std::size_t found = 0;
  for (int run = 0; run < 600; ++run) {
    std::string text = columns + text_below + row + text_below;
    for (std::size_t n = random.below(12); n-- > 0;) text[random.below(text.size())] = odd[random.below(odd.size())];
    found += read(text) != text;
  }
  EXPECT_GT(found, 100u);
}

// What a ledger says may be of another text: nothing is lost, whatever it is.
TEST(EntryLines, PlacesOfAnotherText) {
  Random random(13);
  for (int run = 0; run < 300; ++run) {
    const std::string text = random.text(std::vector<std::string>{"a b\n", "12\n", "\n", "cd\r\n", "\f"}, 12);
    EntryLines e{static_cast<std::uint32_t>(random.below(4)), static_cast<std::uint32_t>(random.below(6)), {}};
    for (std::size_t n = random.below(5); n-- > 0;)
      e.entries.push_back(
          {{static_cast<std::uint32_t>(random.below(5)), static_cast<std::uint32_t>(random.below(4)), false}});
    const std::string unrolled = unroll(text, {e});
    EXPECT_TRUE(unrolled == text || roll_up(unrolled, {e}) == text);
    roll_up(text, {e});
  }
}

}  // namespace
}  // namespace emend
