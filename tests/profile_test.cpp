// Editions in the profiles of archives: what becomes of each element, and that no word goes. Their own grammars judge
// them in tests/shared.
#include <gtest/gtest.h>

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

struct Made {
  std::string tei;
  std::vector<std::string> lost;
};

Made dtabf(const std::string& body) {
  Made made;
  made.tei = in_profile(tei(body), "dtabf", made.lost);
  return made;
}

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

TEST(Dtabf, keepsTheWordsOfWhatItDoesNotKnow) {
  EXPECT_EQ(body_of("<p><bibl type=\"book\"><editor>A</editor>, <biblScope unit=\"page\">p. 3</biblScope></bibl></p>"),
            "<p><bibl>A, p. 3</bibl></p>");
  EXPECT_EQ(body_of("<p>a<ref type=\"noteAnchor\" n=\"④\"/></p>"), "<p>a<ref>④</ref></p>");
  EXPECT_EQ(body_of("<p><hi rend=\"bold\">a</hi><hi rend=\"code\">b</hi></p>"), "<p><hi rendition=\"#b\">a</hi>b</p>");
  EXPECT_EQ(body_of("<p><ref target=\"https://\">https://</ref><ref target=\"#a\">b</ref></p>"),
            "<p><ref>https://</ref><ref target=\"#a\">b</ref></p>");
}

TEST(Dtabf, tellsWhatItHasNoRoomFor) {
  EXPECT_EQ(dtabf("<div type=\"section\"><p><seg>a</seg><seg>b</seg></p></div>").lost,
            (std::vector<std::string>{"TEI/@xml:lang (1)", "div/@type=section (1)", "encodingDesc (1)",
                                      "seg, but for its words (2)"}));
}

TEST(Dtabf, losesNoWordOfTheSamples) {
  std::size_t samples = 0;
  for (const auto& folder : std::filesystem::directory_iterator(EMEND_SOURCE_DIR "/samples")) {
    std::ifstream file(folder.path() / "expected.tei.xml", std::ios::binary);
    if (!file) continue;
    std::ostringstream bytes;
    bytes << file.rdbuf();
    std::vector<std::string> lost;
    pugi::xml_document before, after;
    const std::string source = bytes.str(), made = in_profile(source, "dtabf", lost);
    EXPECT_EQ(plain_text(parse_tei(source, before).child("text")), plain_text(parse_tei(made, after).child("text")));
    ++samples;
  }
  EXPECT_GT(samples, 5u);
}

TEST(Profiles, haveNames) { EXPECT_EQ(profile_names(), std::vector<std::string_view>{"dtabf"}); }

}  // namespace
}  // namespace emend
