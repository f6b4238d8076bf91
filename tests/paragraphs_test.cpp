// What the stage of paragraphs makes of lines, told by cases: tests/data/paragraphs/*.txt.
//
//   == NAME        begins a case; its text follows, to the line that says
//   --             and then the blocks, one a line: NAME: text, its lines joined; items and lines of verse are blocks
//   too Form feeds are written \f; a line that begins with "fw " is furniture, one that begins with "note " a note.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "pipeline/document/commit.h"
#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/script.h"
#include "stages/65-paragraphs/enumeration.h"
#include "stages/65-paragraphs/measure.h"
#include "stages/65-paragraphs/page_lines.h"
#include "stages/write/account.h"
#include "stages/write/tei/tei.h"

namespace emend {

extern const Stage stage_paragraphs;

namespace {

struct Case {
  std::string name, input, expected;
};

std::vector<Case> read_cases() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(EMEND_SOURCE_DIR) + "/tests/data/paragraphs"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Case> cases;
  for (const auto& path : files) {
    std::ifstream in(path);
    std::string line;
    bool answer = false;
    while (std::getline(in, line)) {
      if (line.starts_with("== ")) {
        cases.push_back({path.filename().string() + ": " + line.substr(3), {}, {}});
        answer = false;
      } else if (line == "--") {
        answer = true;
      } else if (!cases.empty()) {
        std::string& part = answer ? cases.back().expected : cases.back().input;
        if (!answer || !line.empty()) part += line + "\n";
      }
    }
  }
  return cases;
}

void replace_all(std::string& s, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = s.find(from, at)) != s.npos; at += to.size()) s.replace(at, from.size(), to);
}

/// The case's text as a document, with its pages, furniture and notes already found.
Document open_case(std::string input) {
  replace_all(input, "\\f", "\f");
  Document d = open_document("case", input);
  Proposal before(d, "before");
  before.page(d.lines[0], "", false, "case");
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    const Line& line = d.lines[i];
    if (i > 0 && d.source[line.at.begin - 1] == '\f') before.page(line, "", false, "case");
    if (line.text.starts_with("fw ")) before.block(i, i, "fw", "type=header", "case");
    if (line.text.starts_with("note ")) before.block(i, i, "note", "place=foot", "case");
  }
  commit(d, before.changes());
  return d;
}

std::string describe(const Document& d) {
  std::string out;
  for (const Node& node : d.blocks) {
    if (node.name == "fw" || node.name == "note" || node.name == "list" || node.name == "lg") continue;
    out += std::string(node.name) + ": ";
    const auto [first, last] = d.lines_of({node.at.begin, node.at.end + 1});
    bool any = false;
    for (std::size_t i = first; i < last; ++i) {
      if (d.block_of(d.lines[i]) != &node || trim(d.lines[i].text).empty()) continue;
      if (any) out += d.lines[i].joined ? std::string(d.lines[i].join) : " ";
      out += trim(d.lines[i].text);
      any = true;
    }
    out += "\n";
  }
  return out;
}

TEST(Paragraphs, CasesReadAsTold) {
  const Rules rules({{*stage_paragraphs.rules, "paragraphs"}});
  const std::vector<Case> cases = read_cases();
  ASSERT_GE(cases.size(), 12u);
  for (const Case& c : cases) {
    Document d = open_case(c.input);
    Proposal proposal(d, "paragraphs");
    stage_paragraphs.run(d, rules, proposal);
    commit(d, proposal.changes());
    verify(d);
    EXPECT_EQ(describe(d), c.expected) << c.name;
  }
}

/// The text of an edition of `input` from <body> on, by the stage of paragraphs alone.
std::string edition_of(const std::string& input) {
  const Rules rules({{*stage_paragraphs.rules, "paragraphs"}});
  Document d = open_document("case", input);
  Proposal proposal(d, "paragraphs");
  stage_paragraphs.run(d, rules, proposal);
  commit(d, proposal.changes());
  std::string tei = write_tei(d, {});
  EXPECT_EQ(account_for(d, tei).problems, std::vector<std::string>{});
  const std::size_t begin = tei.find("<body>") + 7;
  return tei.substr(begin, tei.find("</body>") - begin);
}

TEST(Paragraphs, CellsOfTables) {
  EXPECT_EQ(edition_of("Weir         Width     Year\nMill weir       12     1841\nOld weir         9     1852\n"
                       "                11     1855\n"),
            "<table><row><cell>Weir</cell><cell>Width</cell><cell>Year</cell></row>"
            "<row><cell>Mill weir</cell><cell>12</cell><cell>1841</cell></row>"
            "<row><cell>Old weir</cell><cell>9</cell><cell>1852</cell></row>"
            "<row><cell/><cell>11</cell><cell>1855</cell></row></table>\n");
  EXPECT_EQ(edition_of("|Mill|Sacks|\n|---|---|\n| Upper | 12 |\n| Lower | |\n"),
            "<table><row role=\"label\"><cell>Mill</cell><cell>Sacks</cell></row>"
            "<row><cell>Upper</cell><cell>12</cell></row><row><cell>Lower</cell><cell/></row></table>\n");
  EXPECT_EQ(edition_of("oak\t12\tdry\nelm\t7\twet\nash\t31\twet\n"),
            "<table><row><cell>oak</cell><cell>12</cell><cell>dry</cell></row>"
            "<row><cell>elm</cell><cell>7</cell><cell>wet</cell></row>"
            "<row><cell>ash</cell><cell>31</cell><cell>wet</cell></row></table>\n");
}

