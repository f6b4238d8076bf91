// Every edition gives its source back, byte for byte; and a change of any of its characters is found out.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "pipeline/document/commit.h"
#include "pipeline/run/plan.h"
#include "stages/read/text/text.h"
#include "tests/edition_checks.h"
#include "tests/random.h"

namespace emend {
namespace {

constexpr std::array<const char*, 3> policies = {"ledger", "inline", "none"};

const Plan& plan() {
  static const Plan all;
  return all;
}

std::string sample(const std::string& name) {
  std::ifstream in(EMEND_SOURCE_DIR "/samples/" + name + "/input.txt", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Document converted(std::string text) {
  Document d = read_text("book.txt", std::move(text));
  plan().run(d);
  return d;
}

TEST(Rebuild, AnyTextGivesAnySource) {
  Random random(7);
  constexpr std::array<std::string_view, 9> pieces = {"a",      "b",        "word ",          "，", "甲乙", "\n",
                                                      "\r\n\f", "\xFF\xE4", "the same again "};
  for (int i = 0; i < 3000; ++i) {
    const std::string source = random.text(pieces, 40), text = random.one_in(3) ? random.text(pieces, 40) : source;
    std::string back;
    ASSERT_TRUE(rebuild(text, steps_to(source, text), source.size(), back));
    ASSERT_EQ(back, source);
  }
}

TEST(Rebuild, TakesWhatIsThere) {
  const std::string text = "The tide comes in. Nobody saw it.", source = "The tide\ncomes in.\n\n   Nobody saw it.\n";
  std::size_t put_in = 0;
  for (const Step& step : steps_to(source, text)) put_in += step.then.size();
  EXPECT_LE(put_in, 8u);
}

TEST(Rebuild, RefusesStepsThatLeadOutside) {
  std::string out;
  EXPECT_FALSE(rebuild("abc", {{{1, 4}, ""}}, 10, out));
  EXPECT_FALSE(rebuild("abc", {{{2, 1}, ""}}, 10, out));
  EXPECT_FALSE(rebuild("abc", {{{0, 3}, "x"}}, 3, out));
  EXPECT_TRUE(rebuild("abc", {{{0, 3}, "x"}}, 4, out));
}

TEST(Undo, SamplesUnderEveryPolicy) {
  for (const char* name : {"thesis-zh", "essays-zh", "monograph-en", "report-fr", "note-short"})
    for (const char* policy : policies)
      EXPECT_EQ(wrong_with_edition(converted(sample(name)), {{"title", "T"}}, policy), "") << name;
}

TEST(Undo, AListBeforeTheFirstHeadingOfTheFront) {
  const Document d = converted(
      "1. Bring the tide tables.\n2. Bring the lamp.\n3. Bring the book of weights.\n\nPreface\n\nThis book was "
      "begun at the landing, and it was written over many winters by one hand.\n");
  ASSERT_EQ(d.blocks.front().name, "list");
  EXPECT_EQ(wrong_with_edition(d, {}, "ledger"), "");
}

// Pieces of the samples with bytes taken out, put in, doubled and moved; and bytes at random.
std::string mutated(Random& random) {
  static const std::array<std::string, 5> samples = {sample("thesis-zh"), sample("essays-zh"), sample("monograph-en"),
                                                     sample("report-fr"), sample("note-short")};
  constexpr std::array<std::string_view, 24> odd = {
      "\n",  "\n\n",       "\r\n", "\r",       "\f",   " ",    "　",          "\t",
      "-\n", "\xC2\xAD\n", "①",    "1",        "……",   "\x01", "\xFF",        "\xEF\xBB\xBF",
      "ﬁ",   "e\xCC\x81",  ",",    "\xE4\xB8", "&lt;", "<p>",  "Chapter 1\n", "—— 3 ——\n"};
  if (random.one_in(10)) return "text " + random.text(odd, 60) + random.bytes(20);
  const std::string& from = random.of(samples);
  const std::size_t begin = random.below(from.size());
  std::string text = from.substr(begin, 200 + random.below(2500));
  for (std::size_t n = random.below(12); n > 0; --n) {
    const std::size_t at = random.below(text.size()), size = random.below(30);
    const std::string piece = text.substr(at, size);
    switch (random.below(4)) {
      case 0: text.erase(at, size); break;
      case 1: text.insert(at, random.of(odd)); break;
      case 2: text.insert(random.below(text.size()), piece); break;
      default: text[at] = static_cast<char>(random.below(256));
    }
    if (text.empty()) text = "x";
  }
  return text;
}

// EMEND_UNDO_TIMES=10000 in the environment asks for more of them.
TEST(Undo, MutatedTextsUnderEveryPolicy) {
  const char* said = std::getenv("EMEND_UNDO_TIMES");
  const int times = said == nullptr ? 200 : std::atoi(said);
  Random random(20);
  int read = 0;
  for (int i = 0; i < times; ++i) {
    const std::string text = mutated(random);
    try {
      read_text("book.txt", text);
    } catch (const Error&) {
      continue;  // no text, so there is no edition
    }
    ++read;
    const Document d = converted(text);
    for (const char* policy : policies)
      ASSERT_EQ(wrong_with_edition(d, {}, policy), "") << "text " << i << ":\n" << text;
  }
  EXPECT_GT(read, times / 2);
}

TEST(Undo, AnyOtherCharacterIsFoundOut) {
  const Document d = converted(sample("thesis-zh").substr(0, 6000));
  const std::string tei = write_tei(d, {{"changes", "inline"}});
  ASSERT_EQ(not_proven(tei, ""), "");
  const std::size_t text = tei.find("<text>");
  int tried = 0;
  for (std::size_t at = text; at < tei.size(); at += 1 + at % 37) {
    if (static_cast<unsigned char>(tei[at]) < 0x80) continue;
    while (at < tei.size() && (static_cast<unsigned char>(tei[at]) & 0xC0u) == 0x80u) ++at;
    std::size_t end = at + 1;
    while (end < tei.size() && (static_cast<unsigned char>(tei[end]) & 0xC0u) == 0x80u) ++end;
    std::string forged = tei;
    forged.replace(at, end - at, "龘");
    EXPECT_NE(not_proven(forged, ""), "") << tei.substr(at, 40);
    ++tried;
  }
  EXPECT_GT(tried, 100);
  for (const std::string_view reading : {"<orig>", "<reg>", "<sic>", "<corr>", "<lb "}) {
    const std::size_t at = tei.find(reading, text);
    ASSERT_NE(at, tei.npos) << reading;
    EXPECT_NE(not_proven(std::string(tei).insert(at, "x"), ""), "") << reading;
  }
}

TEST(Undo, TheDiplomaticTextHasNoCharacterOfOurs) {
  const Document d =
      converted("第一章　绪论\n\n他们说:\"好\",于是走了,再也没有回来,直到第二年的春天才又见到他们一面。\n");
  const std::string tei = write_tei(d, {{"changes", "none"}}), both = write_tei(d, {{"changes", "inline"}});
  EXPECT_NE(tei.find("他们说:\"好\",于是走了,再也"), tei.npos) << tei;
  EXPECT_NE(both.find("<orig>,</orig><reg>，</reg></choice>"), both.npos) << both;
}

}  // namespace
}  // namespace emend
