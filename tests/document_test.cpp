// What a document is once it is opened, what a commit does to it, and what a commit refuses.
#include <gtest/gtest.h>

#include "pipeline/document/commit.h"
#include "pipeline/document/error.h"
#include "pipeline/document/proposal.h"
#include "pipeline/document/runs.h"

namespace emend {
namespace {

using Texts = std::vector<std::string>;

Texts texts(const Document& d) {
  Texts out;
  for (const Line& line : d.lines) out.emplace_back(line.text);
  return out;
}

Change change(Kind kind, Span at) {
  Change c;
  c.kind = kind;
  c.at = at;
  c.stage = "letters";
  c.rule = "test.rule";
  return c;
}

Change edit(Span at, std::string_view before, std::string_view after) {
  Change c = change(Kind::edit, at);
  c.before = before;
  c.after = after;
  return c;
}

Change named(Kind kind, Span at, std::string_view name) {
  Change c = change(kind, at);
  c.name = name;
  return c;
}

Change page(std::uint32_t at, std::string_view label, std::string_view how = "read") {
  Change c = named(Kind::page, {at, at}, how);
  c.after = label;
  return c;
}

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

TEST(OpenDocument, SplitsAtEveryKindOfLineEnd) {
  const std::pair<std::string, Texts> cases[] = {
      {"", {}},
      {"a", {"a"}},
      {"a\n", {"a"}},
      {"a\nb", {"a", "b"}},
      {"a\n\nb\n", {"a", "", "b"}},
      {"\n", {""}},
      {"\n\n", {"", ""}},
      {"a\r\nb\r\n", {"a", "b"}},
      {"a\rb\r", {"a", "b"}},
      {"a\n\rb", {"a", "", "b"}},
      {"a\r\r\nb", {"a", "", "b"}},
      {"a\fb", {"a", "b"}},
      {"a\n\fb", {"a", "", "b"}},
      {"\f\f", {"", ""}},
      {"a\rb\nc\r\nd\fe", {"a", "b", "c", "d", "e"}},
      {"a\r", {"a"}},
      {"第一章\r\n绪论", {"第一章", "绪论"}},
      {std::string("a\0b\nc", 5), {std::string("a\0b", 3), "c"}},
      {"\xFF\xFE\n\x80", {"\xFF\xFE", "\x80"}},
  };
  for (const auto& [source, want] : cases) {
    const Document d = open_document("book.txt", source);
    EXPECT_EQ(texts(d), want) << testing::PrintToString(source);
    EXPECT_EQ(d.source, source);
    EXPECT_NO_THROW(verify(d));
  }
}

TEST(OpenDocument, KeepsTheLineEndsOutOfTheLines) {
  const Document d = open_document("book.txt", "ab\r\nc\n\nd");
  const std::vector<Span> want = {{0, 2}, {4, 5}, {6, 6}, {7, 8}};
  ASSERT_EQ(d.lines.size(), want.size());
  for (std::size_t i = 0; i < want.size(); ++i) EXPECT_EQ(d.lines[i].at, want[i]);
}

// A string of this size lies within the string object, which a move leaves behind.
TEST(OpenDocument, OfAShortTextCanBeMoved) {
  Document first = open_document("b", "a\nb");
  std::vector<Document> shelf;
  for (int i = 0; i < 20; ++i)
    shelf.push_back(open_document("b", std::string(static_cast<std::size_t>(i), 'x') + "\ny"));
  Document second = std::move(first);
  Document third = open_document("c", "something else");
  third = std::move(second);
  EXPECT_EQ(texts(third), (Texts{"a", "b"}));
  EXPECT_EQ(third.lines[0].text.data(), third.source.data());
  for (std::size_t i = 0; i < shelf.size(); ++i) EXPECT_EQ(texts(shelf[i]), (Texts{std::string(i, 'x'), "y"}));
}

TEST(Document, FindsTheLineOfAByte) {
  const Document d = open_document("book.txt", "ab\r\nc\n\nd");
  const std::size_t want[] = {0, 0, 0, 0, 1,
                              1, 2, 3, 3};  // the line end belongs to its line, the end of the text to the last
  for (std::uint32_t at = 0; at < 9; ++at) EXPECT_EQ(d.line_at(at), want[at]) << at;
  EXPECT_EQ(open_document("book.txt", "").line_at(0), 0u);
}

TEST(Document, FindsTheLinesThatBeginWithinASpan) {
  const Document d = open_document("book.txt", "ab\ncd\n\nef");
  using Range = std::pair<std::size_t, std::size_t>;
  const std::pair<Span, Range> cases[] = {{{0, 9}, {0, 4}}, {{0, 5}, {0, 2}}, {{3, 5}, {1, 2}}, {{1, 3}, {1, 1}},
                                          {{1, 4}, {1, 2}}, {{6, 7}, {2, 3}}, {{9, 9}, {4, 4}}, {{4, 5}, {2, 2}}};
  for (const auto& [span, range] : cases) EXPECT_EQ(d.lines_of(span), range) << span.begin << '-' << span.end;
  EXPECT_EQ(d.hull(1, 3), (Span{3, 9}));
  EXPECT_EQ(open_document("book.txt", "").lines_of({0, 0}), Range(0, 0));
}

TEST(Attribute, IsFoundByItsWholeName) {
  const std::string_view attributes = "n=2.1\nlevel=3\nempty=\nnn=x=y";
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"n", "2.1"}, {"level", "3"}, {"empty", ""}, {"nn", "x=y"}, {"leve", ""}, {"x", ""}, {"", ""}};
  for (const auto& [key, value] : cases) EXPECT_EQ(attribute(attributes, key), value) << key;
  EXPECT_EQ(attribute("", "n"), "");
}

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

