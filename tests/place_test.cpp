// Places named by their words are found again: in the same text, after changes elsewhere, and never in a wrong place.
#include <algorithm>

#include "pipeline/run/place.h"

#include <gtest/gtest.h>

#include "tests/random.h"

namespace emend {
namespace {

TEST(Place, IsOneLineOfTextWhateverItHolds) {
  const Place p{"a\n[b\\", "c\t]>", "\f\x01\xFF=> d"};
  EXPECT_EQ(written(p), "a\\n\\[b\\\\[[c\\t\\]\\>]]\\f\\x01\\xff=\\> d");
  EXPECT_EQ(read_place(written(p)), p);
}

TEST(Place, OfAnotherFormIsNone) {
  for (const char* name : {"", "no brackets", "[[open", "[[]]", "a]]b[[c", "[[a\\]]", "\\q[[a]]", "[[a]]\\x4"})
    EXPECT_FALSE(read_place(name)) << name;
}

TEST(Place, NamedAndFoundAgain) {
  const std::string text = "One line of a text, and one line of a text.\nThen another one.\n";
  const PlaceNames names(text, {{4, 8}, {28, 32}, {44, 48}});
  EXPECT_EQ(written(names.of({4, 8})), "One [[line]] of a text, and one line");
  for (const Span at : {Span{4, 8}, Span{28, 32}, Span{44, 48}}) {
    const FoundPlace found = find_place(text, names.of(at));
    EXPECT_EQ(found.how, FoundPlace::exact);
    EXPECT_EQ(found.at, at);
  }
}

TEST(Place, OfManyThatLookAlikeIsCounted) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "The running head of every page\n";
  const Span seventh{6 * 31, 6 * 31 + 30};
  const PlaceNames names(text, {seventh});
  const Place p = names.of(seventh);
  EXPECT_EQ(find_place(text, p).at, seventh);
  EXPECT_GT(p.count, 30u);
  EXPECT_EQ(find_place("One more line\n" + text, p).at, (Span{seventh.begin + 14, seventh.end + 14}));
  // One page more, and nobody can say which was meant.
  EXPECT_EQ(find_place(text + "The running head of every page\n", p).how, FoundPlace::ambiguous);
}

TEST(Place, IsFoundThoughTheTextAroundItChanged) {
  const Place p{"the tide had gone out over the ", "flals", " and left the boats lying on"};
  const FoundPlace found =
      find_place("At noon the tide hod gone out over the flals and left tbe boats lying on mud; flals are flat.", p);
  EXPECT_EQ(found.how, FoundPlace::near);
  EXPECT_EQ(found.at.begin, 39u);
}

TEST(Place, OfALineIsFoundThoughItsWordsChanged) {
  const Place p{"and so it ended.\n\n", "3 The harbour in winter", "\n\nIn the first week of"};
  const std::string text = "and so it ended.\n\n3 The harhour in winter\n\nIn the first week of";
  EXPECT_EQ(find_place(text, p).how, FoundPlace::nowhere);
  EXPECT_EQ(find_place(text, p, true).at, (Span{18, 41}));
}

TEST(Place, ThatIsGoneIsNotFoundElsewhere) {
  const Place p{"the tide had gone out over the ", ",", " and left the boats lying on"};
  EXPECT_EQ(find_place("Other words, in another text, with commas, but not that one.", p).how, FoundPlace::nowhere);
}

// Every place of a random text, poor in letters so that much of it looks alike, is found where it was, and again when
// lines were put before it.
TEST(Place, OfRandomTextsAreFoundWhereTheyWere) {
  Random random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    const std::size_t size = random.below(400) + 1;
    while (text.size() < size) text += random.below(8) == 0 ? "好" : std::string(1, "ab\n"[random.below(3)]);
    std::vector<Span> wanted;
    for (int i = 0; i < 20; ++i) {
      auto begin = static_cast<std::uint32_t>(random.below(text.size()));
      while ((static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
      auto end = static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), begin + 1 + random.below(9)));
      while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
      wanted.push_back({begin, end});
    }
    const PlaceNames names(text, wanted);
    for (const Span at : wanted) {
      const Place p = names.of(at);
      EXPECT_EQ(find_place(text, p).at, at) << written(p) << " " << p.ordinal << "/" << p.count << " in " << text;
      const auto read = read_place(written(p));
      ASSERT_TRUE(read);
      EXPECT_EQ(read->exact, p.exact);
      const FoundPlace moved = find_place("!!!!\n" + text, p);
      if (moved.how == FoundPlace::exact) {
        EXPECT_EQ(moved.at.begin, at.begin + 5);
      }
    }
  }
}

}  // namespace
}  // namespace emend
