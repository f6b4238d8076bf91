// How two editions differ: alignment against a slow oracle, and passages in small TEI. Whole editions are in
// commands/diff.txt.
#include <gtest/gtest.h>

#include <algorithm>

#include "stages/write/compare/alignment.h"
#include "stages/write/compare/differences.h"
#include "tests/random.h"

namespace emend {
namespace {

using Sequence = std::vector<std::uint32_t>;

/// The length of the longest common subsequence, by the textbook's table.
std::size_t longest_common(const Sequence& a, const Sequence& b) {
  std::vector<std::vector<std::size_t>> best(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j)
      best[i][j] = a[i - 1] == b[j - 1] ? best[i - 1][j - 1] + 1 : std::max(best[i - 1][j], best[i][j - 1]);
  return best[a.size()][b.size()];
}

Sequence any_sequence(Random& random, std::size_t most, std::size_t kinds) {
  Sequence all(random.below(most + 1));
  for (std::uint32_t& one : all) one = static_cast<std::uint32_t>(random.below(kinds));
  return all;
}

void expect_rising(const Sequence& a, const Sequence& b,
                   const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs) {
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    EXPECT_EQ(a[pairs[k].first], b[pairs[k].second]);
    EXPECT_TRUE(k == 0 || (pairs[k - 1].first < pairs[k].first && pairs[k - 1].second < pairs[k].second));
  }
}

TEST(Alignment, pairsAsManyAsCanBe) {
  Random random(7);
  for (int n = 0; n < 400; ++n) {
    const std::size_t kinds = 1 + random.below(40);
    const Sequence a = any_sequence(random, 40, kinds), b = any_sequence(random, 40, kinds);
    const auto pairs = align(a, b);
    expect_rising(a, b, pairs);
    EXPECT_EQ(pairs.size(), longest_common(a, b));
  }
}

TEST(Alignment, pairsWhatIsUniqueWhereMuchDiffers) {
  Sequence a, b;
  for (std::uint32_t i = 0; i < 3000; ++i) {
    a.insert(a.end(), {i, 10000 + i});
    b.insert(b.end(), {20000 + i, i});
  }
  const auto pairs = align(a, b);
  expect_rising(a, b, pairs);
  EXPECT_EQ(pairs.size(), 3000u);
}

TEST(Alignment, pairsEqualSequencesWholeAndLongOnesSoon) {
  Sequence a(40000);
  for (std::uint32_t i = 0; i < a.size(); ++i) a[i] = i % 10000;
  EXPECT_EQ(align(a, a).size(), a.size());
  EXPECT_EQ(align(a, {}).size(), 0u);
  Sequence b = a;
  std::reverse(b.begin(), b.end());
  expect_rising(a, b, align(a, b));
  for (std::uint32_t& one : b) one += 10000;
  EXPECT_EQ(align(a, b).size(), 0u);
}

ComparedText edition(const std::string& body, const std::string& language = "en") {
  return read_passages("<TEI xmlns='http://www.tei-c.org/ns/1.0' xml:lang='" + language +
                       "'><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader><text>"
                       "<body>" +
                       body + "</body></text></TEI>");
}

/// What the body has, as "KIND: TEXT".
std::vector<std::string> passages(const std::string& body) {
  std::vector<std::string> all;
  for (const ComparedPassage& passage : edition(body).passages)
    if (passage.place != "header") all.push_back(passage.kind + ": " + passage.text);
  return all;
}

using Texts = std::vector<std::string>;

TEST(Passages, areWhatAReaderMeets) {
  EXPECT_EQ(passages("<div><head>One</head><p>a<note place='foot' n='1'>n <fw>head</fw></note> "
                     "b<list><item>i</item></list>c</p></div>"),
            (Texts{"heading of level 1: One", "paragraph: a‹1› b", "note 1: n", "furniture: head", "item: i",
                   "paragraph: c"}));
  EXPECT_EQ(passages("<quote><p>q</p></quote><lg><l>v</l></lg><table><head>t</head><row><cell>1</cell><cell>2</cell></"
                     "row></table>"),
            (Texts{"quotation: q", "line of verse: v", "caption: t", "row of a table: 1 | 2"}));
  EXPECT_EQ(passages("<listBibl><bibl>A</bibl><bibl>B</bibl></listBibl><p>see <bibl>C</bibl></p>"),
            (Texts{"reference: A", "reference: B", "paragraph: see C"}));
  EXPECT_EQ(passages("<figure><graphic url='a.png'/><head>cap</head></figure><p>x<gap/></p>"),
            (Texts{"figure: [a.png]", "caption: cap", "paragraph: x[…]"}));
}

TEST(Passages, joinLinesAsBooksDo) {
  EXPECT_EQ(passages("<p>看灯\n人，see\n it<lb break='no'/>self</p>"), (Texts{"paragraph: 看灯人，see itself"}));
}

/// All differences as one text.
std::string told(const std::string& before, const std::string& after) {
  std::string all;
  for (const Difference& difference : differences(edition(before), edition(after))) {
    all += difference.place + ", " + difference.what + "\n";
    for (const std::string& line : difference.words) all += "  " + line + "\n";
  }
  return all;
}

TEST(Differences, areNoneBetweenAnEditionAndItself) {
  EXPECT_EQ(told("<p>a b</p>", "<p>a\n  b</p>"), "");
  EXPECT_EQ(told("<p xml:id='x'>a <hi>b</hi></p>", "<p>a b</p>"), "");
}

TEST(Differences, areToldInWords) {
  EXPECT_EQ(told("<p>red rope, blue sail</p>", "<p>red rope, grey sail</p>"),
            "at the beginning, paragraph\n  red rope, [-blue-]{+grey+} sail\n");
  EXPECT_EQ(told("<p>one, two.</p><p>Three four.</p>", "<p>one, two. Three four.</p>"),
            "at the beginning, paragraph ×2, now paragraph\n  one, two. [-¶-] Three four.\n");
  EXPECT_EQ(told("<p>same words</p>", "<note>same words</note>"),
            "at the beginning, paragraph, now note\n  same words\n");
}

TEST(Differences, tellLongRunsByTheirEnds) {
  std::string much;
  for (int i = 0; i < 500; ++i) much += " w" + std::to_string(i);
  const std::string said = told("<p>a b c d" + much + "</p>", "<p>a b c d</p>");
  EXPECT_NE(said.find("w19 … w480"), std::string::npos) << said;
  EXPECT_EQ(said.find("w250"), std::string::npos);
}

TEST(Differences, aBlankThatIsGoneOrNewIsShown) {
  EXPECT_EQ(told("<head>第一章 渡口</head>", "<head>第一章渡口</head>"),
            "at the beginning, heading of level 1\n  第一章[-␣-]渡口\n");
  EXPECT_EQ(told("<p>of 1999年5月 and</p>", "<p>of 1999 年5月 and</p>"),
            "at the beginning, paragraph\n  of 1999{+␣+}年5月 and\n");
  EXPECT_EQ(told("<p>of the tide</p>", "<p>of ebb, the tide</p>"),
            "at the beginning, paragraph\n  of {+ebb,+} the tide\n");
}

TEST(Differences, endWhateverTheTei) {
  Random random(3);
  const std::vector<std::string> pieces{"<p>",     "<note n='1' place='foot'>",
                                        "<div>",   "<head>",
                                        "<list>",  "<item>",
                                        "<table>", "<row>",
                                        "<cell>",  "<choice>",
                                        "<sic>",   "<corr>",
                                        "<fw>",    "<figure>",
                                        "<q>",     "<bibl>"};
  const auto any = [&] {
    std::string open, close;
    for (std::size_t n = random.below(12); n > 0; --n) {
      const std::string tag = random.of(pieces);
      open += tag + std::string(1, static_cast<char>('a' + random.below(5))) + " 字";
      close.insert(0, "</" + tag.substr(1, tag.find_first_of(" >") - 1) + ">");
    }
    return open + close;
  };
  for (int n = 0; n < 500; ++n) {
    const std::string a = any() + any(), b = any() + any();
    told(a, b);
    EXPECT_EQ(told(a, a), "");
  }
}

}  // namespace
}  // namespace emend
