// What is read as a citation, part by part: every file of tests/data/citations holds texts and the parts that are to be
// found in them; and what the stage and the writer make of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "pipeline/document/commit.h"
#include "pipeline/run/plan.h"
#include "pipeline/text/dates.h"
#include "pipeline/text/persons.h"
#include "stages/82-citations/citation.h"
#include "stages/read/text/text.h"
#include "stages/write/account.h"
#include "stages/write/tei/tei.h"
#include "stages/write/validate/validate.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_citations;
}

namespace {

const Rules& citation_rules() {
  static const Rules rules({{embedded::rules_citations, "citations.rules"}});
  return rules;
}

std::string shown(std::string_view text, const std::vector<Citation>& citations) {
  std::string out;
  for (const Citation& c : citations) {
    out += "  " + (c.kind.empty() ? std::string("-") : c.kind) + (c.again == Again::none ? "" : " again") + "\n";
    for (const CitationPart& p : c.parts) {
      std::string attributes = p.attributes;
      std::replace(attributes.begin(), attributes.end(), '\n', ' ');
      out += "    " + p.name + "[" + attributes + "] " + std::string(text.substr(p.begin, p.end - p.begin)) + "\n";
    }
  }
  return out;
}

struct Sample {
  std::string where, form, text, parts;
};

std::vector<Sample> samples() {
  std::vector<Sample> all;
  for (const auto& file : std::filesystem::directory_iterator(EMEND_SOURCE_DIR "/tests/data/citations")) {
    std::ifstream in(file.path());
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
      if (line.starts_with("  ")) all.back().parts += line + "\n";
      const std::size_t colon = line.find(": ");
      if (line.empty() || line[0] == ' ' || colon == line.npos) continue;
      all.push_back({file.path().filename().string() + ":" + std::to_string(number), line.substr(0, colon),
                     line.substr(colon + 2), ""});
    }
  }
  return all;
}

TEST(Citations, AreReadPartByPart) {
  std::size_t citations = 0;
  for (const Sample& s : samples()) {
    const CitationForm form = s.form == "entry" ? CitationForm::entry : CitationForm::note;
    const std::vector<Citation> found = find_citations(s.text, citation_rules(), form);
    EXPECT_EQ(shown(s.text, found), s.parts) << s.where << ": " << s.text;
    citations += found.size();
  }
  EXPECT_GE(citations, 80u);
}

TEST(Citations, AnAddressThatBreaksOffLeadsNowhere) {
  const std::string text = "A. Moor, “The Sluices of Marl,” Marl Press, 1999, p. 7. https://";
  const std::vector<Citation> found = find_citations(text, citation_rules(), CitationForm::note);
  EXPECT_EQ(shown(text, found).find("target="), std::string::npos) << shown(text, found);
  EXPECT_NE(shown(text, found).find("ref[] https://"), std::string::npos) << shown(text, found);
}

TEST(Citations, MayBeBrokenOverLines) {
  const std::string text =
      "See Thomas Harlow, “Tides and\nTenures,” Journal of Imagined\nCoasts 12, no. 3 (1999): 45–67.";
  EXPECT_EQ(
      shown(text, find_citations(text, citation_rules(), CitationForm::note)),
      "  article\n    author[] Thomas Harlow\n    title[level=a] Tides and\nTenures\n"
      "    title[level=j] Journal of Imagined\nCoasts\n    biblScope[unit=volume] 12\n    biblScope[unit=issue] no. 3\n"
      "    date[when=1999] 1999\n    biblScope[unit=page from=45 to=67] 45–67\n");
}

TEST(Citations, TakeAnyBytes) {
  for (const std::string& text : {std::string("《\xFF》，：《\xE4"), std::string(30000, '('), std::string(5000, '*'),
                                  std::string("《《《《“““"), std::string("See \xC3, “\x80”, 12 (1999): 3")})
    for (const Citation& c : find_citations(text, citation_rules(), CitationForm::note))
      for (const CitationPart& p : c.parts) EXPECT_TRUE(p.begin < p.end && p.end <= text.size());
}

TEST(Citations, DatesAreReadInEveryLanguage) {
  const std::pair<const char*, const char*> cases[] = {{"2019年3月5日", "2019-03-05"},
                                                       {"二〇一九年", "2019"},
                                                       {"1999年6月", "1999-06"},
                                                       {"12 September 2022", "2022-09-12"},
                                                       {"May 2, 2019", "2019-05-02"},
                                                       {"juillet 1996", "1996-07"},
                                                       {"3. März 2004", "2004-03-03"},
                                                       {"2020-02-03", "2020-02-03"},
                                                       {"3.5.2019", "2019-05-03"},
                                                       {"1999a", "1999"},
                                                       {"Fall 2004", "2004"},
                                                       {"12", ""},
                                                       {"le 1er août 1914", "1914-08-01"},
                                                       {"2019年13月5日", "2019"},
                                                       {"2019年2月29日", "2019-02"},
                                                       {"29 February 2020", "2020-02-29"}};
  for (const auto& [printed, when] : cases) EXPECT_EQ(date_when(printed), when) << printed;
}

