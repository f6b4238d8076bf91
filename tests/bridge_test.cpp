// The bridge to Pandoc: small cases as golden JSON, and every construct of the profile.
#include <gtest/gtest.h>

#include <sstream>

#include "stages/write/pandoc/pandoc.h"
#include "stages/write/pandoc/pictures.h"
#include "stages/write/tei/metadata.h"
#include "stages/write/tei/survey.h"
#include "tests/workbench.h"

namespace emend {
namespace {

const ApiVersion api_2_17{{1, 22, 2, 1}};
const ApiVersion api_3{{1, 23, 1}};

std::string tei(const std::string& body, const std::string& language = "en") {
  return "<TEI xmlns='http://www.tei-c.org/ns/1.0' xml:lang='" + language +
         "'><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader><text><body>" + body +
         "</body></text></TEI>";
}

/// The blocks that a body becomes.
std::string blocks(const std::string& body, const ApiVersion& api = api_2_17, const std::string& language = "en") {
  std::vector<std::string> warnings;
  const std::string json = pandoc_json(tei(body, language), api, warnings);
  const std::string key = ",\"blocks\":";
  const std::size_t at = json.find(key) + key.size();
  return json.substr(at, json.size() - at - 2);
}

/// The same, of a book that finds its pictures at these addresses.
std::string blocks_with(const std::string& body, BookTarget target, const PictureAddress& pictures) {
  std::vector<std::string> warnings;
  const std::string json = pandoc_book(tei(body), api_2_17, warnings, target, FactsShown::all, pictures).json;
  const std::string key = ",\"blocks\":";
  const std::size_t at = json.find(key) + key.size();
  return json.substr(at, json.size() - at - 2);
}

std::vector<std::string> warnings_of(const std::string& body) {
  std::vector<std::string> warnings;
  pandoc_json(tei(body), api_2_17, warnings);
  return warnings;
}

std::string str(const std::string& word) { return R"({"t":"Str","c":")" + word + "\"}"; }
std::string para(const std::string& inlines) { return R"({"t":"Para","c":[)" + inlines + "]}"; }
const std::string space = R"({"t":"Space"})";

TEST(Pictures, AreCopiedOnceIfTheyAreSomeAndNamedInTexts) {
  const PrivateFolder folder;
  int asked = 0;
  ExportOptions options;
  options.picture = [&](std::string_view url) {
    ++asked;
    return url == "a.png" ? std::string("\x89PNG\r\n\x1A\n") : std::string("no picture");
  };
  Pictures held(Format::epub, options, folder);
  EXPECT_EQ(held.address("a.png"), folder.path() + "/picture-1.png");
  EXPECT_EQ(held.address("a.png"), folder.path() + "/picture-1.png");
  EXPECT_EQ(held.address("b.png"), "");
  EXPECT_EQ(held.address("https://example.org/a.png"), "");
  EXPECT_EQ(asked, 2);
  options.writer = "gfm";
  Pictures named(Format::other, options, folder);
  EXPECT_EQ(named.address("b.png"), "b.png");
  EXPECT_EQ(named.address("https://example.org/a.png"), "https://example.org/a.png");
  EXPECT_EQ(named.address("javascript:alert(1)"), "");
}

TEST(Bridge, CarriesThePicturesThatTheBookFinds) {
  const auto found = [](std::string_view url) { return url == "a.png" ? std::string("at.png") : std::string(); };
  const std::string image = R"({"t":"Image","c":[["",[],[]],[{"t":"Str","c":"a weir"}],["at.png",""]]})";
  EXPECT_EQ(
      blocks_with("<figure><graphic url='a.png'/><figDesc>a weir</figDesc></figure>", BookTarget::commonmark, found),
      "[" + para(image) + "]");
  EXPECT_EQ(blocks_with("<p>So <figure><graphic url='a.png'/><figDesc>a weir</figDesc></figure></p>", BookTarget::epub,
                        found),
            "[" + para(str("So") + "," + space + "," + image) + "]");
  EXPECT_EQ(
      blocks_with("<p>So <figure><graphic url='b.png'/><figDesc>gone</figDesc></figure></p>", BookTarget::epub, found),
      "[" + para(str("So") + "," + space + "," + str("gone")) + "]");
}

TEST(Bridge, writesTheWholeDocument) {
  std::vector<std::string> warnings;
  const std::string id = R"([{"t":"MetaInlines","c":[{"t":"Str","c":"urn:uuid:)";
  const std::string json = pandoc_json(tei("<p>a</p>"), api_2_17, warnings);
  EXPECT_TRUE(json.starts_with(R"({"pandoc-api-version":[1,22,2,1],"meta":{"identifier":{"t":"MetaList","c":)" + id))
      << json;
  EXPECT_TRUE(
      json.ends_with(R"("lang":{"t":"MetaInlines","c":[{"t":"Str","c":"en"}]},"title":{"t":"MetaInlines","c":[)" +
                     str("T") + R"(]}},"blocks":[)" + para(str("a")) + "]}\n"))
      << json;
  EXPECT_TRUE(warnings.empty());
}

