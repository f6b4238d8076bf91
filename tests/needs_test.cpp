// What expressions need: never more than RE2 itself matches without.
#include "pipeline/rules/needs.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <cstdint>
#include <random>

#include "pipeline/rules/rules.h"
#include "pipeline/rules/small_letters.h"
#include "pipeline/rules/word_index.h"
#include "pipeline/run/plan.h"

namespace emend {
namespace {

using Words = std::vector<std::string>;

std::string small(std::string_view text) {
  std::string out;
  append_small_letters(out, text);
  return out;
}

bool may_match(const Needs& needs, std::string_view text) {
  const std::string letters = small(text);
  const auto has = [&](const std::bitset<256>& bytes, std::size_t at) {
    return bytes.none() || (at < text.size() && bytes[static_cast<unsigned char>(text[at])]);
  };
  if (!has(needs.first, 0) || !has(needs.second, 1)) return false;
  return needs.words.empty() || std::any_of(needs.words.begin(), needs.words.end(), [&](const std::string& word) {
           return needs.alone ? letters == word : letters.find(word) != letters.npos;
         });
}

TEST(Needs, AreTheLongestOfWhichOneMustBeThere) {
  const std::pair<std::string, Words> cases[] = {
      {"^以上内容.{0,9}预览", {"以上内容"}},
      {"(?i)^(?:Title|Titre)\\s*:", {"title", "titre"}},
      {"vol(?:ume|\\.)? .*[0-9]", {"vol ", "vol. ", "volume "}},
      {"第[一二]章", {"第一章", "第二章"}},
      {"(a|b)?press", {"apress", "bpress", "press"}},
      {"x{0,2}yes{2,}", {"ye"}},
      {"[^a]+no", {"no"}},
      {"\\x{6e29}\\.", {"温."}},
      {"a|\\s", {}},
      {"(?:ab)*", {}},
      {"[a-zà-ÿ]{3}", {}},
      {"\\Qab\\E", {}},  // not read: nothing is said
      {"(ab", {}},
  };
  for (const auto& [expression, words] : cases) EXPECT_EQ(needs_of(expression).words, words) << expression;
}

TEST(Needs, AreTheBytesThatATextBeginsWith) {
  const auto listed = [](const std::bitset<256>& set) {
    std::string bytes;
    for (unsigned b = 0; b < 256; ++b)
      if (set[b]) bytes += static_cast<char>(b);
    return bytes;
  };
  const auto first = [&](std::string_view expression) { return listed(needs_of(expression).first); };
  const auto second = [&](std::string_view expression) { return listed(needs_of(expression).second); };
  EXPECT_EQ(first("^[(]?(?:Vol|[0-2]|第)"), std::string("(012V\xE7"));
  EXPECT_EQ(first("^(?i:vol)"), "Vv");
  EXPECT_EQ(first("^\\s?[\\d.]"), "\t\n\f\r .0123456789");
  EXPECT_EQ(first("^a|^b.*"), "ab");
  EXPECT_EQ(second("^[A-Z][.)]"), ").");
  EXPECT_EQ(second("^(?:a|b+)?第x"), "b\xAC\xE7");
  EXPECT_EQ(second("^(?:a|bc)"), "");
  for (const char* anything : {"a", "^a|b", "^a?", "^.", "(?:^a)?b"}) EXPECT_EQ(first(anything), "") << anything;
}

TEST(Needs, SayWhichExpressionsAreListsOfWords) {
  EXPECT_TRUE(needs_of("(?i)^(?:ada|andr[eé]|jean-marie)$").alone);
  EXPECT_EQ(needs_of("(?i)^(?:ada|andr[eé])$").words, (Words{"ada", "andre", "andré"}));
  for (const char* other : {"^(?:ada|tom)$", "(?i)^(?:ada|tom)", "(?i)^(?:ada.)$", "(?i)^(?:a\\b|tom)$",
                            "(?i)^(?:ada)|(?:tom)$", "(?i)^(?:(?-i:A)da)$"})
    EXPECT_FALSE(needs_of(other).alone) << other;
}

TEST(Needs, AreInWhatTheBuiltInRulesMatch) {
  std::size_t asked = 0;
  const Plan plan;
  for (const Stage* stage : plan.stages())
    for (const Rule& rule : plan.rules_of(*stage).all()) {
      const Needs needs = needs_of(rule.match);
      const RE2 expression(rule.match);
      for (const auto* examples : {&rule.yes, &rule.no})
        for (const std::string& text : *examples) {
          if (!RE2::PartialMatch(text, expression)) continue;
          EXPECT_TRUE(may_match(needs, text)) << rule.id << ": " << text;
          ++asked;
        }
    }
  EXPECT_GT(asked, 300u);
}

// Expressions and texts of few characters, so that many match.
class Chance {
 public:
  std::size_t below(std::size_t n) { return random_() % n; }
  std::string expression(int depth) {
    static const char* const plain[] = {"a",   "B",   "é",     "Σ",   "k",      "ſ",  ".",    "[ab]", "[^a]", "^",
                                        "\\b", "\\.", "[É-ë]", "\\d", "[\\s1]", "一", "\\pL", "(?i)", "$"};
    std::string out;
    for (std::size_t n = 1 + below(4); n-- > 0;) {
      const std::size_t what = below(depth > 0 ? 8 : 5);
      std::string one = plain[below(std::size(plain))];
      if (what == 5) one = "(?:" + expression(depth - 1) + "|" + expression(depth - 1) + ")";
      if (what == 6) one = "(?i:" + expression(depth - 1) + ")";
      if (what == 7) one = "(" + expression(depth - 1) + ")";
      static const char* const often[] = {"", "", "", "?", "*", "+?", "{2}", "{0,2}"};
      const bool matches_nothing = one == "^" || one == "$" || one == "(?i)" || one == "\\b";
      out += one + (matches_nothing ? "" : often[below(std::size(often))]);
    }
    return below(4) == 0 ? "(?i)^(?:" + out + ")$" : out;
  }
  std::string text() {
    static const char* const letters[] = {"a", "A", "b", "é", "É", "σ", "ς", "K", "K", "s", ".", "1", "一", " "};
    std::string out;
    for (std::size_t n = below(5); n-- > 0;) out += letters[below(std::size(letters))];
    return out;
  }

