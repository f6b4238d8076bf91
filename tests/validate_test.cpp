// Validation by example: tests/data/tei holds documents that are good, that the grammar rejects (bad-…), and whose
// references lead nowhere (loose-…). A broken one says in its second line what the message must hold.
#include "stages/write/validate/validate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "pipeline/document/error.h"
#include "stages/write/validate/content_model.h"

namespace emend {
namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::filesystem::path> documents(std::string_view kind) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(EMEND_SOURCE_DIR "/tests/data/tei"))
    if (entry.path().filename().string().rfind(kind, 0) == 0) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// What stands between "expect: " and " -->".
std::string expectation(const std::string& document) {
  const std::string_view mark = "<!-- expect: ";
  const auto begin = document.find(mark), end = document.find(" -->", begin);
  return begin == std::string::npos ? "" : document.substr(begin + mark.size(), end - begin - mark.size());
}

std::string listed(const std::vector<Problem>& problems) {
  std::string out;
  for (const auto& problem : problems)
    out += std::to_string(problem.line) + ": " + problem.path + ": " + problem.message + "\n";
  return out;
}

std::vector<Problem> check(std::string_view xml, std::size_t most = 20) { return validate(xml, emend_grammar(), most); }

/// The smallest good document, with `text` in the place of its paragraph's first words.
std::string with(const std::string& text) {
  auto document = read(EMEND_SOURCE_DIR "/tests/data/tei/good-small.xml");
  const std::string words = "水长";
  return document.replace(document.find(words), words.size(), text);
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

void rejects(std::string_view kind, std::size_t at_least) {
  const auto paths = documents(kind);
  ASSERT_GE(paths.size(), at_least);
  for (const auto& path : paths) {
    const auto document = read(path);
    const auto expected = expectation(document);
    ASSERT_FALSE(expected.empty()) << path << " does not say what is wrong with it";
    const auto problems = check(document);
    ASSERT_FALSE(problems.empty()) << path;
    const bool said = std::any_of(problems.begin(), problems.end(),
                                  [&](const auto& it) { return it.message.rfind(expected, 0) == 0; });
    EXPECT_TRUE(said) << path << "\nexpected " << expected << "\nand got\n" << listed(problems);
    for (const auto& problem : problems) EXPECT_GT(problem.line, 1) << path;
  }
}

}  // namespace

TEST(Validate, AcceptsGoodDocuments) {
  const auto paths = documents("good-");
  ASSERT_GE(paths.size(), 3u);
  for (const auto& path : paths) EXPECT_EQ(listed(check(read(path))), "") << path;
}

TEST(Validate, SaysWhatTheGrammarRejects) { rejects("bad-", 50); }

TEST(Validate, SaysWhichReferencesLeadNowhere) { rejects("loose-", 7); }

TEST(Validate, IsAsStrictWithAddressesAsJing) {
  const auto problems = check(with("<ref target=\"http:\">x</ref>"));  // libxml2 would take it
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].message, "@target of <ref> is 'http:', a scheme without an address");
}

TEST(Validate, NamesLineAndPath) {
  const auto problems = check(read(EMEND_SOURCE_DIR "/tests/data/tei/bad-label-without-item.xml"));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].line, 17);
  EXPECT_EQ(problems[0].path, "/TEI/text/body/div/list/label[2]");
}

TEST(Validate, CountsLinesBeyondSixteenBits) {
  const auto problems = check(with(repeated("\n", 100000) + "<blink/>"));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].line, 100016);
}

TEST(Validate, OrdersByLineAndStopsAtMost) {
  const auto document = with(repeated("<blink/><ptr target=\"#gone\"/>\n", 50));
  const auto problems = check(document, 7);
  ASSERT_EQ(problems.size(), 7u);
  EXPECT_TRUE(std::is_sorted(problems.begin(), problems.end(), [](auto& a, auto& b) { return a.line < b.line; }));
  EXPECT_EQ(problems[0].message, "<blink> in <p> is no element of this grammar");
  EXPECT_EQ(check(document, 0).size(), 1u) << "to ask for no problem must not make a document valid";
}

TEST(Validate, RefusesDeclarationsBeforeItReadsAnyOfThem) {
  const std::string bomb =
      "<!DOCTYPE TEI [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
      "\"&b;&b;&b;&b;\">]><TEI>&c;</TEI>";
  const std::string file = "<!DOCTYPE TEI [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><TEI>&a;</TEI>";
  const std::string parameter = "<!DOCTYPE TEI [<!ENTITY % a SYSTEM \"http://example.org/a.ent\"> %a;]><TEI/>";
  const std::string unparsed = "<!DOCTYPE TEI [<!NOTATION n SYSTEM \"n\"><!ENTITY a SYSTEM \"a\" NDATA n>]><TEI/>";
  const std::string element = "<!DOCTYPE TEI [<!ELEMENT TEI ANY>]><TEI/>";
  const std::string attribute = "<!DOCTYPE TEI [<!ATTLIST TEI a (b|c) 'b'>]><TEI/>";
  for (const auto& document : {bomb, file, parameter, unparsed, element, attribute}) {
    const auto problems = check(document);
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_NE(problems[0].message.find("DOCTYPE"), std::string::npos) << problems[0].message;
  }
}