TEST(Bridge, keepsOneSpaceWhereverAPageBreaks) {
  const std::string pb = R"({"t":"Span","c":[["p2",["pagebreak"],)"
                         R"([["role","doc-pagebreak"],["epub:type","pagebreak"],["title","2"]]],[]]})";
  const std::string apart = "[" + para(str("a") + "," + space + "," + pb + "," + str("b")) + "]";
  EXPECT_EQ(blocks("<p>a <pb n='2' xml:id='p2'/> <fw>head</fw> b</p>"), apart);
  EXPECT_EQ(blocks("<p> a<pb n='2' xml:id='p2'/><fw>head</fw> b </p>"), apart);
  EXPECT_EQ(blocks("<p>a <pb n='2' xml:id='p2'/>b</p>"), apart);
  EXPECT_EQ(blocks("<p>a<pb n='2' xml:id='p2'/>b</p>"), "[" + para(str("a") + "," + pb + "," + str("b")) + "]");
}

TEST(Bridge, joinsChineseAcrossALineOfTheFile) {
  EXPECT_EQ(blocks("<p>河水，\n   到镇</p>"), "[" + para(str("河水，") + "," + str("到镇")) + "]");
  EXPECT_EQ(blocks("<p>河水\n  abc</p>"), "[" + para(str("河水") + R"(,{"t":"SoftBreak"},)" + str("abc")) + "]");
}

TEST(Bridge, numbersSectionsByDepthAndKeepsPageBreaksOutOfHeadings) {
  EXPECT_EQ(
      blocks(
          "<div type='chapter' xml:id='ch1'><pb n='7' xml:id='p7'/><head>One</head><div><head>Sub</head></div></div>"),
      R"([{"t":"Header","c":[1,["ch1",["chapter"],[]],[)" + str("One") +
          R"(]]},{"t":"Div","c":[["p7",["pagebreak","above"],[["role","doc-pagebreak"],["epub:type","pagebreak"],)"
          R"(["title","7"]]],[]]},{"t":"Header","c":[2,["sec-1.1",[],[]],[)" +
          str("Sub") + "]]}]");
}

TEST(Bridge, putsNotesAtTheirMarks) {
  EXPECT_EQ(blocks("<p>a <note place='foot'>n<p>m</p></note>, b</p>"),
            "[" +
                para(str("a") + R"(,{"t":"Note","c":[)" + para(str("n")) + "," + para(str("m")) + "]}," + space + "," +
                     str(",") + "," + space + "," + str("b")) +
                "]");
  EXPECT_EQ(blocks("<p>a<ref type='noteAnchor' n='④' ana='#unresolved'/></p>"),
            "[" + para(str("a") + R"(,{"t":"Superscript","c":[)" + str("④") + "]}") + "]");
}

