// What a document is once it is opened, what is verified of it, and how its lines are walked.
#include <gtest/gtest.h>

#include "pipeline/document/commit.h"
#include "pipeline/document/error.h"
#include "pipeline/document/runs.h"
#include "tests/changes.h"

namespace emend {
namespace {

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