TEST(Validate, PassesTheNameOfADtdAndReadsNone) {
  const std::string doctype = "<!DOCTYPE TEI PUBLIC '-//TEI P5' 'http://example.invalid/tei.dtd'>\n";
  const auto document = with("词");
  const auto root = document.find("<TEI");
  EXPECT_EQ(listed(check(std::string(document).insert(root, doctype))), "");
  const auto problems = check(with("&mdash;").insert(root, doctype));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].message, "not well-formed: Entity 'mdash' not defined");
}

TEST(Validate, TakesXmlsOwnEntitiesAndNoOthers) {
  EXPECT_EQ(listed(check(with("&lt;&amp;&#x706F;<ref target=\"https://example.org/?a=1&amp;b=2\"/>"))), "");
  const auto problems = check(with("&nbsp;"));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].message, "not well-formed: Entity 'nbsp' not defined");
}

TEST(Validate, RefusesWhatIsNestedTooDeep) {
  const auto nested = [](int depth) { return with(repeated("<hi>", depth) + repeated("</hi>", depth)); };
  EXPECT_EQ(listed(check(nested(max_depth - 10))), "");
  const auto problems = check(nested(100000));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].message, "<hi> is nested more than 256 elements deep");
}

TEST(Validate, IsQuickWithHostileValues) {
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(check(with("<ref target=\"" + repeated("a:", 500000) + "%\"/>")).size(), 1u);
  EXPECT_EQ(check(with("<ptr target=\"#" + std::string(1000000, 'a') + "\"/>")).size(), 1u);
  EXPECT_EQ(check(with("<hi rend=\"" + repeated("a ", 500000) + "!\"/>")).size(), 1u);
  EXPECT_EQ(check(with(repeated("<blink/>", 100000))).size(), 20u);
  EXPECT_EQ(check(with(repeated("<anchor xml:id=\"a\"/>", 50000))).size(), 20u);
  std::string attributes;
  for (int i = 0; i < 2000; ++i) attributes += " a" + std::to_string(i) + "=\"\"";
  EXPECT_EQ(check(with("<hi" + attributes + "/>")).size(), 1u);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

TEST(Validate, SaysThatBytesAreNoXml) {
  for (const std::string& bytes : {std::string(), std::string(" \n"), std::string("plain"), std::string(100, '\0'),
                                   std::string("<"), std::string("\xFF\xFE<\0T\0", 6), with("\xFF")}) {
    const auto problems = check(bytes);
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].message.rfind("not well-formed: ", 0), 0u) << problems[0].message;
  }
}

TEST(Validate, EverySecondByteMayBeCut) {
  const auto document = read(EMEND_SOURCE_DIR "/tests/data/tei/good-small.xml");
  const auto end = document.rfind('>');
  for (std::size_t size = 0; size < end; size += 2) EXPECT_FALSE(check(document.substr(0, size)).empty()) << size;
}

TEST(Validate, ThreadsMayShareAGrammar) {
  const auto good = read(EMEND_SOURCE_DIR "/tests/data/tei/good-everything.xml");
  const auto bad = read(EMEND_SOURCE_DIR "/tests/data/tei/bad-head-after-p.xml");
  std::vector<int> right(4);
  std::vector<std::thread> threads;
  for (auto& count : right)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) count += check(good).empty() && check(bad).size() == 1;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, std::vector<int>(4, 50));
}

TEST(Grammar, ThatDoesNotCompileIsABug) {
  for (const char* rng :
       {"", "<grammar",
        "<grammar xmlns='http://relaxng.org/ns/structure/1.0'><start><ref name='x'/></start></grammar>"})
    try {
      Grammar{rng};
      ADD_FAILURE() << rng;
    } catch (const Error& error) {
      EXPECT_EQ(error.code, Exit::bug);
      EXPECT_EQ(std::string(error.what()).rfind("grammar:", 0), 0u) << error.what();
    }
}

TEST(Grammar, TooRichToExplainStillJudges) {
  const Grammar grammar(
      "<element name='a' xmlns='http://relaxng.org/ns/structure/1.0'><interleave><element name='b'><empty/></element>"
      "<element name='c'><empty/></element></interleave></element>");
  EXPECT_TRUE(validate("<a><c/><b/></a>", grammar).empty());
  EXPECT_FALSE(validate("<a><c/></a>", grammar).empty());
}

TEST(ContentModel, ReadsChildrenInOrder) {
  // (head?, p+, (note | list)*)
  const auto model = group(group(optional(element_content("head")), one_or_more(element_content("p"))),
                           optional(one_or_more(choice(element_content("note"), element_content("list")))));
  MatchProgress progress;
  EXPECT_FALSE(may_end(model, progress));
  EXPECT_EQ(expected(model, progress), (std::vector<std::string>{"head", "p"}));
  EXPECT_FALSE(advance(model, progress, "list"));
  EXPECT_TRUE(advance(model, progress, "head"));
  EXPECT_EQ(missing(model, progress), std::vector<std::string>{"p"});
  EXPECT_TRUE(advance(model, progress, "p"));
  EXPECT_TRUE(may_end(model, progress));
  EXPECT_EQ(expected(model, progress), (std::vector<std::string>{"list", "note", "p"}));
  EXPECT_TRUE(advance(model, progress, "note"));
  EXPECT_FALSE(advance(model, progress, "p"));
  EXPECT_TRUE(knows(model, "head"));
  EXPECT_FALSE(knows(model, "div"));
}

}  // namespace emend