TEST(Bridge, setsNoBlankBetweenAMarkAndChinese) {
  const std::string note = "<note place='foot'>n</note>", written = R"({"t":"Note","c":[)" + para(str("n")) + "]}";
  for (const std::string after : {" 文", "\n文", " “文”"}) {
    const std::string word = after.substr(1);
    EXPECT_EQ(blocks("<p>字" + note + after + "</p>", api_2_17, "zh-Hans"),
              "[" + para(str("字") + "," + written + "," + str(word)) + "]");
  }
  EXPECT_EQ(blocks("<p>字<ref type='noteAnchor' n='④' ana='#unresolved'/> 文</p>"),
            "[" + para(str("字") + R"(,{"t":"Superscript","c":[)" + str("④") + "]}," + str("文")) + "]");
}

TEST(Bridge, saysWhereParagraphsAreMissing) {
  const auto notice = [](const std::string& gap, const std::string& language) {
    const std::string all = blocks(gap, api_2_17, language);
    EXPECT_NE(all.find(R"(["",["missing"],[]])"), std::string::npos) << all;
    return all;
  };
  EXPECT_NE(notice("<gap reason='lost' unit='page' quantity='26'/>", "zh-Hans").find("[此处文字缺失：26页]"),
            std::string::npos);
  EXPECT_NE(notice("<gap><desc>leaf 3</desc></gap>", "en").find(str("3]")), std::string::npos);
  EXPECT_NE(notice("<p>a</p><gap/><p>b</p>", "de").find(str("fehlt]")), std::string::npos);
  EXPECT_EQ(blocks("<p>a <gap/> b</p>").find("missing"), std::string::npos);
}

TEST(Bridge, readsARemarkInAReferenceAsPartOfIt) {
  EXPECT_EQ(blocks("<p><bibl><title>T</title> <note type='remark'>lost</note></bibl>.</p>"),
            "[" + para(str("T") + "," + space + "," + str("lost") + "," + str(".")) + "]");
}

TEST(Bridge, linksOnlyToWhatIsThere) {
  EXPECT_EQ(blocks("<p>see <ref target='#x'>x</ref> <ref target='#y'>y</ref></p><p xml:id='x'>here</p>"),
            "[" +
                para(str("see") + "," + space + R"(,{"t":"Link","c":[["",[],[]],[)" + str("x") + R"(],["#x",""]]},)" +
                     space + "," + str("y")) +
                "," + para(R"({"t":"Span","c":[["x",["anchor"],[]],[]]},)" + str("here")) + "]");
  EXPECT_EQ(blocks("<p><ref target='#gone'>a</ref></p><fw xml:id='gone'>f</fw>"), "[" + para(str("a")) + "]");
  EXPECT_EQ(blocks("<p><ref target='javascript:x()'>a</ref></p>"), "[" + para(str("a")) + "]");
}

TEST(Bridge, prefersTheCorrectedReading) {
  EXPECT_EQ(blocks("<p><choice><sic>teh</sic><corr>the</corr></choice></p>"), "[" + para(str("the")) + "]");
  EXPECT_EQ(blocks("<p><choice><orig>,</orig><reg>，</reg></choice></p>"), "[" + para(str("，")) + "]");
}

TEST(Bridge, breaksAParagraphForTheListInIt) {
  EXPECT_EQ(blocks("<p>a<list><item>b</item></list>c</p>"), "[" + para(str("a")) +
                                                                R"(,{"t":"BulletList","c":[[{"t":"Plain","c":[)" +
                                                                str("b") + "]}]]}," + para(str("c")) + "]");
}

TEST(Bridge, doesNotDoubleAPrintedMarker) {
  EXPECT_EQ(blocks("<list><item>（一）a</item><item>（二）b</item></list>"),
            R"([{"t":"Div","c":[["",["list"],[]],[)" + para(str("（一）a")) + "," + para(str("（二）b")) + "]]}]");
  EXPECT_EQ(
      blocks("<list rend='numbered'><item n='3'>a</item></list>"),
      R"([{"t":"OrderedList","c":[[3,{"t":"Decimal"},{"t":"Period"}],[[{"t":"Plain","c":[)" + str("a") + "]}]]]}]");
}