TEST(Paragraphs, ListsInLists) {
  EXPECT_EQ(edition_of("1. First.\n2. Second:\n   a) of oak;\n   b) of elm.\n3. Third.\n"),
            "<list rend=\"numbered\"><item n=\"1.\">1. First.</item><item n=\"2.\">2. Second:"
            "<list rend=\"numbered\"><item n=\"a)\">a) of oak;</item><item n=\"b)\">b) of elm.</item></list></item>"
            "<item n=\"3.\">3. Third.</item></list>\n");
}

TEST(Paragraphs, AnyBytesAreTaken) {
  const Rules rules({{*stage_paragraphs.rules, "paragraphs"}});
  for (const std::string_view input :
       {"", "\n", "•", "•\n\n•\n", "-\n-\n", "1.\n2.\n", "1. a\n2. \xFF\n", "\xE4\n\xE4\xB8\n\xEF\xBC",
        "(1)(2)\n(2)(3)\n", "[1] a\n[2] b", "a-\n-\n", "||\n||\n|||\n", "|\n|a|\n|-|\n|a|\n", "a  b\n a  b\n  a  b\n",
        "\ta\n\tb\t\nc\t\td\n", "a\tb\nc\td\n\te\n", ":\n- a;\n- b", "|a|b|\n|c|d|\n|\xFF|\xE4|\n"}) {
    Document d = open_document("bytes", std::string(input));
    Proposal proposal(d, "paragraphs");
    stage_paragraphs.run(d, rules, proposal);
    commit(d, proposal.changes());
    verify(d);
  }
}

TEST(Measure, WrappedLinesCrowdBelowOneWidth) {
  std::vector<Width> wrapped, paragraphs;
  for (std::size_t i = 0; i < 60; ++i) {
    wrapped.push_back((i % 5 == 4 ? 10 + i % 50 : 68 + i % 4) * column);
    paragraphs.push_back((30 + i * 37 % 400) * column);
  }
  const LineFill fill = measure_fill(wrapped);
  EXPECT_TRUE(fill.wrapped);
  EXPECT_NEAR(static_cast<double>(fill.full), 71.0 * column, 2.0 * column);
  EXPECT_FALSE(measure_fill(paragraphs).wrapped);
}

TEST(Measure, TwoLinesGluedAtAHyphenAreOneLastPart) {
  EXPECT_EQ(last_part(6900, 7000), 6900u);
  EXPECT_EQ(last_part(10000, 7000), 3000u);
  EXPECT_EQ(last_part(13800, 7000), 6800u);
}

TEST(Enumeration, MarksCountOnFromOneInOneForm) {
  const auto mark = [](std::string_view s) { return read_item_mark(s); };
  EXPECT_EQ(mark("2. tools").value, 2);
  EXPECT_EQ(mark("（三）工具").value, 3);
  EXPECT_EQ(mark("④ 工具").value, 4);
  EXPECT_EQ(mark("b) nets").value, 2);
  EXPECT_FALSE(mark("1.5 metres"));
  EXPECT_FALSE(mark("1914 was wet"));
  EXPECT_FALSE(mark("2."));
  EXPECT_FALSE(mark("a.m. and p.m."));
  std::vector<MarkedLine> lines;
  for (const std::string_view s : {"1. a", "2. b", "(1) c", "3. d", "5. e", "1. f"})
    lines.push_back({lines.size(), 0, mark(s)});
  const std::vector<int> chains = find_enumerations(lines, 60);
  EXPECT_EQ(chains[0], chains[1]);
  EXPECT_EQ(chains[1], chains[3]);
  EXPECT_GE(chains[0], 0);
  EXPECT_EQ(chains[2], -1);
  EXPECT_EQ(chains[4], -1);
  EXPECT_EQ(chains[5], -1);
}

TEST(Sentences, EndsArePastMarksAndClosers) {
  EXPECT_EQ(ending_of("so it was.12"), LineBreak::terminal);
  EXPECT_EQ(ending_of("so it was.” [3]"), LineBreak::terminal);
  EXPECT_EQ(ending_of("就是这样。”③"), LineBreak::terminal);
  EXPECT_EQ(ending_of("of 3.5"), LineBreak::open);
  EXPECT_EQ(ending_of("on page 12"), LineBreak::open);
  EXPECT_EQ(ending_of("a hyphen-"), LineBreak::comma);
  EXPECT_EQ(ending_of("he said :"), LineBreak::colon);
}

}  // namespace
}  // namespace emend
