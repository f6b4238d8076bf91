// References out of TEI, and as CSL-JSON and BibTeX.
#include "stages/write/cite/references.h"

#include <gtest/gtest.h>

#include "pipeline/document/error.h"

namespace emend {
namespace {

std::string tei(const std::string& bibls) {
  return "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc><sourceDesc><bibl><title>the file "
         "itself</title></bibl></sourceDesc></fileDesc></teiHeader><text><body><p>" +
         bibls + "</p></body></text></TEI>";
}

std::string keys(const std::string& bibls) {
  std::string out;
  for (const Reference& r : read_references(tei(bibls))) out += (out.empty() ? "" : " ") + r.key;
  return out;
}

const std::string salt =
    "<bibl type='book'><author>Anna van Penrice</author>, <title level='m'>Salt &amp; Law: 50% of_it</title> "
    "(<pubPlace>London</pubPlace>: <publisher>Arnold</publisher>, <date when='1972'>1972</date>), <biblScope "
    "unit='page' "
    "from='5' to='7'>5–7</biblScope></bibl>";

TEST(References, AreWrittenAsBibtex) {
  EXPECT_EQ(bibtex(read_references(tei(salt))),
            "@book{vanpenrice1972,\n  author = {van Penrice, Anna},\n  title = {Salt \\& Law: 50\\% of\\_it},\n  "
            "publisher = {Arnold},\n"
            "  address = {London},\n  pages = {5--7},\n  year = {1972}\n}\n");
}

TEST(References, AreWrittenAsCslJson) {
  EXPECT_EQ(csl_json(read_references(
                tei("<bibl type='web'><author>梁苇</author>：《<title level='a'>“盐\\沼”</title>》，<ref "
                    "target='http://a.example/{b}'>x</ref>，<date type='access' "
                    "when='2019-03-05'>2019年3月5日</date></bibl>"))),
            "[\n  {\n    \"id\": \"liangwei\",\n    \"type\": \"webpage\",\n    \"author\": [{\"literal\": "
            "\"梁苇\"}],\n    \"title\": "
            "\"“盐\\\\沼”\",\n    \"URL\": \"http://a.example/{b}\",\n    \"accessed\": {\"date-parts\": [[2019, 3, "
            "5]]}\n  }\n]\n");
  EXPECT_EQ(csl_json({}), "[]\n");
}

TEST(References, EscapeWhatTexWouldTakeForACommand) {
  Reference r;
  r.key = "k";
  r.kind = "web";
  r.title = "\\ { } $ & # % _ ^ ~";
  r.url = "http://a.example/{b}?c=%20#d_e\\";
  r.authors = {{"", "", "Salt and Law {Ltd}"}};
  EXPECT_EQ(
      bibtex({r}),
      "@misc{k,\n  author = {{Salt and Law \\{Ltd\\}}},\n  title = {\\textbackslash{} \\{ \\} \\$ \\& \\# \\% \\_ "
      "\\textasciicircum{} \\textasciitilde{}},\n  url = {http://a.example/%7Bb%7D?c=%20#d_e%5C}\n}\n");
}

TEST(References, TellSeriesFromJournal) {
  const Reference r = read_references(
      tei("<bibl type='book'><title level='m'>L’Eau</title>, <title level='s'>Que sais-je ?</title></bibl>"))[0];
  EXPECT_EQ(r.series + "|" + r.container, "Que sais-je ?|");
  EXPECT_EQ(bibtex({r}), "@book{leau,\n  title = {L’Eau},\n  series = {Que sais-je ?}\n}\n");
}

TEST(References, AreOneForEachWork) {
  const std::string other =
      "<bibl><author>Anna van Penrice</author>, <title>Tides</title>, <date when='1972'>1972</date></bibl>";
  const std::string again = "<bibl corresp='#x'><ref target='#x'>Ibid.</ref>, <title>Salt</title></bibl>";
  EXPECT_EQ(keys(salt + other + salt + again), "vanpenrice1972a vanpenrice1972b");
  EXPECT_EQ(keys("<bibl><title>Beowulf</title></bibl><bibl>words only</bibl>"), "beowulf");
  EXPECT_EQ(keys("<bibl><author>罗昕</author><title>一</title><date when='2022'/></bibl>"), "luoxin2022");
}

TEST(References, TakeThePagesOfAListBeforeThoseOfNotes) {
  const auto page = [](const std::string& pages) {
    return "<bibl><author>A. Dow</author><title level='a'>T</title><title level='j'>J</title><biblScope unit='page'>" +
           pages + "</biblScope></bibl>";
  };
  EXPECT_EQ(read_references(tei(page("p. 3") + page("第9-10页") + page("p. 3")))[0].page, "3, 9-10");
  EXPECT_EQ(read_references(tei(page("p. 3") + "</p><listBibl>" + page("1–12") + "</listBibl><p>"))[0].page, "1-12");
}

TEST(References, KnowNumbersWithoutTheirWords) {
  const std::pair<const char*, const char*> cases[] = {{"Vol.32", "32"}, {"第3期", "3"},     {"第三卷", "3"},
                                                       {"H. 3", "3"},    {"第5-6期", "5-6"}, {"t. II", "2"},
                                                       {"n° 12", "12"},  {"增刊", "增刊"}};
  for (const auto& [printed, number] : cases)
    EXPECT_EQ(read_references(tei("<bibl><title>T</title><biblScope unit='volume'>" + std::string(printed) +
                                  "</biblScope></bibl>"))[0]
                  .volume,
              number);
}

TEST(References, OfWhatIsNoTeiAreAnError) {
  EXPECT_THROW(read_references("no XML"), Error);
  EXPECT_THROW(read_references("<html/>"), Error);
}

}  // namespace
}  // namespace emend
