// The schemas of the profile as a whole: tests/data/tei-mutations.txt lists what must be refused and why; rules run as
// they are written; schemas of others are taken as they come.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "pipeline/document/error.h"
#include "stages/write/validate/schema_file.h"
#include "stages/write/validate/validate.h"

namespace emend {
namespace {

std::string read(const std::string& path) {
  std::ifstream file(EMEND_SOURCE_DIR "/" + path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Mutation {
  std::string what, from, to, expected;
};

/// The words of a line of the list; \n is a line break.
std::string words(const std::string& line) {
  std::string out = line.substr(2);
  for (std::size_t at; (at = out.find("\\n")) != std::string::npos;) out.replace(at, 2, "\n");
  return out;
}

std::vector<Mutation> mutations() {
  std::vector<Mutation> all;
  std::istringstream lines(read("tests/data/tei-mutations.txt"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("= ")) all.push_back({line.substr(2), {}, {}, {}});
    if (line.starts_with("- ")) all.back().from = words(line);
    if (line.starts_with("+ ")) all.back().to = words(line);
    if (line.starts_with("? ")) all.back().expected = line.substr(2);
  }
  return all;
}

std::string mutated(std::string document, const Mutation& mutation) {
  const auto at = document.find(mutation.from);
  EXPECT_NE(at, std::string::npos) << mutation.what << ": its words are not in the document";
  EXPECT_EQ(document.find(mutation.from, at + 1), std::string::npos) << mutation.what << ": its words are there twice";
  return at == std::string::npos ? document : document.replace(at, mutation.from.size(), mutation.to);
}

bool says(const std::vector<Problem>& problems, const std::string& expected) {
  return std::any_of(problems.begin(), problems.end(), [&](const Problem& problem) {
    return problem.rule == expected || problem.message.find(expected) != std::string::npos;
  });
}

std::string listed(const std::vector<Problem>& problems) {
  std::string out;
  for (const auto& problem : problems)
    out += std::to_string(problem.line) + ": " + problem.path + ": " + problem.message + " [" + problem.rule + "]\n";
  return out;
}

Schemas profile() { return {{&emend_grammar()}, {&emend_rules()}, true}; }
Schemas only(const Schematron& rules) { return {{}, {&rules}, false}; }

std::set<std::string> rule_ids(const std::string& schema) {
  std::set<std::string> ids;
  const std::string mark = "<sch:assert id=\"";
  for (std::size_t at = 0; (at = schema.find(mark, at)) != std::string::npos;) {
    at += mark.size();
    ids.insert(schema.substr(at, schema.find('"', at) - at));
  }
  return ids;
}

std::string schema_of(const std::string& rules) {
  return "<schema xmlns='http://purl.oclc.org/dsdl/schematron'><ns prefix='t' uri='urn:t'/>" + rules + "</schema>";
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

std::string rng(const std::string& content) {
  return "<r:grammar xmlns:r='http://relaxng.org/ns/structure/1.0' xmlns:a='urn:a' ns='urn:t' "
         "datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'>" +
         content + "</r:grammar>";
}

std::string refusal(const std::string& bytes) {
  try {
    read_schema(bytes, "their.rng");
  } catch (const Error& error) {
    EXPECT_EQ(error.code, Exit::rules);
    return error.what();
  }
  return "";
}

}  // namespace

TEST(Schemas, RefuseEveryMutationAndSayWhy) {
  const std::string document = read("tests/data/tei/good-everything.xml"), schema = read("schemas/emend.sch");
  ASSERT_EQ(listed(validate(document, profile())), "");
  const Schematron every_rule(schema);
  const auto ids = rule_ids(schema);
  ASSERT_GE(mutations().size(), 60u);
  std::set<std::string> failed;
  for (const auto& mutation : mutations()) {
    const auto broken = mutated(document, mutation);
    const auto problems = validate(broken, profile());
    EXPECT_FALSE(problems.empty()) << mutation.what << ": accepted";
    if (!ids.count(mutation.expected)) {
      EXPECT_TRUE(says(problems, mutation.expected)) << mutation.what << ": got\n" << listed(problems);
      continue;
    }
    const auto by_rules = validate(broken, only(every_rule));
    EXPECT_TRUE(says(by_rules, mutation.expected)) << mutation.what << ": got\n" << listed(by_rules);
    failed.insert(mutation.expected);
  }
  EXPECT_EQ(failed, ids) << "there must be a mutation that breaks each rule";
}

TEST(Schemas, NameLinePathAndRule) {
  const auto document = read("tests/data/tei/good-everything.xml");
  const auto problems = validate(mutated(document, {"", "<biblScope unit=\"page\"", "<biblScope", ""}), profile());
  ASSERT_EQ(problems.size(), 1u) << listed(problems);
  EXPECT_EQ(problems[0].path, "/TEI/text/body/div/p/note[1]/bibl/biblScope");
  EXPECT_EQ(problems[0].rule, "citations.unit");
  EXPECT_EQ(problems[0].line, 102);
}

TEST(Schemas, SayOnceWhatGrammarAndRulesBothRefuse) {
  const auto document = read("tests/data/tei/good-everything.xml");
  const auto problems = validate(mutated(document, {"", "cert=\"low\"", "cert=\"40\"", ""}), profile());
  ASSERT_EQ(problems.size(), 1u) << listed(problems);
  EXPECT_EQ(problems[0].rule, "");
}

// A debug build, which the sanitizers slow down besides, may take ten times as long.
#ifdef NDEBUG
constexpr double most_milliseconds = 20;
#else
constexpr double most_milliseconds = 200;
#endif

TEST(Schemas, CompileInMilliseconds) {
  const std::string grammar = read("schemas/emend.rng"), rules = read("schemas/emend.sch");
  double least = 1e9;
  for (int i = 0; i < 5; ++i) {  // of the processor's time, which other programs do not touch
    const std::clock_t begin = std::clock();
    Grammar{grammar};
    Schematron{rules};
    least = std::min(least, 1e3 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  EXPECT_LT(least, most_milliseconds);
}

TEST(SchematronRules, AreRunAsWritten) {
  const Schematron rules(
      schema_of("<pattern><rule context='t:a'><let name='n' value='count(t:b)'/>"
                "<assert id='few' test='$n &lt; 2'><name/> has <value-of select='$n'/>\n b</assert>"
                "<report id='c' test='t:c'>c</report></rule>"
                "<rule context='*'><assert id='other' test='@x'>no x</assert></rule></pattern>"
                "<pattern><rule context='t:a/t:b'><assert id='deep' test='false()'>b in a</assert></rule></pattern>"));
  const std::string document = "<a xmlns='urn:t'>\n<b x=''/><b/><c x=''/><a x=''/></a>";
  EXPECT_EQ(listed(validate(document, only(rules))),
            "1: /a: a has 2 b [few]\n1: /a: c [c]\n2: /a/b[1]: b in a [deep]\n2: /a/b[2]: no x [other]\n2: /a/b[2]: b "
            "in a [deep]\n");
}

TEST(SchematronRules, ThatCannotBeRunAreRefusedWithTheirLine) {
  const auto of = [](const std::string& schema) { return refusal(schema); };
  EXPECT_EQ(of(schema_of("\n<pattern><rule context='t:a['/></pattern>")),
            "their.rng:2: the context 't:a[' cannot be run");
  EXPECT_EQ(of(schema_of("<pattern><rule context='t:a'><assert test='a b'/></rule></pattern>")),
            "their.rng:1: the expression 'a b' is no XPath 1.0");
  EXPECT_EQ(of(schema_of("<include href='x'/>")), "their.rng:1: <include> is not known here");
  EXPECT_EQ(of("<schema"), "their.rng:1: not well-formed: Couldn't find end of Start Tag schema line 1");
}

TEST(SchematronRules, EndInTimeWhateverTheDocument) {
  const Schematron rules(
      schema_of("<pattern><rule context='t:b'><assert test='not(preceding::t:c)'>c</assert></rule></pattern>"));
  const auto problems = validate("<a xmlns='urn:t'>" + repeated("<b/>", 200000) + "</a>", only(rules));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].message.find("too long"), std::string::npos) << problems[0].message;
  const auto furniture =
      "<TEI xmlns='http://www.tei-c.org/ns/1.0'>" + repeated("<fw type='header'>x</fw>", 200000) + "</TEI>";
  EXPECT_EQ(validate(furniture, only(emend_rules()), 300000).size(), 1u);
}

TEST(SchemaFile, TakesGrammarsThatLibxml2IsNoMatchFor) {
  const auto file = read_schema(
      rng("<a:note>not a pattern</a:note><r:start><r:ref name='a'/></r:start>"
          "<r:div><r:define name='a'><r:element name='a'><a:doc/><r:ref name='none'/>"
          "<r:zeroOrMore><r:choice><r:empty/><r:ref name='b'/><r:ref name='never'/></r:choice></r:zeroOrMore>"
          "<r:group><r:group><r:ref name='b'/></r:group></r:group></r:element></r:define></r:div>"
          "<r:define name='none'><r:empty/></r:define><r:define name='never'><r:notAllowed/></r:define>"
          "<r:define name='unused'><r:ref name='nowhere'/></r:define>"
          "<r:define name='b' combine='choice'><r:element name='b'><r:empty/></r:element></r:define>"
          "<r:define name='b'><r:element name='c'><r:attribute name='n'><r:data "
          "type='integer'/></r:attribute><r:optional>"
          "<r:notAllowed/></r:optional></r:element></r:define>"),
      "their.rng");
  ASSERT_TRUE(file.grammar);
  const Schemas theirs{{file.grammar.get()}, {}, false};
  EXPECT_EQ(listed(validate("<a xmlns='urn:t'><b/></a>", theirs)), "");
  EXPECT_EQ(listed(validate("<a xmlns='urn:t'><b/><c n='1'/><b/></a>", theirs)), "");
  EXPECT_FALSE(validate("<a xmlns='urn:t'/>", theirs).empty());
  EXPECT_FALSE(validate("<a xmlns='urn:t'><c n='x'/></a>", theirs).empty());
  EXPECT_FALSE(validate("<a xmlns='urn:t'><b>x</b></a>", theirs).empty());
}

TEST(SchemaFile, SaysWhatCannotBeUsed) {
  EXPECT_EQ(refusal("<TEI/>"),
            "their.rng: the document element is <TEI>; give a RELAX NG grammar in XML syntax (.rng) or ISO Schematron "
            "(.sch)");
  EXPECT_EQ(refusal(rng("<r:include href='other.rng'/>")),
            "their.rng: has <include>; give a grammar that is complete in one file");
  EXPECT_EQ(refusal(rng("<r:start><r:ref name='a'/></r:start>")).rfind("their.rng: grammar: does not compile", 0), 0u);
  EXPECT_EQ(refusal("element a { empty }").rfind("their.rng:1: not well-formed", 0), 0u);
}

TEST(Origin, IsWhatTheDocumentSays) {
  const auto ours = origin_of(read("tests/data/tei/good-everything.xml"));
  EXPECT_TRUE(ours.emend);
  EXPECT_TRUE(ours.schemas.empty());
  const auto theirs =
      origin_of("<?xml-model href=\"their.rng\" type=\"application/xml\"?><?xml-model href='x.sch'?><TEI/>");
  EXPECT_FALSE(theirs.emend);
  EXPECT_EQ(theirs.schemas, (std::vector<std::string>{"their.rng", "x.sch"}));
  EXPECT_FALSE(origin_of("no XML").emend);
}

}  // namespace emend