TEST(Bridge, setsAPrintedMarkerItselfWherePandocPrintsItSo) {
  const auto item = [](const std::string& text) { return R"([{"t":"Plain","c":[)" + str(text) + "]}]"; };
  EXPECT_EQ(blocks("<list rend='bulleted'><item n='•'>• a</item><item n='•'>• b</item></list>"),
            R"([{"t":"BulletList","c":[)" + item("a") + "," + item("b") + "]}]");
  EXPECT_EQ(
      blocks("<list rend='numbered'><item n='(2)'>(2) a</item><item n='(3)'>(3) b</item></list>"),
      R"([{"t":"OrderedList","c":[[2,{"t":"Decimal"},{"t":"TwoParens"}],[)" + item("a") + "," + item("b") + "]]}]");
  EXPECT_EQ(blocks("<list rend='numbered'><item n='1º'>1ºa</item><item n='2º'>2ºb</item></list>"),
            R"([{"t":"Div","c":[["",["list"],[]],[)" + para(str("1ºa")) + "," + para(str("2ºb")) + "]]}]");
}

TEST(Bridge, writesFiguresAsEachPandocKnowsThem) {
  const std::string figure = "<figure><head>Cap</head><p>x</p></figure>";
  EXPECT_EQ(blocks(figure, api_2_17), R"([{"t":"Div","c":[["",["figure"],[]],[)" + para(str("x")) +
                                          R"(,{"t":"Div","c":[["",["caption"],[["custom-style","Image Caption"]]],[)" +
                                          para(str("Cap")) + "]]}]]}]");
  EXPECT_EQ(blocks(figure, api_3), R"([{"t":"Figure","c":[["",["figure"],[]],[null,[{"t":"Plain","c":[)" + str("Cap") +
                                       "]}]],[" + para(str("x")) + "]]}]");
}

TEST(Bridge, squaresTables) {
  const std::string table =
      blocks("<table><row><cell rows='9' cols='2'>a</cell></row><row><cell>b</cell></row></table>");
  EXPECT_EQ(count(table, "ColWidthDefault"), 3u);
  EXPECT_EQ(count(table, R"({"t":"AlignDefault"},2,2,[)"), 1u);   // cut to the rows that are there
  EXPECT_EQ(count(table, R"({"t":"AlignDefault"},1,1,[])"), 1u);  // and the first row filled up
}

TEST(Bridge, tellsTheLanguageWhereItChanges) {
  EXPECT_EQ(blocks("<p xml:lang='de'>x</p><p>y</p>"),
            "[" + para(R"({"t":"Span","c":[["",[],[["lang","de"],["xml:lang","de"]]],[)" + str("x") + "]]}") + "," +
                para(str("y")) + "]");
}

TEST(Bridge, escapesAndRepairsText) {
  EXPECT_EQ(blocks("<p>a\"b\\&#1;\xFF</p>"), "[" + para(str("a\\\"b\\\\\xEF\xBF\xBD\xEF\xBF\xBD")) + "]");
}

TEST(Bridge, namesWhatItDoesNotKnowAndKeepsItsText) {
  EXPECT_EQ(blocks("<p>a <fancy>b</fancy></p><odd><p>c</p></odd>"),
            "[" + para(str("a") + "," + space + "," + str("b")) + "," + para(str("c")) + "]");
  const std::vector<std::string> expected{"line 1: the element <fancy> is not known; its text stays, 2 times"};
  EXPECT_EQ(warnings_of("<p><fancy>a</fancy> <fancy>b</fancy></p>"), expected);
}