TEST(Verify, NoticesALineThatNoChangeExplains) {
  Document d = open_document("book.txt", "aa\nbb");
  d.lines[1].text = "bc";
  EXPECT_THROW(verify(d), Error);
}

TEST(Verify, NoticesAMissingLine) {
  Document d = open_document("book.txt", "aa\nbb");
  d.lines.erase(d.lines.begin());
  EXPECT_THROW(verify(d), Error);
}

TEST(Proposal, MapsCurrentTextToSourceBytes) {
  Document d = open_document("book.txt", "abcdef");
  commit(d, std::vector{edit({1, 2}, "b", "XYZ"), edit({4, 5}, "e", "")});  // aXYZcdf
  struct Case {
    std::size_t begin, end;
    Span at;
    std::string_view before, after;
  };
  const Case cases[] = {{0, 1, {0, 1}, "a", "_"},      {2, 3, {1, 2}, "XYZ", "X_Z"},
                        {0, 2, {0, 2}, "aXYZ", "_YZ"}, {3, 5, {1, 3}, "XYZc", "XY_"},
                        {5, 6, {3, 4}, "d", "_"},      {5, 7, {3, 6}, "df", "_"},  // swallows the deleted e
                        {6, 7, {5, 6}, "f", "_"},                                  // leaves it alone
                        {0, 7, {0, 6}, "aXYZcdf", "_"}};
  for (const Case& c : cases) {
    Proposal p(d, "letters");
    ASSERT_TRUE(p.edit(d.lines[0], c.begin, c.end, "_", "r"));
    EXPECT_EQ(p.changes()[0].at, c.at) << c.begin << '-' << c.end;
    EXPECT_EQ(p.changes()[0].before, c.before);
    EXPECT_EQ(p.changes()[0].after, c.after);
  }
}

TEST(Proposal, RefusesEditsThatCannotBe) {
  Document d = open_document("book.txt", "abcdefgh");
  commit(d, std::vector{named(Kind::phrase, {2, 4}, "mark")});
  Proposal p(d, "letters");
  const Line& line = d.lines[0];
  EXPECT_FALSE(p.edit(line, 1, 1, "x", "r")) << "empty";
  EXPECT_FALSE(p.edit(line, 2, 1, "x", "r")) << "turned around";
  EXPECT_FALSE(p.edit(line, 0, 9, "x", "r")) << "too long";
  EXPECT_FALSE(p.edit(line, 0, 2, "ab", "r")) << "reads so already";
  EXPECT_FALSE(p.edit(line, 1, 3, "x", "r")) << "cuts the phrase";
  EXPECT_FALSE(p.edit(line, 3, 5, "x", "r")) << "cuts the phrase";
  EXPECT_FALSE(p.edit(line, 0, 8, "x", "r")) << "swallows the phrase";
  EXPECT_TRUE(p.edit(line, 2, 4, "x", "r")) << "is the phrase";
  EXPECT_TRUE(p.edit(line, 5, 7, "x", "r"));
  EXPECT_FALSE(p.edit(line, 6, 8, "x", "r")) << "was edited";
  EXPECT_FALSE(p.edit(line, 3, 4, "y", "r")) << "was edited, though not last";
  EXPECT_TRUE(p.edit(line, 0, 1, "x", "r")) << "comes late, but is free";
  EXPECT_NO_THROW(commit(d, p.changes()));
  EXPECT_EQ(texts(d), Texts{"xbxexh"});
}

