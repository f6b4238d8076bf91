// Rule tables: what a table may say, what is said of a bad one, and that every built-in rule does what its examples
// say.
#include "pipeline/rules/rules.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "pipeline/document/error.h"
#include "pipeline/run/plan.h"
#include "stages/write/tei/rule_notes.h"

namespace emend {
namespace {

const std::string good =
    "# The trailers of download sites.\n"
    "\n"
    "rule   furn.preview\n"
    "class  watermark\n"
    "match  ^以上内容.{0,9}预览\n"
    "gives  place=bottom type=trailer\n"
    "why    Download sites add it.\n"
    "yes    以上内容仅为预览\n"
    "no     预览以上内容\n";

// A rule with one word of the good one changed; an empty value leaves the line out.
std::string but(const std::string& key, const std::string& value) {
  const std::size_t begin = good.find("\n" + key + " ") + 1, end = good.find('\n', begin);
  return good.substr(0, begin) + (value.empty() ? "#" : key + " " + value) + good.substr(end);
}

std::string complaint(const std::vector<Table>& tables) {
  try {
    const Rules rules(tables);
  } catch (const Error& e) {
    EXPECT_EQ(e.code, Exit::rules);
    return e.what();
  }
  return "";
}

std::string complaint(const std::string& text) { return complaint({Table{text, "my.rules"}}); }

std::string rule(const std::string& id, const std::string& match, const std::string& yes,
                 const std::string& kind = "k") {
  return "rule " + id + "\nclass " + kind + "\nmatch " + match + "\nwhy For the test.\nyes " + yes + "\nno -\n\n";
}

Rules load(const std::string& text) { return Rules({Table{text, "my.rules"}}); }

TEST(Rules, AreReadWithAllTheySay) {
  const Rules rules = load(good);
  ASSERT_EQ(rules.all().size(), 1u);
  const Rule& r = rules.all()[0];
  EXPECT_EQ(r.id, "furn.preview");
  EXPECT_EQ(r.kind, "watermark");
  EXPECT_EQ(r.match, "^以上内容.{0,9}预览");
  EXPECT_EQ(r.why, "Download sites add it.");
  EXPECT_EQ(r.yes, std::vector<std::string>{"以上内容仅为预览"});
  EXPECT_EQ(r.no, std::vector<std::string>{"预览以上内容"});
  EXPECT_EQ(r.where, "my.rules:3");
  EXPECT_EQ(r.fact("place"), "bottom");
  EXPECT_EQ(r.fact("type"), "trailer");
  EXPECT_EQ(r.fact("plac"), "");
  EXPECT_EQ(r.fact("level"), "");
}

TEST(Rules, MayBeWrittenByAnyEditor) {
  std::string crlf = "\xEF\xBB\xBF";
  for (const char c : good) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  for (const std::string& text : {crlf, good.substr(0, good.size() - 1), "\t" + good + "\n\n  \n"}) {
    const Rules rules = load(text);
    ASSERT_EQ(rules.all().size(), 1u);
    EXPECT_EQ(rules.all()[0].where, "my.rules:3");
    EXPECT_TRUE(rules.find("watermark", "以上内容仅为本文的预览部分"));
    EXPECT_TRUE(rules.failing_examples().empty());
  }
}

TEST(Rules, SayWhereTheyCannotBeRead) {
  const std::pair<std::string, std::string> cases[] = {
      {"class head\n", "my.rules:1: 'class' stands before any rule; begin a block with 'rule NAME'"},
      {"\n\n# no\nhello\n", "my.rules:4: 'hello' stands before any rule; begin a block with 'rule NAME'"},
      {good + "mach x\n", "my.rules:10: unknown word 'mach'; a rule has class, match, gives, why, yes and no"},
      {good + "match x\n", "my.rules:10: 'match' is there twice in rule 'furn.preview'; leave one"},
      {good + good, "my.rules:12: rule 'furn.preview' is there twice; names must be unique"},
      {but("rule", "\t"), "my.rules:3: rule '' has no name or no class"},
      {but("class", ""), "my.rules:3: rule 'furn.preview' has no name or no class"},
      {but("match", ""), "my.rules:3: rule 'furn.preview' has no match"},
      {but("why", ""), "my.rules:3: rule 'furn.preview' has no why: say what it is for"},
      {but("yes", ""), "my.rules:3: rule 'furn.preview' has no example; give at least one 'yes' and one 'no'"},
      {but("no", ""), "my.rules:3: rule 'furn.preview' has no example; give at least one 'yes' and one 'no'"},
      {but("match", "a(b"), "my.rules:3: rule 'furn.preview' has a bad expression: missing ): a(b"},
      {but("match", "a\\1"), "my.rules:3: rule 'furn.preview' has a bad expression: invalid escape sequence: \\1"},
      {but("match", "(?=a)"), "my.rules:3: rule 'furn.preview' has a bad expression: invalid perl operator: (?="},
      {but("match", "\xFF"), "my.rules:3: rule 'furn.preview' has a bad expression: invalid UTF-8"},
  };
  for (const auto& [text, want] : cases) EXPECT_EQ(complaint(text), want);
  EXPECT_NE(complaint(but("match", "((a{100}){100}){100}")), "");
  EXPECT_EQ(complaint({{good, "my.rules"}, {good, "stages/furniture.rules"}}),
            "stages/furniture.rules:3: rule 'furn.preview' is there twice; names must be unique");
  EXPECT_EQ(complaint(good), "");
  EXPECT_EQ(complaint(""), "");
}

TEST(Rules, MayBeMany) {
  std::string text;
  for (int i = 0; i < 100; ++i) {
    const std::string n = std::to_string(i);
    text += rule("r" + n, "^第" + n + "[章节].{0,20}\\pL+[一-龥]*$", "第" + n + "章 绪论");
  }
  const Rules rules = load(text);
  EXPECT_TRUE(rules.failing_examples().empty());
  for (const Rule& r : rules.all()) EXPECT_EQ(rules.test("k", r.yes[0]), &r) << r.id;
}

TEST(Rules, ThatAreTooLargeTogetherAreRefused) {
  std::string text;
  for (int i = 0; i < 90; ++i) text += rule("r" + std::to_string(i), "a.{0,900}字.{0,900}b", "a字b");
  EXPECT_EQ(complaint(text),
            "my.rules:624: with rule 'r89', those of class 'k' are too large to compile together; "
            "repeat shorter or fewer things in them");
}

TEST(Rules, ReportEveryExampleThatFails) {
  const Rules rules =
      load("rule a.b\nclass k\nmatch ^x\nwhy For the test.\nyes x1\nyes ax\nno xx\nno b\n\n" + rule("c.d", "y", "y"));
  const std::vector<std::string> want = {"my.rules:1: rule 'a.b' should match 'ax'",
                                         "my.rules:1: rule 'a.b' should not match 'xx'"};
  EXPECT_EQ(rules.failing_examples(), want);
}

TEST(Rules, AreAskedInTheOrderOfTheTable) {
  const Rules rules = load(rule("first", "ab+", "ab") + rule("second", "a", "a") + rule("third", "^abb$", "abb") +
                           rule("elsewhere", "a", "a", "other"));
  const std::pair<std::string_view, std::string_view> cases[] = {{"xab", "first"}, {"abb", "first"}, {"ac", "second"}};
  for (const auto& [text, id] : cases) {
    ASSERT_NE(rules.test("k", text), nullptr) << text;
    EXPECT_EQ(rules.test("k", text)->id, id);
    EXPECT_EQ(rules.find("k", text).rule->id, id);
  }
  EXPECT_EQ(rules.test("k", "b"), nullptr);
  EXPECT_FALSE(rules.find("k", ""));
  EXPECT_EQ(rules.find("other", "ab").rule->id, "elsewhere");
  EXPECT_EQ(rules.test("no such class", "ab"), nullptr);
  EXPECT_EQ(Rules().test("k", "ab"), nullptr);
}

TEST(Rules, OfAUserAreAskedFirst) {
  const std::string own = rule("own.chapter", "^第.章", "第一章"),
                    built_in = rule("head.chapter", "^第[一二三]章", "第一章");
  const Rules rules({{own, "my.rules"}, {built_in, "stages/headings.rules"}});
  EXPECT_EQ(rules.find("k", "第一章").rule->id, "own.chapter");
  EXPECT_EQ(rules.all()[1].where, "stages/headings.rules:1");
}

TEST(Rules, GiveTheGroupsOfTheirMatch) {
  const Rules rules = load(rule("head", "^(第.章)(?:\\s+(\\S+))?(x)?", "第一章"));
  const std::string_view text = "第二章  绪论 ";
  const Match match = rules.find("k", text);
  ASSERT_EQ(match.groups.size(), 4u);
  EXPECT_EQ(match.groups[0], "第二章  绪论");
  EXPECT_EQ(match.groups[1], "第二章");
  EXPECT_EQ(match.groups[2], "绪论");
  EXPECT_EQ(match.groups[3], "") << "takes no part in the match";
  EXPECT_EQ(match.groups[1].data(), text.data()) << "views the text that was asked about";
}

TEST(Rules, FindEveryMatchOfEveryRule) {
  const Rules rules = load(rule("number", "[,;] ?(\\d+)(?:[,;]|$)", ", 1") + rule("word", "([a-z]+)", "a"));
  std::string found;
  for (const Match& m : rules.find_all("k", "ab, 12, 34; cd, 5"))
    found += m.rule->id + "=" + std::string(m.groups[1]) + " ";
  EXPECT_EQ(found, "word=ab number=12 number=34 word=cd number=5 ") << "the comma between 12 and 34 serves both";
  EXPECT_TRUE(rules.find_all("no such class", "ab").empty());
}

TEST(Rules, MayBeCompiledWhenTheyAreAskedFor) {
  const std::string bad = rule("bad", "(", "(", "wrong") + rule("good", "a", "a");
  const Rules rules({{bad, "my.rules"}}, Compile::at_first_use);
  EXPECT_NE(rules.test("k", "ba"), nullptr);
  EXPECT_THROW(rules.test("wrong", "ba"), Error);
  EXPECT_THROW(Rules({{bad, "my.rules"}}), Error);
}

TEST(Rules, TakeAnyBytes) {
  const Rules rules = load(rule("dot", "^a.b$", "a-b"));
  EXPECT_FALSE(rules.find("k",
                          "a\xFF"
                          "b"));
  EXPECT_FALSE(rules.find("k", std::string_view("a\0\0b", 4)));
  EXPECT_TRUE(rules.find("k", std::string_view("a\0b", 3)));
  EXPECT_FALSE(rules.find("k", std::string(1 << 20, 'a')));
}

TEST(BuiltInRules, DoWhatTheirExamplesSay) {
  const Plan plan;
  std::size_t rules = 0;
  for (const Stage* stage : plan.stages()) {
    rules += plan.rules_of(*stage).all().size();
    EXPECT_EQ(plan.rules_of(*stage).failing_examples(), std::vector<std::string>{}) << stage->name;
  }
  EXPECT_GT(rules, 0u);
}

TEST(BuiltInRules, GiveWayToAUsersRules) {
  const std::string own = rule("own.anything", "[a\\p{Han}]", "a", "watermark");
  const Plan plan({{own, "my.rules"}});
  for (const Stage* stage : plan.stages()) {
    if (stage->rules == nullptr) continue;
    EXPECT_EQ(plan.rules_of(*stage).find("watermark", "字").rule->id, "own.anything") << stage->name;
  }
}

// The rules that the sources of stages name, as "notes.body", of the families that some table of reasons has.
std::set<std::string> rules_in_code() {
  static const std::regex name(R"re("([a-z]+\.)[a-z]+(-[a-z]+)*")re");
  std::set<std::string> found;
  for (const auto& file : std::filesystem::recursive_directory_iterator(EMEND_SOURCE_DIR "/stages")) {
    if (file.path().extension() != ".cpp") continue;
    std::ifstream in(file.path());
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    for (std::sregex_iterator i(text.begin(), text.end(), name), end; i != end; ++i)
      if (note_on((*i)[1].str()).rule == (*i)[1].str() && !note_on((*i)[1].str()).why.empty())
        found.insert(i->str().substr(1, i->str().size() - 2));
  }
  return found;
}

TEST(BuiltInRules, OfTheCodeAllHaveAReasonOfTheirOwn) {
  const std::set<std::string> rules = rules_in_code();
  EXPECT_GT(rules.size(), 100U);
  for (const std::string& rule : rules) {
    const std::string family = rule.substr(0, rule.find('.') + 1);
    EXPECT_NE(note_on(rule).why, note_on(family).why) << rule << ": say it in the stage's .reasons";
  }
}

TEST(BuiltInRules, AreToldFromThoseOfAUser) { EXPECT_EQ(note_on("own.anything").why, ""); }

}  // namespace
}  // namespace emend