TEST(Bridge, namesTheFirstPlaceInTheOrderOfTheBook) {
  const std::vector<std::string> expected{
      "line 2: the element <odd> is not known; its text stays",
      "line 3: the element <fancy> is not known; its text stays, 2 times",
      "line 4: the reference '#gone' leads to no place in the book; its text stays",
      "line 5: the element <index> is no part of the text of a book; it is left out",
      "line 6: the picture 'a.png' is not carried into the book"};
  EXPECT_EQ(warnings_of("\n<odd>a</odd>\n<p><fancy>b</fancy> <fancy>c</fancy>\n<ref target='#gone'>d</ref>\n"
                        "<index><term>e</term></index></p>\n<figure><graphic url='a.png'/></figure>"),
            expected);
  std::string many;
  for (int i = 0; i < 300; ++i) many += "<p><odd" + std::to_string(i) + "/></p>\n";
  EXPECT_EQ(warnings_of(many).size(), 201u);
  EXPECT_EQ(warnings_of(many).back(), "and 100 more of that kind");
}

TEST(Bridge, readsNoEntitiesAndSaysSo) {
  const std::string bomb =
      "<!DOCTYPE TEI [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/hostname'>]>\n";
  std::vector<std::string> warnings;
  const std::string json = pandoc_json(bomb + tei("<p>&lt;&b; &c; d</p>"), api_2_17, warnings);
  EXPECT_NE(json.find(str("<&b;")), std::string::npos) << json;
  EXPECT_NE(json.find(str("&c;")), std::string::npos) << json;
  EXPECT_EQ(warnings, std::vector<std::string>{"line 2: the entity '&b;' is not read; it stays as it is written"});
  EXPECT_EQ(warnings_of("<p>&amp;b;</p>"), std::vector<std::string>{}) << "without a DOCTYPE there are no entities";
}

TEST(Bridge, readsTeiOfAnyNamespaceAndSaysSo) {
  std::vector<std::string> warnings;
  pandoc_json("<t:TEI xmlns:t='http://www.tei-c.org/ns/1.0'><t:text><t:body><t:p>a</t:p></t:body></t:text></t:TEI>",
              api_2_17, warnings);
  EXPECT_EQ(warnings, std::vector<std::string>{});
  const std::string json =
      pandoc_json("<TEI xmlns='urn:x'><text><body><p>a</p></body></text></TEI>", api_2_17, warnings);
  EXPECT_NE(json.find(para(str("a"))), std::string::npos) << json;
  EXPECT_EQ(warnings, std::vector<std::string>{
                          "line 1: the document is not in TEI's namespace, but in 'urn:x'; it is read as TEI"});
}

TEST(Bridge, doesNotClashWithPandocsOwnNotes) {
  EXPECT_NE(blocks("<p><ref target='#fn1'>x</ref><note xml:id='fn1' place='foot'>n</note></p>").find("#tei-fn1"),
            std::string::npos);
  EXPECT_EQ(safe_id("fn-1-1"), "fn-1-1");
  EXPECT_EQ(safe_id("a b\""), "a-b-");
}

TEST(Bridge, takesOnlyAddressesThatReadersCanFollow) {
  EXPECT_EQ(safe_address("http://a.b/c?d=é#e#f"), "http://a.b/c?d=%C3%A9#e%23f");
  for (const char* bad : {"http://", "file:///etc/passwd", "part2.xml#x", "http://x y/", "data:text/html,x"}) {
    EXPECT_EQ(safe_address(bad), "") << bad;
  }
}

TEST(Bridge, refusesWhatIsNoTei) {
  const auto convert = [](const std::string& text) {
    return error_of(
        [&] {
          std::vector<std::string> warnings;
          pandoc_json(text, api_2_17, warnings);
        },
        Exit::input);
  };
  EXPECT_NE(convert("<TEI>\n<text>\n</TEI>").find("TEI:3"), std::string::npos);
  EXPECT_NE(convert("<html/>").find("'html'"), std::string::npos);
  convert("");
  convert("plain text");
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<div>";
  for (int i = 0; i < 100000; ++i) deep += "</div>";
  EXPECT_NE(convert(tei(deep)).find("nested"), std::string::npos);
}