TEST(Citations, KnowASurnameByItsPlace) {
  const std::pair<const char*, const char*> cases[] = {{"Müller, A.", "Müller"},
                                                       {"Anna Penrice", "Penrice"},
                                                       {"Cho Y.", "Cho"},
                                                       {"罗伯特·基欧汉", "基欧汉"},
                                                       {"梁苇", "梁苇"}};
  for (const auto& [name, want] : cases) EXPECT_EQ(surname(name), want) << name;
}

// ---- the stage and the writer

struct Block {
  std::string name, attributes, text;
};

Document book(const std::vector<Block>& blocks) {
  std::string text;
  for (const Block& b : blocks) text += b.text + "\n";
  Document d = read_text("x", text);
  Proposal p(d, "test");
  std::size_t line = 0;
  for (const Block& b : blocks) {
    const auto lines = static_cast<std::size_t>(std::count(b.text.begin(), b.text.end(), '\n'));
    p.block(line, line + lines, b.name, b.attributes, "test.block");
    line += lines + 1;
  }
  commit(d, p.changes());
  const Plan plan;
  plan.run(*plan.find("citations"), d, true);
  return d;
}

std::string body(const Document& d) {
  const std::string tei = write_tei(d, {{"title", "T"}, {"language", "zh-Hans"}});
  EXPECT_EQ(validate(tei, emend_grammar(), 9).size(), 0u) << tei;
  EXPECT_EQ(account_for(d, tei).problems, std::vector<std::string>{});
  const std::size_t begin = tei.find("<body>"), end = tei.find("</text>");
  std::string out = tei.substr(begin, end - begin);
  std::erase(out, '\n');
  return out;
}

const Block paragraph{"p", "", "正文。"};
Block note(const std::string& n, const std::string& text) { return {"note", "n=" + n, text}; }

TEST(CitationStage, NamesTheSameOneThatIbidMeans) {
  const Document d = book(
      {paragraph, note("①", "参见梁苇：《滩涂上的日常》，岸声出版社2011年版，第3页。"), note("②", "同上，第5页。")});
  EXPECT_EQ(
      body(d),
      "<body><p>正文。<note place=\"foot\" n=\"①\" xml:id=\"fn-1\" ana=\"#unanchored\">参见<bibl xml:id=\"bib-1\" "
      "type=\"book\"><author>梁苇</author>：《<title level=\"m\">滩涂上的日常</title>》，<publisher>岸声出版社"
      "</publisher><date when=\"2011\">2011年</date>版，<biblScope unit=\"page\" from=\"3\">第3页</biblScope></bibl>。"
      "</note><note place=\"foot\" n=\"②\" xml:id=\"fn-2\" ana=\"#unanchored\"><bibl corresp=\"#bib-1\"><ref "
      "target=\"#bib-1\">同上</ref>，<biblScope unit=\"page\" from=\"5\">第5页</biblScope></bibl>。</note></p></body>");
}

TEST(CitationStage, LinksByAuthorAndByNumberOfTheNote) {
  const Document d =
      book({paragraph, note("1", "Anna Penrice, Salt and Law (London: Arnold, 1972), 5."),
            note("2", "Paul Dow, The Weir (London: Arnold, 1980), 7."), note("3", "Penrice, op. cit., p. 9."),
            note("4", "Dow, supra note 2, at 8."), note("5", "Harlow, op. cit., p. 9.")});
  std::vector<std::string> links;
  for (const Link& l : d.links)
    if (l.name == "cites") links.push_back(std::string(d.slice(l.at)) + " -> " + std::string(d.slice(l.to)));
  EXPECT_EQ(links, (std::vector<std::string>{"op. cit. -> Anna Penrice", "supra note 2 -> Paul Dow"}));
  std::vector<std::string> doubts;
  for (const Change& c : d.ledger)
    if (c.kind == Kind::doubt) doubts.push_back(std::string(d.slice(c.at)) + ": " + std::string(c.reason));
  EXPECT_EQ(doubts, (std::vector<std::string>{"op. cit.: no citation before it is what these words mean"}));
}

// Each "ibid." and the like with what it means, and how certain that is.
std::vector<std::string> cites(const Document& d) {
  std::vector<std::string> links;
  for (const Link& l : d.links)
    if (l.name == "cites")
      links.push_back(std::string(d.slice(l.at)) + " -> " + std::string(d.slice(l.to)) + " " + std::to_string(l.sure));
  return links;
}

