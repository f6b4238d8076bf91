// What a commit does to a document, and what it refuses.
#include <gtest/gtest.h>

#include "pipeline/document/commit.h"
#include "pipeline/document/error.h"
#include "pipeline/document/proposal.h"
#include "tests/changes.h"

namespace emend {
namespace {

// What `commit` says of the changes, which must break an invariant; the last of several calls breaks it.
std::string refusal(std::string source, const std::vector<std::vector<Change>>& commits) {
  Document d = open_document("book.txt", std::move(source));
  try {
    for (const auto& changes : commits) commit(d, changes);
  } catch (const Error& e) {
    EXPECT_EQ(e.code, Exit::bug);
    EXPECT_NE(std::string(e.what()).find("stage 'letters', rule 'test.rule'"), std::string::npos) << e.what();
    return e.what();
  }
  return "nothing was refused";
}

#define EXPECT_REFUSED(what, source, ...) \
  EXPECT_NE(refusal(source, {__VA_ARGS__}).find(what), std::string::npos) << refusal(source, {__VA_ARGS__})

TEST(Commit, AppliesEditsAndRemembersThem) {
  Document d = open_document("book.txt", "It was tbe\r\nbest of tirnes");
  commit(d, std::vector{edit({20, 26}, "tirnes", "times"), edit({7, 10}, "tbe", "the")});
  EXPECT_EQ(texts(d), (Texts{"It was the", "best of times"}));
  EXPECT_EQ(d.source, "It was tbe\r\nbest of tirnes");
  ASSERT_EQ(d.patches.size(), 2u);
  EXPECT_EQ(d.patches[0].at, (Span{7, 10}));
  ASSERT_EQ(d.ledger.size(), 2u);
  EXPECT_EQ(d.ledger[0].after, "times");
  EXPECT_NO_THROW(verify(d));
}

TEST(Commit, LetsALaterEditSwallowEarlierOnes) {
  Document d = open_document("book.txt", "abcdef");
  commit(d, std::vector{edit({1, 2}, "b", "XY"), edit({3, 4}, "d", "")});
  EXPECT_EQ(texts(d), Texts{"aXYcef"});
  commit(d, std::vector{edit({1, 5}, "XYce", "_")});
  EXPECT_EQ(texts(d), Texts{"a_f"});
  EXPECT_EQ(d.patches.size(), 1u);
  EXPECT_NO_THROW(verify(d));
}

TEST(Commit, RefusesWhatLiesOutsideTheSource) {
  EXPECT_REFUSED("outside the source", "abc", std::vector{change(Kind::doubt, {2, 4})});
  EXPECT_REFUSED("outside the source", "abc", std::vector{change(Kind::doubt, {2, 1})});
  EXPECT_REFUSED("outside the source", "", std::vector{named(Kind::meta, {0, 0}, "title")});
  Change link = named(Kind::link, {0, 1}, "note");
  link.to = {0, 4};
  EXPECT_REFUSED("outside the source", "abc", std::vector{link});
  link.to = {3, 0};
  EXPECT_REFUSED("outside the source", "abc", std::vector{link});
}

TEST(Commit, RefusesBadEdits) {
  EXPECT_REFUSED("crosses a line end", "ab\ncd", std::vector{edit({1, 4}, "b\nc", "x")});
  EXPECT_REFUSED("crosses a line end", "ab\ncd", std::vector{edit({1, 3}, "b\n", "b")});
  EXPECT_REFUSED("crosses a line end", "ab\r\ncd", std::vector{edit({2, 3}, "\r", "")});
  EXPECT_REFUSED("an edit is empty", "abc", std::vector{edit({1, 1}, "", "x")});
  EXPECT_REFUSED("edits overlap", "abcd", std::vector{edit({0, 2}, "ab", "x"), edit({1, 3}, "bc", "y")});
  EXPECT_REFUSED("edits overlap", "abcd", std::vector{edit({0, 2}, "ab", "x"), edit({0, 2}, "ab", "x")});
  EXPECT_REFUSED("not what stands there", "abcd", std::vector{edit({0, 2}, "aB", "x")});
  EXPECT_REFUSED("not what stands there", "abcd", std::vector{edit({0, 2}, "ab", "x")},
                 std::vector{edit({0, 3}, "abc", "x")});
  EXPECT_REFUSED("splits an earlier patch", "abcd", std::vector{edit({0, 2}, "ab", "x")},
                 std::vector{edit({1, 3}, "xc", "y")});
  EXPECT_REFUSED("splits an earlier patch", "abcd", std::vector{edit({1, 3}, "bc", "x")},
                 std::vector{edit({0, 2}, "ax", "y")});
}

TEST(Commit, NestsBlocksAndGivesEachItsParent) {
  //                                       0  3  6  9  12
  Document d = open_document("book.txt", "aa\nbb\ncc\ndd\nee\n");
  commit(d, std::vector{named(Kind::block, {6, 8}, "quote"), named(Kind::block, {3, 11}, "p")});
  commit(d, std::vector{named(Kind::block, {12, 14}, "note"), named(Kind::block, {0, 14}, "div")});
  const std::vector<std::pair<std::string_view, std::int32_t>> want = {
      {"div", -1}, {"p", 0}, {"quote", 1}, {"note", 0}};
  ASSERT_EQ(d.blocks.size(), want.size());
  for (std::size_t i = 0; i < want.size(); ++i) {
    EXPECT_EQ(d.blocks[i].name, want[i].first);
    EXPECT_EQ(d.blocks[i].parent, want[i].second) << d.blocks[i].name;
    EXPECT_EQ(d.ledger[d.blocks[i].change].name, d.blocks[i].name);
  }
  const std::int32_t innermost[] = {0, 1, 2, 1, 3};
  for (std::size_t i = 0; i < d.lines.size(); ++i) EXPECT_EQ(d.lines[i].block, innermost[i]) << i;
  EXPECT_TRUE(d.is(d.lines[2], "quote"));
  EXPECT_FALSE(d.is(d.lines[2], "p"));
  EXPECT_EQ(d.block_of(d.lines[4])->name, "note");
}

TEST(Commit, PutsABlockOfTheSameLinesInsideTheEarlierOne) {
  Document d = open_document("book.txt", "aa\n\nbb");
  commit(d, std::vector{named(Kind::block, {0, 6}, "p")});
  commit(d, std::vector{named(Kind::block, {0, 6}, "quote"), named(Kind::block, {3, 3}, "gap")});
  EXPECT_EQ(d.blocks[0].name, "p");
  EXPECT_EQ(d.blocks[1].parent, 0);
  EXPECT_EQ(d.blocks[2].parent, 1);
  EXPECT_EQ(d.lines[0].block, 1);
  EXPECT_EQ(d.lines[1].block, 2);
  EXPECT_EQ(d.lines[2].block, 1);
}

TEST(Commit, RefusesBadBlocks) {
  const std::string s = "aa\nbb\ncc\ndd";
  EXPECT_REFUSED("block 'note' at byte 3 crosses 'p'", s,
                 std::vector{named(Kind::block, {0, 5}, "p"), named(Kind::block, {3, 8}, "note")});
  EXPECT_REFUSED("block 'note' at byte 3 crosses 'p'", s, std::vector{named(Kind::block, {3, 11}, "note")},
                 std::vector{named(Kind::block, {0, 8}, "p")});
  EXPECT_REFUSED("not of whole lines", s, std::vector{named(Kind::block, {1, 5}, "p")});
  EXPECT_REFUSED("not of whole lines", s, std::vector{named(Kind::block, {0, 4}, "p")});
  EXPECT_REFUSED("not of whole lines", s, std::vector{named(Kind::block, {0, 6}, "p")});
  EXPECT_REFUSED("not of whole lines", "aa\r\nbb", std::vector{named(Kind::block, {0, 3}, "p")});
}

TEST(Commit, BlamesTheRuleThatBrokeIt) {
  Document d = open_document("book.txt", "aa\nbb\ncc");
  Change bad = named(Kind::block, {3, 8}, "note"), innocent = change(Kind::doubt, {0, 1});
  bad.rule = "test.bad";
  try {
    commit(d, std::vector{named(Kind::block, {0, 5}, "p"), bad, innocent});
    FAIL() << "nothing was refused";
  } catch (const Error& e) {
    EXPECT_EQ(std::string(e.what()),
              "stage 'letters', rule 'test.bad', bytes 3-8: block 'note' at byte 3 crosses 'p'; "
              "this is a defect of emend, please report it");
  }
}

TEST(Commit, RefusesBadPhrases) {
  EXPECT_REFUSED("a phrase is empty or crosses", "ab\ncd", std::vector{named(Kind::phrase, {1, 4}, "mark")});
  EXPECT_REFUSED("a phrase is empty or crosses", "ab\ncd", std::vector{named(Kind::phrase, {1, 1}, "mark")});
  EXPECT_REFUSED("phrases overlap", "abcd",
                 std::vector{named(Kind::phrase, {0, 2}, "mark"), named(Kind::phrase, {1, 3}, "label")});
  EXPECT_REFUSED("phrases overlap", "abcd", std::vector{named(Kind::phrase, {0, 4}, "mark")},
                 std::vector{named(Kind::phrase, {1, 2}, "label")});
}

TEST(Commit, RefusesEditsThatCutAPhrase) {
  const Change mark = named(Kind::phrase, {2, 4}, "mark");
  EXPECT_REFUSED("an edit cuts a phrase", "abcdef", std::vector{mark}, std::vector{edit({1, 3}, "bc", "x")});
  EXPECT_REFUSED("an edit cuts a phrase", "abcdef", std::vector{mark}, std::vector{edit({3, 6}, "def", "x")});
  EXPECT_REFUSED("an edit cuts a phrase", "abcdef", std::vector{mark}, std::vector{edit({1, 5}, "bcde", "x")});
  EXPECT_REFUSED("an edit cuts a phrase", "abcdef", std::vector{edit({3, 6}, "def", "x"), mark});
  EXPECT_REFUSED("an edit cuts a phrase", "abcdef", std::vector{mark},
                 std::vector{edit({2, 3}, "c", "x"), edit({3, 5}, "de", "y")});
  EXPECT_REFUSED("an edit cuts a phrase", "abcdef", std::vector{edit({1, 3}, "bc", "x")}, std::vector{mark});
  EXPECT_REFUSED("an edit cuts a phrase", "abcdef", std::vector{edit({3, 6}, "def", "x")}, std::vector{mark});
  EXPECT_REFUSED("an edit cuts a phrase", "abcdef", std::vector{edit({0, 6}, "abcdef", "x")}, std::vector{mark});
  Document d = open_document("book.txt", "abcdef");
  EXPECT_NO_THROW(commit(d, std::vector{mark, edit({0, 2}, "ab", "x"), edit({2, 3}, "c", ""), edit({3, 4}, "d", "")}));
  EXPECT_NO_THROW(commit(d, std::vector{edit({2, 4}, "", "①")}));
}

TEST(Commit, FindsThePagesOfTheLines) {
  //                                       0  3  6    10
  Document d = open_document("book.txt", "aa\nbb\fcc\r\ndd");
  EXPECT_EQ(d.lines[3].page, 0u);
  commit(d, std::vector{page(6, "2"), page(0, "")});
  commit(d, std::vector{page(10, "iv", "inferred"), page(0, "1")});
  ASSERT_EQ(d.pages.size(), 3u);
  const std::string_view labels[] = {"1", "2", "iv"};
  const Span spans[] = {{0, 6}, {6, 10}, {10, 12}};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(d.pages[i].label, labels[i]);
    EXPECT_EQ(d.pages[i].at, spans[i]);
  }
  EXPECT_TRUE(d.pages[1].read);
  EXPECT_FALSE(d.pages[2].read);
  const std::uint32_t pages[] = {0, 0, 1, 2};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(d.lines[i].page, pages[i]);
}

TEST(Commit, TakesTheLastOfSeveralWordsOnOnePage) {
  Document d = open_document("book.txt", "aa\nbb");
  commit(d, std::vector{page(3, "7"), page(0, "5", "inferred"), page(3, "6"), page(0, "5")});
  ASSERT_EQ(d.pages.size(), 2u);
  EXPECT_EQ(d.pages[0].label, "5");
  EXPECT_TRUE(d.pages[0].read);
  EXPECT_EQ(d.pages[1].label, "6");
  EXPECT_EQ(d.lines[1].page, 1u);
}

TEST(Commit, RefusesPagesAndJoinsWithinALine) {
  EXPECT_REFUSED("a page is not at the beginning of a line", "aa\nbb", std::vector{page(4, "2")});
  EXPECT_REFUSED("a page is not at the beginning of a line", "aa\nbb", std::vector{page(2, "2")});
  EXPECT_REFUSED("a join is not at the beginning of a line", "aa\nbb", std::vector{change(Kind::join, {4, 4})});
  EXPECT_REFUSED("a join is not at the beginning of a line", "aa\r\nbb", std::vector{change(Kind::join, {3, 3})});
}

TEST(Commit, JoinsLines) {
  Document d = open_document("book.txt", "hyphen-\nated\nwords");
  Change tight = change(Kind::join, {8, 8}), spaced = change(Kind::join, {13, 13});
  spaced.after = " ";
  commit(d, std::vector{spaced, tight});
  EXPECT_FALSE(d.lines[0].joined);
  EXPECT_TRUE(d.lines[1].joined);
  EXPECT_EQ(d.lines[1].join, "");
  EXPECT_EQ(d.lines[2].join, " ");
}

TEST(Commit, KeepsLinksInTheOrderOfTheText) {
  Document d = open_document("book.txt", "a b\nc d");
  const auto link = [](Span at, Span to) {
    Change c = named(Kind::link, at, "note");
    c.to = to;
    c.sure = 60;
    return c;
  };
  commit(d, std::vector{link({2, 3}, {6, 7}), named(Kind::meta, {0, 1}, "title")});
  commit(d, std::vector{link({0, 1}, {4, 5})});
  ASSERT_EQ(d.links.size(), 2u);
  EXPECT_EQ(d.links[0].to, (Span{4, 5}));
  EXPECT_EQ(d.links[1].to, (Span{6, 7}));
  EXPECT_EQ(d.links[1].sure, 60);
  ASSERT_EQ(d.metas.size(), 1u);
}

TEST(Commit, KeepsTheFirstWordOnTheBook) {
  Document d = open_document("book.txt", "a");
  Proposal first(d, "front"), second(d, "language");
  first.meta("title", "One", {0, 1}, "r");
  second.meta("title", "Two", {0, 1}, "r");
  commit(d, first.changes());
  commit(d, second.changes());
  EXPECT_EQ(d.meta("title"), "One");
  EXPECT_EQ(d.meta("author"), "");
}

}  // namespace
}  // namespace emend
