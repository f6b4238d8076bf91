// Furniture: small books whose pages have heads, feet and numbers, and what of them must be set apart.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipeline/document/commit.h"
#include "pipeline/document/proposal.h"
#include "stages/20-furniture/edge_shape.h"
#include "stages/20-furniture/page_count.h"
#include "stages/read/text/text.h"

namespace emend {

extern const Stage stage_furniture, stage_pages;

namespace {

using Lines = std::vector<std::string>;

Document convert(const std::string& source) {
  Document d = read_text("t.txt", source);
  for (const Stage* stage : {&stage_furniture, &stage_pages}) {
    const Rules rules = stage->rules == nullptr ? Rules() : Rules({Table{*stage->rules, "rules"}});
    Proposal proposal(d, stage->name);
    stage->run(d, rules, proposal);
    commit(d, proposal.changes());
  }
  return d;
}

// Each line that is furniture, with its place and number.
Lines furniture(const Document& d) {
  Lines out;
  for (const Line& line : d.lines)
    if (const Node* block = d.block_of(line); block != nullptr && block->name == "fw")
      out.push_back(std::string(line.text) + "|" + std::string(block->get("place")) + "|" +
                    std::string(block->get("number")));
  return out;
}

// Sentences that are not the same on any two pages; the last one is torn.
std::string text_of_page(int page) {
  constexpr const char* words[] = {"mill", "pond", "weir", "gate", "tide", "marsh", "creek", "wheel"};
  std::string out;
  for (int i = 0; i < 6; ++i)
    out += "The " + std::string(words[(page + i) % 8]) + " of the " + words[(page * 3 + i) % 8] +
           " was mended by the " + words[(page * 5 + i * 3) % 8] + " and kept; ";
  return out + "and so it went on from one day to the other while the\n\n";
}

TEST(EdgeShape, numbers_stand_at_either_end) {
  const Rules rules({Table{*stage_furniture.rules, "rules"}});
  const auto number = [&](std::string_view text) { return edge_shape(text, rules).number; };
  EXPECT_EQ(number("第 3 頁 共 40 頁"), 3);
  EXPECT_EQ(number("Page 2   The Tides of Sallow"), 2);
  EXPECT_EQ(number("The Tides of Sallow, vol. 7 (1994)      12"), 12);
  EXPECT_EQ(number("4      The Tides of Sallow, vol. 7 (1994)"), 4);
  EXPECT_EQ(number("The Tides of Sallow, vol. 7 (1994)"), 0);
  EXPECT_EQ(number("3 / 40"), 3);
  EXPECT_EQ(number("“10-"), 10);
  EXPECT_TRUE(edge_shape("“10-", rules).bare);
  EXPECT_TRUE(edge_shape("12", rules).bare);
  EXPECT_FALSE(edge_shape("[12]", rules).bare);
}

TEST(PageCount, a_row_of_numbers_at_the_distance_of_pages) {
  std::vector<CountedLine> numbers;
  for (int page = 1; page <= 6; ++page)
    numbers.push_back({static_cast<std::size_t>(page), static_cast<std::uint32_t>(page * 1000), page, Numeral::arabic,
                       page % 2 == 0});
  numbers[2].value = 17;
  EXPECT_EQ(count_of_pages(numbers), (std::vector<std::size_t>{0, 1, 3, 4, 5}));
}

TEST(PageCount, numbers_where_no_sentence_is_torn_are_those_of_sections) {
  std::vector<CountedLine> numbers;
  for (int n = 1; n <= 6; ++n)
    numbers.push_back({static_cast<std::size_t>(n), static_cast<std::uint32_t>(n * 1000), n, Numeral::arabic, false});
  EXPECT_TRUE(count_of_pages(numbers).empty());
}

TEST(Furniture, numbers_count_the_pages_of_a_transcript) {
  std::string source = "The Tides of Sallow\n\n";
  Lines expected;
  for (int page = 1; page <= 5; ++page) {
    source += text_of_page(page) + std::to_string(page) + "\n\n" + (page < 5 ? "The Tides of Sallow\n\n" : "");
    expected.push_back(std::to_string(page) + "|bottom|" + std::to_string(page));
    if (page < 5) expected.push_back("The Tides of Sallow|top|");
  }
  const Document d = convert(source);
  EXPECT_EQ(furniture(d), expected);
  EXPECT_EQ(d.pages.size(), 5u);
}

TEST(Furniture, a_page_number_with_a_misread_figure_stands_where_the_others_stand) {
  std::string source;
  for (int page = 21; page <= 27; ++page)
    source +=
        text_of_page(page) + (page == 24 ? "-04-" : "- " + std::to_string(page) + " -") + (page < 27 ? "\n\f" : "\n");
  EXPECT_EQ(furniture(convert(source)),
            (Lines{"- 21 -|bottom|21", "- 22 -|bottom|22", "- 23 -|bottom|23", "-04-|bottom|", "- 25 -|bottom|25",
                   "- 26 -|bottom|26", "- 27 -|bottom|27"}));
}

TEST(Furniture, a_note_that_returns_at_the_foot_is_no_running_foot) {
  std::string source;
  for (int page = 1; page <= 6; ++page) source += text_of_page(page) + "② Ibid.\n" + (page < 6 ? "\f" : "");
  EXPECT_EQ(furniture(convert(source)), Lines{});
}

TEST(Furniture, a_head_that_stands_on_every_second_page_opens_no_chapter) {
  std::string source = "Sallow\n\f";
  for (int page = 1; page <= 8; ++page)
    source +=
        (page % 2 == 0 ? "Journal of Tides\n\n" : "Edith Farrowgate\n\n") + text_of_page(page) + (page < 8 ? "\f" : "");
  const Lines found = furniture(convert(source));
  EXPECT_EQ(found.size(), 8u);
}

TEST(Furniture, a_head_that_stands_once_repeats_the_heading_before_it) {
  std::string source = "Sallow\n\f";
  for (const char* chapter : {"Mills", "Ponds", "Gates", "Weirs"})
    for (int page = 0; page < (*chapter == 'G' ? 2 : 4); ++page)
      source += std::string(chapter) + "\n\n" + text_of_page(page + *chapter) + "\f";
  const Lines found = furniture(convert(source + text_of_page(3)));
  EXPECT_EQ(found, (Lines{"Mills|top|", "Mills|top|", "Mills|top|", "Ponds|top|", "Ponds|top|", "Ponds|top|",
                          "Gates|top|", "Weirs|top|", "Weirs|top|", "Weirs|top|"}));
}

}  // namespace
}  // namespace emend
