// What a person is told to look at: equal doubts are one, and each has words of its own.
#include "pipeline/cli/in_words.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace emend {
namespace {

Change decision(Kind kind, std::string_view rule, std::string_view name, std::uint8_t sure) {
  Change c;
  c.kind = kind;
  c.rule = rule;
  c.name = name;
  c.sure = sure;
  return c;
}

TEST(InWords, DoubtsOfOneKindAreOneDoubtWithPlaces) {
  const std::vector<Change> changes{
      decision(Kind::doubt, "contents.missing", "", 40), decision(Kind::page, "pages.torn", "", 60),
      decision(Kind::page, "pages.form-feed", "", 100),  decision(Kind::doubt, "contents.missing", "", 40),
      decision(Kind::block, "head.look", "head", 70),    decision(Kind::block, "head.running", "head", 60)};
  std::vector<const Change*> all;
  for (const Change& c : changes) all.push_back(&c);
  std::vector<std::string> said;
  for (const Doubt& doubt : doubts_of(all)) said.push_back(in_words(doubt));
  EXPECT_EQ(said, (std::vector<std::string>{"2 entries of the contents list have no heading in the text",
                                            "1 page break is uncertain", "2 headings may be none"}));
}

TEST(InWords, RepairsAreToldByTheirTable) {
  EXPECT_EQ(repairs_in_words("punctuation.comma", 1), "1 mark of punctuation");
  EXPECT_EQ(repairs_in_words("join", 18), "18 hyphens and blanks at line ends");
  EXPECT_EQ(repairs_in_words("my.own", 2), "2 changes by rules of yours");
}

// The rules are read from the code of the stages, so that none is forgotten.
TEST(InWords, ARuleThatDoubtsIsNotToldByItsName) {
  static const RE2 doubts(R"re(\bdoubt\([^;]*?"([a-z]+\.[a-z-]+)")re");
  std::set<std::string> rules;
  for (const auto& file : std::filesystem::recursive_directory_iterator(EMEND_SOURCE_DIR "/stages")) {
    if (file.path().extension() != ".cpp") continue;
    std::ifstream in(file.path());
    const std::string code(std::istreambuf_iterator<char>(in), {});
    re2::StringPiece rest(code);
    for (std::string rule; RE2::FindAndConsume(&rest, doubts, &rule);) rules.insert(rule);
  }
  EXPECT_GT(rules.size(), 12u);
  for (const std::string& rule : rules) {
    const Change c = decision(Kind::doubt, rule, "", 40);
    EXPECT_EQ(in_words(Doubt{c.rule, {&c}}).find(rule), std::string::npos) << rule;
  }
}

}  // namespace
}  // namespace emend
