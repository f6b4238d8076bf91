// Two columns side by side: found where text runs down both of them, unrolled, and given back to the byte.
#include <algorithm>

#include "stages/read/text/columns.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/random.h"

namespace emend {
namespace {

using Lines = std::vector<std::string>;

const Lines left = {"   The mill at the lower weir was",    "built in the year of the long frost,",
                    "when no other work could be had. It",  "is said that the stones were carried",
                    "over the ice on sledges, each by two", "oxen, and that one of them is still",
                    "in the river. Nobody has looked.",     "   Its wheel turned for ninety years,",
                    "and stopped on a Tuesday, for want",   "of a bolt. The bolt was ordered from",
                    "the town, and came in the spring, by", "which time the miller had gone."};
const Lines right = {"to the account of the harbour, which",
                     "is kept in another book, we need not",
                     "return here, since it has been told",
                     "by others who saw it with their own",
                     "eyes.",
                     "   What remains is the question of",
                     "the bell. It hung in the gable, and",
                     "was rung when flour was ready. After",
                     "the mill had closed it was rung once",
                     "more, by the wind, and the people of",
                     "the village came with their sacks,",
                     "as they had always done, and waited."};

std::string side_by_side(const Lines& a, const Lines& b, std::size_t river = 46) {
  std::string out;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const std::string first = i < a.size() ? " " + a[i] : "", second = i < b.size() ? b[i] : "";
    out += second.empty() ? first : first + std::string(river - first.size(), ' ') + second;
    out += '\n';
  }
  return out;
}

std::string one_after_the_other(const Lines& a, const Lines& b) {
  std::string out;
  for (const std::string& line : a) out += " " + line + "\n";
  for (const std::string& line : b) out += " " + line + "\n";
  return out;
}

std::string read(const std::string& text, bool expected = false) {
  const std::vector<Columns> columns = find_columns(text, expected);
  const std::string unrolled = unroll(text, columns);
  EXPECT_EQ(roll_up(unrolled, columns), text);
  for (const Columns& c : columns) EXPECT_EQ(read_columns(write_columns(c)), c);
  return unrolled;
}

TEST(Columns, AreReadOneAfterTheOther) { EXPECT_EQ(read(side_by_side(left, right)), one_after_the_other(left, right)); }

TEST(Columns, WhatCrossesThePageStaysWhereItIs) {
  const std::string
      head =
          "Bulletin of the Weir Society 4                                                   17\n\n\n"
          "                        On the Mill at the Lower Weir\n\n",
      foot =
          "\n 1 See the survey of the river which was printed in the third volume of this bulletin, p. 9.\n"
          "\n                                              17\n\f";
  EXPECT_EQ(read(head + side_by_side(left, right) + foot), head + one_after_the_other(left, right) + foot);
}

TEST(Columns, ALineWithABlankAtTheRiverCrossesWithItsNeighbours) {
  const std::string note =
      "\n 1 A line of a note right across the page has one blank there, and so it seems to be cut.\n"
      " 2 Ibid.\n";
  ASSERT_EQ(note.substr(46, 4), " one");
  EXPECT_EQ(read(side_by_side(left, right) + note), one_after_the_other(left, right) + note);
}

TEST(Columns, ALongerColumnGoesOnBelowTheOther) {
  const Lines most(right.begin(), right.begin() + 11);
  EXPECT_EQ(read(side_by_side(left, most)), [&] {
    std::string all = one_after_the_other(left, most);
    return all + "\n";
  }());
}

// A heading on one side sets its lines between those of the other; that leaves no blank lines.
TEST(Columns, LinesBetweenThoseOfTheOtherColumn) {
  std::string text = side_by_side(left, right);
  for (std::size_t i = 0; i < 4; ++i) text += " " + left[i + 8] + "\n" + std::string(46, ' ') + right[i + 8] + "\n";
  Lines a = left, b = right;
  a.insert(a.end(), left.begin() + 8, left.end());
  b.insert(b.end(), right.begin() + 8, right.end());
  EXPECT_EQ(read(text), one_after_the_other(a, b));
}

TEST(Columns, WhereABookHasColumnsFewLinesAreEnough) {
  const Lines a(left.begin(), left.begin() + 6), b(right.begin(), right.begin() + 6);
  const std::string few = side_by_side(a, b);
  EXPECT_EQ(read(few), few);
  EXPECT_EQ(read(few, true), one_after_the_other(a, b));
  EXPECT_EQ(read(side_by_side(left, right) + "\f" + few),
            one_after_the_other(left, right) + "\f" + one_after_the_other(a, b));
}

TEST(Columns, TablesListsAndVerseAreNone) {
  std::string table, contents, verse, glossary, parallel;
  for (int i = 10; i < 40; ++i) {
    const std::string n = std::to_string(i);
    table += " Weir no. " + n + "                   built of oak and stone      " + n + " feet\n";
    contents += " Of the weirs in the valley of the " + n + " mills ............................. " + n + "\n";
    verse += " The wheel goes round                         The water falls\n";
    glossary += "weir" + n + "                              A dam across a river, low enough to be\n";
    parallel += " Flour                                        Sold by the sack, " + n + " a week\n";
  }
  for (const std::string& text : {table, contents, verse, glossary, parallel}) EXPECT_EQ(read(text), text);
}

// Each column has its notes: they are read behind both columns, as notes at the foot of the page are.
TEST(Columns, NotesBelowEachColumnEndThePage) {
  Lines a = left, b = right;
  a[4] = "in the river.1 Nobody has looked. It";
  b[5] = "eyes.2 What remains is the question";
  const Lines first = {" 1 On the ice of that winter see the", "account of the parish, page nine."},
              second = {" 2 See the survey of the river, which", "was printed in the third volume of",
                        "this bulletin."};
  Lines down = a, up = b;
  down.insert(down.end(), {"", ""});
  up.insert(up.end(), {"", ""});
  down.insert(down.end(), first.begin(), first.end());
  up.insert(up.end(), second.begin(), second.end());
  const std::string text = side_by_side(down, up);
  const std::vector<Columns> columns = find_columns(text);
  ASSERT_EQ(columns.size(), 1u);
  EXPECT_EQ(write_columns(columns[0]), "1+17@45/14,14");
  const std::string read_text = read(text);
  const auto place = [&](std::string_view words) { return read_text.find(words); };
  EXPECT_LT(place("when no other work"), place("What remains"));
  EXPECT_LT(place("as they had always done"), place("1 On the ice"));
  EXPECT_LT(place("page nine"), place("2 See the survey"));
}

TEST(Columns, AListBelowAColumnIsNoNote) {
  Lines down = left;
  down.insert(down.end(), {"", "", " 1 who comes first is served first,", "2 who brings oats must wait."});
  for (const Columns& c : find_columns(side_by_side(down, right))) EXPECT_EQ(c.first_foot, 0u);
}

TEST(Columns, LinesOfTheFile) {
  const std::vector<Columns> columns = {{2, 3, 10, "", 0, 0}, {7, 3, 10, "lrb", 0, 0}};
  EXPECT_EQ(lines_in_file(columns, 14), (std::vector<std::size_t>{0, 1, 2, 3, 4, 2, 3, 4, 5, 6, 7, 9, 8, 9}));
  EXPECT_EQ(lines_in_file({{1, 3, 10, "", 1, 2}}, 7), (std::vector<std::size_t>{0, 1, 1, 2, 2, 3, 3}));
  EXPECT_FALSE(read_columns("0+3@10"));
  EXPECT_FALSE(read_columns("1+3@10/3,1"));
  EXPECT_FALSE(read_columns("1+3@10 lr"));
  EXPECT_FALSE(read_columns("1+3"));
}

TEST(Columns, AnyBytesComeBack) {
  Random random(7);
  const std::string page = side_by_side(left, right);
  constexpr std::string_view odd = " \n\t\r\fx\xE4\xFF";
  for (int run = 0; run < 300; ++run) {
    std::string text = page + "\f" + page;
    for (std::size_t n = random.below(60); n-- > 0;) text[random.below(text.size())] = odd[random.below(odd.size())];
    read(text, run % 2 == 0);
  }
}

}  // namespace
}  // namespace emend
