// What a stage may propose, and how current text is mapped to bytes of the source.
#include <gtest/gtest.h>

#include "pipeline/document/commit.h"
#include "pipeline/document/proposal.h"
#include "tests/changes.h"

namespace emend {
namespace {

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

}  // namespace
}  // namespace emend
