// The cover of an EPUB, and the lines of its title.
#include <gtest/gtest.h>

#include "stages/write/epub/epub.h"
#include "stages/write/package/line_breaks.h"
#include "stages/write/package/template.h"
#include "stages/write/package/xhtml.h"

namespace emend {
namespace {

using Lines = std::vector<std::string_view>;

TEST(LineBreaks, areEven) {
  EXPECT_EQ(even_lines("The Lamps of the Lower Harbour", 12000), (Lines{"The Lamps of the", "Lower Harbour"}));
  EXPECT_EQ(even_lines("The Lamps", 9000), (Lines{"The Lamps"}));
  EXPECT_EQ(even_lines("", 9000), Lines{});
}

TEST(LineBreaks, fallWhereTheTitlePauses) {
  EXPECT_EQ(even_lines("山里的灯火与河道——以三家渡为例", 10500), (Lines{"山里的灯火与河道——", "以三家渡为例"}));
}

TEST(LineBreaks, leaveNoBracketAtAnEndAndNoCommaAtABeginning) {
  EXPECT_EQ(even_lines("灯火，河道", 3000), (Lines{"灯火，", "河道"}));
  EXPECT_EQ(even_lines("夜读《河道》", 4000), (Lines{"夜读", "《河道》"}));
}

TEST(LineBreaks, aWordWiderThanALineIsALine) {
  EXPECT_EQ(even_lines("on Floodgatekeepers", 3000), (Lines{"on", "Floodgatekeepers"}));
}

TEST(LineBreaks, endSoonWhateverTheTitle) {
  EXPECT_GT(even_lines(std::string(100000, 'x'), 1000).size(), 0u);
  std::string much;
  for (int i = 0; i < 50000; ++i) much += "字";
  EXPECT_GT(even_lines(much, 8000).size(), 1u);
  EXPECT_GT(even_lines(much + "\xFF\xC3", 0).size(), 1u);
}

BookMetadata book() {
  BookMetadata metadata;
  metadata.title = "Salt & Rope";
  metadata.language = "en";
  metadata.authors = {"Ada Quay", "Jon Weir"};
  metadata.publisher = "Tallow Press";
  metadata.date = "1911-05";
  metadata.identifier = "urn:uuid:1";
  return metadata;
}

TEST(Cover, saysWhatTheBookIs) {
  const std::string svg = cover_svg(book());
  pugi::xml_document tree;
  ASSERT_TRUE(parse_xhtml(svg, tree));
  for (const char* part : {">Salt &amp; Rope</text>", ">Ada Quay, Jon Weir</text>", ">Tallow Press · 1911</text>",
                           "<title>Salt &amp; Rope, Ada Quay, Jon Weir</title>", "xml:lang=\"en\""}) {
    EXPECT_NE(svg.find(part), std::string::npos) << part << " in " << svg;
  }
  EXPECT_EQ(svg, cover_svg(book()));
  EXPECT_EQ(svg.find("{{"), std::string::npos);
}

TEST(Cover, isThereForABookOfWhichNothingIsKnown) {
  pugi::xml_document tree;
  EXPECT_TRUE(parse_xhtml(cover_svg({}), tree));
}

TEST(Cover, setsALongTitleSmaller) {
  BookMetadata long_title = book();
  for (int i = 0; i < 12; ++i) long_title.title += " and of the ways of those who carried it";
  EXPECT_NE(cover_svg(book()).find("font-size=\"112\""), std::string::npos);
  EXPECT_EQ(cover_svg(long_title).find("font-size=\"112\""), std::string::npos);
}

TEST(Template, leavesOutWhatItHasNoWordFor) {
  EXPECT_EQ(fill_template("a {{x}} {{y}} b", {{"x", "1"}}), "a 1  b");
  EXPECT_EQ(fill_template("a {{x", {{"x", "1"}}), "a {{x");
}

}  // namespace
}  // namespace emend