void expect_words(const std::string& name, const std::vector<std::string>& words) {
  std::vector<std::string> warnings;
  const std::string json = pandoc_json(sample(name), api_2_17, warnings);
  for (const std::string& word : words) EXPECT_NE(json.find(word), std::string::npos) << name << ": " << word;
  for (const char* furniture : {"某某文库", "转换", "没有找到注文的注号", "入力"}) {
    EXPECT_EQ(json.find(furniture), std::string::npos) << name << ": " << furniture;
  }
}

TEST(Bridge, losesNothingOfTheSamplesButFurniture) {
  expect_words("chinese.xml", {"林知秋",
                               "手工纸",
                               "周远山",
                               "同一个冬天停工",
                               "winter.",
                               "水与纸",
                               "到镇口才变得平缓",
                               "镇公所",
                               "Reed,",
                               "人",
                               "④",
                               "旧河",
                               "[…]",
                               "等着",
                               "没有找到注号的注文",
                               "水不等人",
                               "半船新月",
                               "抄纸",
                               "（二）石臼",
                               "1902",
                               "河道图",
                               "本章曾单独发表",
                               "已经不在的一节",
                               "[1]"});
  expect_words("english.xml", {"light.", "ledger.",    "saying",  "runs", "Gazette", "boat",     "flour,",  "rye",
                               "Not",    "everything", "Keeper.", "gull", "Dyke",    "willows",  "sluice",  "door",
                               "lamp",   "inner",      "table.",  "Deep", "house",   "Gathered", "another."});
}

/// The words of the text, as the file has them, but for what is not read: header, furniture, and the other reading of a
/// choice.
void words_of(const pugi::xml_node& node, std::vector<std::string>& words) {
  const std::string_view name = local_name(node);
  for (const std::string_view skipped : {"teiHeader", "fw", "sourceDoc", "standOff", "orig"})
    if (name == skipped) return;
  std::istringstream text(node.value());
  for (std::string word; node.type() == pugi::node_pcdata && text >> word;) words.push_back(word);
  for (const pugi::xml_node& child : node.children()) words_of(child, words);
}

std::vector<std::string> warnings_from(const std::string& name) {
  const std::string text = read_file(EMEND_SOURCE_DIR "/tests/data/tei-in/" + name);
  std::vector<std::string> warnings, words;
  const std::string json = pandoc_json(text, api_2_17, warnings);
  pugi::xml_document document;
  words_of(parse_tei(text, document), words);
  EXPECT_GT(words.size(), 25u) << name;
  for (const std::string& word : words) EXPECT_NE(json.find(word), std::string::npos) << name << " lost " << word;
  return warnings;
}

TEST(Bridge, losesNothingOfTheTeiOfOthersAndNamesWhatItDoesNotKnow) {
  EXPECT_EQ(warnings_from("print.xml"),
            (std::vector<std::string>{"line 27: the element <notatedMusic> is not known; its text stays"}));
  EXPECT_EQ(warnings_from("play.xml"),
            (std::vector<std::string>{"line 16: the entity '&hellip;' is not read; it stays as it is written",
                                      "line 18: the element <sound> is not known; its text stays"}));
  EXPECT_EQ(
      warnings_from("manuscript.xml"),
      (std::vector<std::string>{"line 7: the element <t:sourceDoc> is no part of the text of a book; it is left out",
                                "line 12: the element <t:app> is not known; its text stays",
                                "line 12: the element <t:lem> is not known; its text stays",
                                "line 12: the element <t:rdg> is not known; its text stays",
                                "line 13: the element <own:tally> is not known; its text stays",
                                "line 14: the element <own:page> is not known; its text stays",
                                "line 15: the element <math> is not known; its text stays",
                                "line 15: the element <mi> is not known; its text stays",
                                "line 15: the element <mo> is not known; its text stays",
                                "line 15: the element <mn> is not known; its text stays",
                                "line 16: the picture 'leaf.png' is not carried into the book",
                                "line 20: the element <t:standOff> is no part of the text of a book; it is left out"}));
}

}  // namespace
}  // namespace emend