TEST(Proposal, RefusesPhrasesThatCannotBe) {
  Document d = open_document("book.txt", "abcdefgh");
  commit(d, std::vector{named(Kind::phrase, {2, 4}, "mark"), edit({5, 7}, "fg", "XYZ")});  // abcdeXYZh
  Proposal p(d, "letters");
  const Line& line = d.lines[0];
  const Span nothing;
  EXPECT_EQ(p.phrase(line, 1, 1, "mark", "", "r"), nothing) << "empty";
  EXPECT_EQ(p.phrase(line, 8, 10, "mark", "", "r"), nothing) << "too long";
  EXPECT_EQ(p.phrase(line, 5, 6, "mark", "", "r"), nothing) << "cuts a patch";
  EXPECT_EQ(p.phrase(line, 3, 5, "mark", "", "r"), nothing) << "has a name";
  EXPECT_EQ(p.phrase(line, 5, 9, "mark", "n=1", "r"), (Span{5, 8}));
  EXPECT_EQ(p.phrase(line, 8, 9, "mark", "", "r"), nothing) << "was named in this run";
  EXPECT_FALSE(p.edit(line, 4, 6, "x", "r")) << "cuts what was named in this run";
  EXPECT_TRUE(p.edit(line, 8, 9, "x", "r")) << "is within what was named in this run";
  EXPECT_TRUE(p.edit(line, 0, 2, "x", "r"));
  EXPECT_EQ(p.phrase(line, 1, 2, "mark", "", "r"), nothing) << "cuts an edit of this run";
  EXPECT_EQ(p.phrase(line, 0, 2, "mark", "", "r"), (Span{0, 2}));
  EXPECT_NO_THROW(commit(d, p.changes()));
  EXPECT_EQ(d.phrases.size(), 3u);
  EXPECT_EQ(d.phrases[2].get("n"), "1");
}

// A stage may compose the words it gives: `found ? rule->id : "notes.mark"` is a string that is gone at once.
TEST(Proposal, KeepsWhatItWasTold) {
  Document d = open_document("book.txt", "abc");
  Proposal p(d, "letters");
  for (const char* const number : {"1", "1", "2"}) {
    const std::string n(number);
    p.meta("a name that is long enough for the heap " + n, "value " + n, {0, 1},
           "a rule that is long enough for the heap " + n, {50, "reason " + n});
  }
  p.block(0, 0, std::string(40, 'b'), std::string(40, 'a'), std::string(40, 'r'));
  commit(d, p.changes());
  for (std::size_t i = 0; i < 3; ++i) {
    const Change& c = d.ledger[i];
    const std::string n = i < 2 ? "1" : "2";
    EXPECT_EQ(c.name, "a name that is long enough for the heap " + n);
    EXPECT_EQ(c.rule, "a rule that is long enough for the heap " + n);
    EXPECT_EQ(c.after, "value " + n);
    EXPECT_EQ(c.reason, "reason " + n);
  }
  EXPECT_EQ(d.blocks[0].name, std::string(40, 'b'));
  EXPECT_EQ(d.ledger[3].rule, std::string(40, 'r'));
}

TEST(EachRun, GivesTheLinePhraseByPhrase) {
  Document d = open_document("book.txt", "abcdef");
  commit(d, std::vector{named(Kind::phrase, {1, 3}, "mark"), named(Kind::phrase, {3, 4}, "gone"),
                        edit({0, 1}, "a", "A"), edit({2, 3}, "c", "C"), edit({3, 4}, "d", "")});
  std::vector<std::pair<std::string, std::string_view>> runs;
  each_run(d, d.lines[0], [&](std::string_view text, const Node* phrase) {
    runs.emplace_back(text, phrase == nullptr ? "" : phrase->name);
  });
  const decltype(runs) want = {{"A", ""}, {"bC", "mark"}, {"", "gone"}, {"ef", ""}};
  EXPECT_EQ(runs, want);
}

}  // namespace
}  // namespace emend
