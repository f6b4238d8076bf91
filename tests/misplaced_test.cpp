// What extraction set beside its place: put right, and given back to the byte.
#include "stages/read/text/misplaced.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/random.h"

namespace emend {
namespace {

std::string read(const std::string& text) {
  const std::vector<EntryLines> places = find_misplaced(text);
  const std::string unrolled = unroll(text, places);
  EXPECT_EQ(roll_up(unrolled, places), text);
  for (const EntryLines& e : places) EXPECT_EQ(read_entry_lines(write_entry_lines(e)), e);
  return unrolled;
}

TEST(Misplaced, ABulletBehindTheFirstLineOfItsItem) {
  EXPECT_EQ(read("There are two:\nthe gate that was mended and\n\n•\n\nshut again.\n"),
            "There are two:\n• the gate that was mended and\nshut again.\n");
  EXPECT_EQ(read("水有两种：\n河里的水，从山上流到\n•\n镇里。\n"), "水有两种：\n• 河里的水，从山上流到\n镇里。\n");
}

TEST(Misplaced, BulletsInTheirPlaceStay) {
  for (const std::string text :
       {"There are two:\n\n•\n\nthe gate\n\n•\n\nthe weir\n", "It was shut.\n\n•\n\nand open\n",
        "There are two:\n\fthe gate and\n\n•\n\nthe weir\n", "There are two:\nthe gate and\n\n•\n\nThe weir\n"})
    EXPECT_EQ(read(text), text);
}

const std::string page = "The books were found.1 Then the car1 Moor 1998.\n2 Tarn 1987.\n";

TEST(Misplaced, ALabelForTheHyphenOfAWord) {
  EXPECT_EQ(read(page + "\f12\n\nThe Books\n\npenter came.2\n"),
            "The books were found.1 Then the car-\n1 Moor 1998.\n2 Tarn 1987.\n\f12\n\nThe Books\n\npenter came.2\n");
}

TEST(Misplaced, FiguresBehindWordsStay) {
  const std::string known = "A car was there.\n" + page;                   // a word of the book, and no joined one
  const std::string column = "The col12 Then it was full\n\fumn came.\n";  // 12 is counted nowhere
  for (const std::string& text : {page + "\f12\n\nHe came.\n", page, known + "\fpenter came.2\n", column})
    EXPECT_EQ(read(text), text);
}

TEST(Misplaced, AnyBytesComeBack) {
  Random random(17);
  const std::string whole = "There are two:\nthe gate and\n\n•\n\nshut.\n" + page + "\fpenter came.2\n";
  constexpr std::string_view odd = " \n\t\r\f1a.-\xE2\xFF";
  std::size_t found = 0;
  for (int run = 0; run < 600; ++run) {
    std::string text = whole + whole;
    for (std::size_t n = random.below(12); n-- > 0;) text[random.below(text.size())] = odd[random.below(odd.size())];
    found += read(text) != text;
  }
  EXPECT_GT(found, 300u);
}

}  // namespace
}  // namespace emend