 private:
  std::mt19937 random_{14};
};

TEST(Needs, AreInWhatAnyExpressionMatches) {
  Chance chance;
  std::size_t matched = 0, refused = 0;
  for (int i = 0; i < 4000; ++i) {
    const std::string match = chance.expression(2);
    const Needs needs = needs_of(match);
    const RE2 expression(match, RE2::Quiet);
    if (!expression.ok()) continue;
    for (int k = 0; k < 30; ++k) {
      const std::string text = chance.text();
      const bool matches = RE2::PartialMatch(text, expression), may = may_match(needs, text);
      ASSERT_TRUE(may || !matches) << match << " on '" << text << "'";
      ASSERT_TRUE(matches || !may || !needs.alone) << match << " on '" << text << "'";
      matched += matches;
      refused += !may;
    }
  }
  EXPECT_GT(matched, 5000u);
  EXPECT_GT(refused, 5000u);
}

TEST(WordIndex, FindsTheListsOfAllWordsOfAText) {
  WordIndex index;
  index.add("river", 3);
  index.add("riv", 1);
  index.add("r", 70);
  index.add("河", 2);
  index.add("er", 3);
  const auto found = [&](std::string_view text) {
    Numbers lists{0, 0};
    index.find(text, lists);
    return lists;
  };
  EXPECT_EQ(found("a river"), (Numbers{1u << 1 | 1u << 3, 1u << 6}));
  EXPECT_EQ(found("河"), (Numbers{1u << 2, 0}));
  EXPECT_EQ(found("he"), (Numbers{0, 0}));
  EXPECT_EQ(found("e r"), (Numbers{0, 1u << 6}));
  EXPECT_EQ(found(""), (Numbers{0, 0}));
}

// However often a class was asked, the answer is the same.
TEST(Rules, AnswerTheSameWhenTheyAreAskedOften) {
  std::string text;
  for (int i = 0; i < 8; ++i)
    text += "rule r" + std::to_string(i) + "\nclass k\nmatch ^\\S*" + std::to_string(i) + "\nwhy For the test.\nyes " +
            std::to_string(i) + "\nno -\n\n";
  const Rules rules({{text, "my.rules"}}, Compile::at_first_use);
  for (int i = 0; i < 700; ++i) {
    EXPECT_EQ(rules.test("k", "-" + std::to_string(7 - i % 8) + "76543210"), &rules.all()[0]);
    EXPECT_EQ(rules.test("k", "no number"), nullptr);
    EXPECT_EQ(rules.find("k", "5").rule, &rules.all()[5]);
  }
}

}  // namespace
}  // namespace emend
