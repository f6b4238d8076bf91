// Editions in the profiles of archives: what becomes of each element, and that no word goes. Their own grammars judge
// them in tests/shared.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "stages/write/profile/profile.h"
#include "stages/write/tei/metadata.h"
#include "stages/write/tei/survey.h"

namespace emend {
namespace {

std::string tei(const std::string& body) {
  return "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" xml:lang=\"en\"><teiHeader><encodingDesc><p>x</p></encodingDesc>"
         "</teiHeader><text><body>" +
         body + "</body></text></TEI>";
}

InProfile dtabf(const std::string& body) { return in_profile(tei(body), "dtabf"); }

/// What stands in the body then.
std::string body_of(const std::string& body) {
  const std::string made = dtabf(body).tei;
  const std::size_t begin = made.find("<body>") + 6;
  return made.substr(begin, made.find("</body>") - begin);
}

TEST(Dtabf, hasDepthsKindsAndFacsimiles) {
  EXPECT_EQ(body_of("<div type=\"chapter\" n=\"IV\"><div type=\"section\"><p>a</p></div></div>"),
            "<div type=\"chapter\" n=\"1\"><div n=\"2\"><p>a</p></div></div>");
  EXPECT_EQ(body_of("<p>a<pb n=\"7\" cert=\"low\" resp=\"#emend\"/>b<pb/></p>"),
            "<p>a<pb n=\"7\" facs=\"#f1\" />b<pb facs=\"#f2\" /></p>");
}

TEST(Dtabf, tellsOfMissingTextInItsOwnWords) {
  EXPECT_EQ(body_of("<p>a</p><gap n=\"6–11\" reason=\"missing\" extent=\"pages 6–11\" unit=\"page\" quantity=\"6\" "
                    "resp=\"#emend\"/>"),
            "<p>a</p><gap reason=\"lost\" unit=\"pages\" quantity=\"6\" />");
}

TEST(Dtabf, keepsTheWordsOfWhatItDoesNotKnow) {
  EXPECT_EQ(body_of("<p><bibl type=\"book\"><editor>A</editor>, <biblScope unit=\"page\">p. 3</biblScope></bibl></p>"),
            "<p><bibl>A, p. 3</bibl></p>");
  EXPECT_EQ(body_of("<p>a<ref type=\"noteAnchor\" n=\"④\"/></p>"), "<p>a<ref>④</ref></p>");
  EXPECT_EQ(body_of("<p><hi rend=\"bold\">a</hi><hi rend=\"code\">b</hi></p>"), "<p><hi rendition=\"#b\">a</hi>b</p>");
  EXPECT_EQ(body_of("<p><ref target=\"https://\">https://</ref><ref target=\"#a\">b</ref></p>"),
            "<p><ref>https://</ref><ref target=\"#a\">b</ref></p>");
}

TEST(Dtabf, tellsWhatItHasNoRoomFor) {
  EXPECT_EQ(dtabf("<div type=\"section\"><p><seg>a</seg><seg>b</seg></p></div>").no_room_for,
            (std::vector<std::string>{"TEI/@xml:lang (1)", "div/@type=section (1)", "encodingDesc (1)",
                                      "seg, but for its words (2)"}));
}

InProfile eltec(const std::string& body, const std::string& date = "1887") {
  return in_profile(
      "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" xml:lang=\"en\"><teiHeader><fileDesc><titleStmt><title>The Ferry"
      "</title><author>Anna Moor</author><editor role=\"translator\">B. Reed</editor></titleStmt>"
      "<publicationStmt><p>Date: " +
          date +
          "</p></publicationStmt><sourceDesc><bibl><title>a.txt</title></bibl>"
          "</sourceDesc></fileDesc></teiHeader><text><body>" +
          body + "</body></text></TEI>",
      "eltec-1");
}

std::string eltec_body(const std::string& body) {
  const std::string made = eltec(body).tei;
  const std::size_t begin = made.find("<body>") + 6;
  return made.substr(begin, made.find("</body>") - begin);
}

TEST(Eltec, makesParagraphsOfWhatStandsApart) {
  EXPECT_EQ(
      eltec_body("<div><p xml:id=\"a\">one <list><item>two</item><item>three <list><item>four</item></list></item>"
                 "</list> five</p></div>"),
      "<div><p xml:id=\"a\">one </p><p>two</p><p>three </p><p>four</p><p> five</p></div>");
  EXPECT_EQ(eltec_body("<div><table><head>Tolls</head><row><cell>a</cell><cell>b</cell></row></table></div>"),
            "<div><p>Tolls</p><p>a b</p></div>");
  EXPECT_EQ(
      eltec_body("<div type=\"section\"><listBibl><bibl type=\"book\"><author>A</author>, B</bibl></listBibl></div>"),
      "<div><p>A, B</p></div>");
}

TEST(Eltec, keepsNotesAtTheirMarksAndLeavesFurnitureOut) {
  EXPECT_EQ(
      eltec_body("<div><p>a<note place=\"foot\" n=\"1\">b</note><pb n=\"2\"/><fw type=\"header\">c</fw> d</p></div>"),
      "<div><p>a<note n=\"1\">b</note><pb n=\"2\" /> d</p></div>");
  const std::vector<std::string> lost = eltec("<div><p><fw>c</fw></p></div>").no_room_for;
  EXPECT_NE(std::find(lost.begin(), lost.end(), "fw (1)"), lost.end());
}

TEST(Eltec, assertsNothingThatTheEditionDoesNotSay) {
  const InProfile known = eltec("<div><p>one two-three, it’s</p></div>");
  EXPECT_NE(known.tei.find("<measure unit=\"words\">3</measure>"), std::string::npos);
  EXPECT_NE(known.tei.find("eltec:timeSlot xmlns:eltec=\"http://distantreading.net/eltec/ns\" key=\"T3\""),
            std::string::npos);
  EXPECT_NE(known.tei.find("<respStmt><resp>translator</resp><name>B. Reed</name></respStmt>"), std::string::npos);
  const InProfile late = eltec("<div><p>a</p></div>", "1999");
  EXPECT_EQ(late.tei.find("timeSlot"), std::string::npos);
  ASSERT_EQ(late.lacks.size(), 2u);
  EXPECT_EQ(late.lacks[0], "a first edition between 1840 and 1920 (timeSlot); the book says 1999");
}

TEST(SimplePrint, hasItsOwnNames) {
  const std::string made =
      in_profile(tei("<p><hi rend=\"bold\">a</hi><hi rend=\"code\">b</hi><note place=\"foot\" n=\"1\">c</note></p>"),
                 "simplePrint")
          .tei;
  EXPECT_NE(made.find("<hi rendition=\"simple:bold\">a</hi>b<note place=\"bottom\" n=\"1\">c</note>"),
            std::string::npos);
}

TEST(Lite, describesTheEditionInParagraphs) {
  const std::string made = in_profile(
                               "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" xml:lang=\"en\"><teiHeader><encodingDesc>"
                               "<editorialDecl><correction method=\"silent\"><p>x</p></correction></editorialDecl>"
                               "</encodingDesc></teiHeader><text><body><quote>q</quote></body></text></TEI>",
                               "lite")
                               .tei;
  EXPECT_NE(made.find("<editorialDecl><p>x</p></editorialDecl>"), std::string::npos);
  EXPECT_NE(made.find("<body><q>q</q></body>"), std::string::npos);
}

// What the words of a book are, without its running heads.
std::string text_of(const std::string& tei, bool furniture) {
  pugi::xml_document document;
  parse_tei(tei, document);
  pugi::xml_node text = document.document_element().child("text");
  for (pugi::xml_node fw; !furniture && (fw = text.find_node([](pugi::xml_node n) { return local_name(n) == "fw"; }));)
    fw.parent().remove_child(fw);
  std::string words = plain_text(text);
  std::erase_if(words, [](char c) { return c == ' '; });
  return words;
}

TEST(Profiles, loseNoWordOfTheSamples) {
  std::size_t samples = 0;
  for (const auto& folder : std::filesystem::directory_iterator(EMEND_SOURCE_DIR "/samples")) {
    std::ifstream file(folder.path() / "expected.tei.xml", std::ios::binary);
    if (!file) continue;
    std::ostringstream bytes;
    bytes << file.rdbuf();
    const std::string source = bytes.str();
    for (const std::string_view profile : profile_names()) {
      const bool furniture = profile != "eltec-1";
      EXPECT_EQ(text_of(source, furniture), text_of(in_profile(source, profile).tei, furniture)) << profile;
    }
    ++samples;
  }
  EXPECT_GT(samples, 5u);
}

TEST(Profiles, haveNames) {
  EXPECT_EQ(profile_names(), (std::vector<std::string_view>{"dtabf", "eltec-1", "lite", "simplePrint"}));
}

}  // namespace
}  // namespace emend
