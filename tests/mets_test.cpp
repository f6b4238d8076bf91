// METS and the Internet Archive's lists of leaves: order, numbers and what they say of the book.
#include "stages/read/package/mets.h"

#include <gtest/gtest.h>

#include <string>

#include "pipeline/document/error.h"

namespace emend {

namespace {

std::string mets(const std::string& described, const std::string& pages) {
  return "<m:mets xmlns:m=\"http://www.loc.gov/METS/\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">" + described +
         "<m:fileSec><m:fileGrp><m:fileGrp USE=\"IMG\"><m:file ID=\"i1\"><m:FLocat "
         "xlink:href=\"a/1.tif\"/></m:file></m:fileGrp>"
         "<m:fileGrp USE=\"TEXT\"><m:file ID=\"t1\"><m:FLocat xlink:href=\"b/1.xml\"/></m:file>"
         "<m:file ID=\"t2\"><m:FLocat xlink:href=\"b/2.xml\"/></m:file></m:fileGrp></m:fileGrp></m:fileSec>"
         "<m:structMap TYPE=\"LOGICAL\"><m:div TYPE=\"page\"><m:fptr FILEID=\"t2\"/></m:div></m:structMap>"
         "<m:structMap TYPE=\"PHYSICAL\"><m:div TYPE=\"physSequence\">" +
         pages + "</m:div></m:structMap></m:mets>";
}

std::string in_words(const Mets& m) {
  std::string out = m.book.title;
  for (const std::string& author : m.book.authors) out += "; " + author;
  for (const MetsPage& page : m.pages) {
    out += "\n[" + page.label + "]";
    for (const MetsFile& file : page.files) out += " " + file.group + ":" + file.path;
  }
  return out;
}

TEST(Mets, givesPagesInTheirOrder) {
  const std::string file =
      mets("",
           "<m:div TYPE=\"page\" ORDER=\"2\" ORDERLABEL=\" uncounted \"><m:fptr FILEID=\"t2\"/></m:div>"
           "<m:div TYPE=\"page\" ORDER=\"1\" ORDERLABEL=\"iv\"><m:fptr FILEID=\"i1\"/>"
           "<m:fptr><m:area FILEID=\"t1\"/></m:fptr><m:fptr FILEID=\"none\"/></m:div>");
  EXPECT_TRUE(is_mets(file));
  EXPECT_EQ(in_words(read_mets("mets.xml", file)), "\n[iv] IMG:a/1.tif TEXT:b/1.xml\n[] TEXT:b/2.xml");
  EXPECT_FALSE(is_mets("<alto><Layout/></alto>"));
  EXPECT_THROW(read_mets("mets.xml", file.substr(0, 300)), Error);
}

TEST(Mets, saysOfTheBookWhatItsFirstDescriptionSays) {
  const std::string mods =
      "<m:dmdSec><mods><titleInfo type=\"alternative\"><title>Other</title></titleInfo>"
      "<titleInfo><title>Of Sluices</title></titleInfo>"
      "<name><role><roleTerm>aut</roleTerm></role><namePart type=\"family\">Wick</namePart><namePart "
      "type=\"given\">Ada</namePart></name>"
      "<name><role><roleTerm>prt</roleTerm></role><namePart>A Printer</namePart></name>"
      "<name><namePart>Weir, Tom</namePart></name>"
      "<relatedItem><titleInfo><title>A Series</title></titleInfo></relatedItem></mods></m:dmdSec>"
      "<m:dmdSec><mods><titleInfo><title>A Chapter</title></titleInfo></mods></m:dmdSec>";
  EXPECT_EQ(in_words(read_mets("mets.xml", mets(mods, ""))), "Of Sluices; Ada Wick; Tom Weir");
  const std::string dc = "<m:dmdSec><dc><title>Tides</title><creator>Wick, Ada</creator></dc></m:dmdSec>";
  EXPECT_EQ(in_words(read_mets("mets.xml", mets(dc, ""))), "Tides; Ada Wick");
}

TEST(Mets, leavesHaveTheNumbersThatTheArchiveGives) {
  const std::string xml =
      "<book><pageData><page leafNum=\"0\"><addToAccessFormats>false</addToAccessFormats></page>"
      "<page leafNum=\"1\"><pageType>Cover</pageType></page>"
      "<page leafNum=\"2\"><pageNumber> iv "
      "</pageNumber><addToAccessFormats>true</addToAccessFormats></page></pageData></book>";
  EXPECT_TRUE(numbers_leaves(xml));
  EXPECT_EQ(read_leaf_numbers("scandata.xml", xml), (std::vector<std::string>{"", "iv"}));
  const std::string json =
      R"({"identifier": "sluices", "pages": [{"leafNum": 1, "pageNumber": ""}, {"leafNum": 2, "pageNumber": 5},
                               {"leafNum": 3, "pageNumber": "6"}, {"leafNum": 4, "pageNumber": null}]})";
  EXPECT_TRUE(numbers_leaves(json));
  EXPECT_EQ(read_leaf_numbers("page_numbers.json", json), (std::vector<std::string>{"", "5", "6", ""}));
  EXPECT_FALSE(numbers_leaves("<book><title/></book>"));
  EXPECT_FALSE(numbers_leaves(R"({"pages": [{"blocks": []}]})"));
}

}  // namespace

}  // namespace emend