TEST(CitationStage, LooksPastNotesThatCiteNothingButNotFar) {
  const Block cited = note("1", "Anna Penrice, Salt and Law (London: Arnold, 1972), 5.");
  const auto remark = [](const std::string& n) { return note(n, "The weir was gone by then."); };
  EXPECT_EQ(cites(book({paragraph, cited, note("2", "Ibid., p. 9.")})),
            (std::vector<std::string>{"Ibid. -> Anna Penrice 92"}));
  EXPECT_EQ(cites(book({paragraph, cited, remark("2"), note("3", "Ibid., p. 9.")})),
            (std::vector<std::string>{"Ibid. -> Anna Penrice 75"}));
  EXPECT_EQ(cites(book({paragraph, cited, remark("2"), remark("3"), remark("4"), note("5", "Ibid., p. 9.")})),
            std::vector<std::string>{});
}

TEST(CitationStage, LeadsFromOneIbidThroughTheOtherToTheWork) {
  const Document d = book({paragraph, note("1", "Anna Penrice, Salt and Law (London: Arnold, 1972), 5."),
                           note("2", "Ibid., p. 9."), note("3", "Ibid., p. 10.")});
  EXPECT_EQ(cites(d), (std::vector<std::string>{"Ibid. -> Anna Penrice 92", "Ibid. -> Anna Penrice 92"}));
}

TEST(CitationStage, MakesNoListOfParagraphsOfWhichFewCite) {
  const Document d = book({paragraph,
                           {"head", "level=1\ntype=bibliography\npart=back", "References"},
                           {"p", "", "Kolk, Anna: Der Deich. Göttingen: Wallstein Verlag 1999."},
                           {"p", "", "Nobody on the shore had ever read any of what was written about it in 1980."},
                           {"p", "", "The parish kept its own account of 1981, in a hand that nobody could read."},
                           {"p", "", "It was lent out once, in 1990, and came back with the salt still on it."},
                           {"p", "", "Deichmann, Hans: Das Watt. Bremen: Koog Verlag 2001."}});
  for (const Node& node : d.blocks) EXPECT_NE(node.name, "listBibl");
}

TEST(CitationStage, MakesAListOfWorks) {
  const Document d = book({paragraph,
                           {"head", "level=1\ntype=bibliography\npart=back", "参考文献"},
                           {"p", "", "一、著作"},
                           {"p", "", "[1] 陆砚溪. 纸的身世[M]. 北京: 溪山书局, 2003."},
                           {"p", "", "[2] 程岸. 参与的\n阶梯[M]. 上海: 岸声出版社, 2012."},
                           {"p", "", "[3] 未刊稿一种，1999。"}});
  EXPECT_NE(
      body(d).find(
          "<p>一、著作</p><listBibl><bibl type=\"book\">[1] <author>陆砚溪</author>. <title "
          "level=\"m\">纸的身世</title>"
          "<seg type=\"medium\">[M]</seg>. <pubPlace>北京</pubPlace>: <publisher>溪山书局</publisher>, <date "
          "when=\"2003\">2003</date>.</bibl><bibl type=\"book\">[2] <author>程岸</author>. <title "
          "level=\"m\">参与的阶梯"
          "</title><seg type=\"medium\">[M]</seg>. <pubPlace>上海</pubPlace>: <publisher>岸声出版社</publisher>, <date "
          "when=\"2012\">2012</date>.</bibl><bibl>[3] 未刊稿一种，1999。</bibl></listBibl>"),
      std::string::npos)
      << body(d);
}

TEST(CitationStage, BelievesAuthorAndYearOnlyIfTheListHasThem) {
  const Document d = book({paragraph,
                           note("1", "Vgl. Kolk 1999, S. 12."),
                           note("2", "Vgl. Wurt 1999, S. 12."),
                           {"head", "level=1\ntype=bibliography\npart=back", "Literatur"},
                           {"p", "", "Kolk, Anna: Der Deich. Göttingen: Wallstein Verlag 1999."},
                           {"p", "", "Deichmann, Hans: Das Watt. Bremen: Koog Verlag 2001."}});
  const std::string text = body(d);
  EXPECT_NE(text.find("Vgl. <bibl corresp=\"#bib-1999\"><author>Kolk</author> <date when=\"1999\">1999</date>"),
            text.npos)
      << text;
  EXPECT_NE(text.find("<bibl xml:id=\"bib-1999\" type=\"book\"><author>Kolk, Anna</author>"), text.npos) << text;
  EXPECT_NE(text.find(">Vgl. Wurt 1999, S. 12.</note>"), text.npos) << text;
}

}  // namespace
}  // namespace emend
