// What the stages decode, letters and punctuation do to a line, told by tables of cases: tests/data/letters/STAGE.txt.
//
//   INPUT => EXPECTED   the line INPUT, alone in a book, is read as EXPECTED
//   INPUT               it stays as it is
//   @head INPUT …       the line is a block of that name
//   + TEXT              a line that the book of the next case has before it
//   {…}                 a note mark; the braces are no part of the text
//   \t \xNN             a tab, a byte
#include <gtest/gtest.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <fstream>

#include "pipeline/document/commit.h"
#include "pipeline/run/plan.h"
#include "pipeline/text/utf8.h"
#include "stages/read/text/text.h"

namespace emend {
namespace {

std::string unescape(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] != '\\' || i + 1 == s.size())
      out += s[i];
    else if (s[i + 1] == 't')
      out += '\t', ++i;
    else if (s[i + 1] == 'x')
      out += static_cast<char>(std::stoi(std::string(s.substr(i + 2, 2)), nullptr, 16)), i += 3;
    else
      out += s[i];
  }
  return out;
}

struct Case {
  std::string where, before, block, input, expected;
};

std::vector<Case> read_cases(const std::string& stage) {
  const std::string path = std::string(EMEND_SOURCE_DIR) + "/tests/data/letters/" + stage + ".txt";
  std::ifstream in(path);
  EXPECT_TRUE(in) << path << " is missing";
  std::vector<Case> cases;
  std::string before, line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("+ ")) {
      before += unescape(line.substr(2)) + "\n";
      continue;
    }
    Case c{stage + ".txt:" + std::to_string(number), before, {}, {}, {}};
    if (line[0] == '@') {
      c.block = line.substr(1, line.find(' ') - 1);
      line.erase(0, line.find(' ') + 1);
    }
    const std::size_t arrow = line.find(" => ");
    c.input = unescape(line.substr(0, arrow));
    c.expected = arrow == line.npos ? c.input : unescape(line.substr(arrow + 4));
    cases.push_back(c);
    before.clear();
  }
  return cases;
}

/// `text` without the braces, and where in it they stood.
std::string take_marks(std::string_view text, std::vector<Span>& marks) {
  std::string out;
  for (const char c : text) {
    const auto at = static_cast<std::uint32_t>(out.size());
    if (c == '{')
      marks.push_back({at, at});
    else if (c == '}')
      marks.back().end = at;
    else
      out += c;
  }
  return out;
}

std::string reading(const Plan& plan, const std::string& stage, const Case& c) {
  std::vector<Span> marks;
  const std::string line = take_marks(c.input, marks);
  Document d = read_text(c.where, c.before + line);
  Proposal set_up(d, "test");
  const std::size_t last = d.lines.size() - 1;
  if (!c.block.empty()) set_up.block(last, last, c.block, "", "test.block");
  for (const Span m : marks) set_up.phrase(d.lines[last], m.begin, m.end, "mark", "", "test.mark");
  commit(d, set_up.changes());
  plan.run(*plan.find(stage), d, true);
  return std::string(d.lines.back().text);
}

void check(const std::string& stage, std::size_t at_least) {
  const Plan plan;
  ASSERT_NE(plan.find(stage), nullptr);
  const std::vector<Case> cases = read_cases(stage);
  EXPECT_GE(cases.size(), at_least);
  for (const Case& c : cases) {
    std::vector<Span> ignored;
    EXPECT_EQ(reading(plan, stage, c), take_marks(c.expected, ignored)) << c.where << ": " << c.input;
  }
}

TEST(Letters, decode) { check("decode", 25); }
TEST(Letters, letters) { check("letters", 60); }
TEST(Letters, punctuation) { check("punctuation", 80); }

TEST(Letters, bytes_that_are_no_text_are_doubts_with_a_reason) {
  const Plan plan;
  Document d = read_text("x", "tide \xFF\xC0 and more of it");
  plan.run(*plan.find("decode"), d, true);
  ASSERT_EQ(d.ledger.size(), 1u);
  EXPECT_EQ(d.ledger[0].rule, "decode.invalid");
  EXPECT_LT(d.ledger[0].sure, certain);
  EXPECT_EQ(d.ledger[0].reason, "the bytes FF C0 are not UTF-8");
}

// The stage asks ICU only about characters that it takes for unstable; here ICU is asked about all of them.
TEST(Letters, every_character_comes_out_in_normalization_form_c) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  ASSERT_TRUE(U_SUCCESS(status));
  const auto set_aside = [](char32_t c) {
    return c < 0x20 || c == 0xAD || (c >= 0xD800 && c < 0xE000) || c == 0x200B || c == 0x200C || c == 0x200D ||
           (c >= 0xFE10 && c <= 0xFE19) || (c >= 0xFE30 && c <= 0xFE48) ||  // vertical forms, which are set upright
           c == 0x131 ||                                                    // a dotless i with its accent is one letter
           c == 0x2060 || c == 0xFEFF || (c >= 0xFDD0 && c < 0xFDF0) || (c & 0xFFFE) == 0xFFFE;
  };
  std::string text;
  for (char32_t c = 0x20; c < 0x110000; ++c) {
    if (set_aside(c)) continue;
    append_character(text += 'a', c);
    append_character(text, U'\u0301');
    append_character(text, c);
    text += '\n';
  }
  Document d = read_text("x", text);
  const Plan plan;
  plan.run(*plan.find("decode"), d);
  std::size_t wrong = 0;
  for (const Line& line : d.lines) {
    const std::string_view source = d.slice(line.at);
    std::string expected;
    icu::StringByteSink<std::string> sink(&expected);
    nfc->normalizeUTF8(0, {source.data(), static_cast<std::int32_t>(source.size())}, sink, nullptr, status);
    wrong += line.text != expected;
  }
  EXPECT_EQ(wrong, 0u);
}

TEST(Letters, the_halves_of_a_verse_are_not_even_doubted) {
  const Plan plan;
  Document d = read_text("x", "他在“白日依山尽 黄河入海流”这一句下面，画了一道线，又看了很久。");
  plan.run(*plan.find("letters"), d, true);
  EXPECT_TRUE(d.ledger.empty());
}

TEST(Letters, lines_of_one_block_are_judged_together) {
  const Plan plan;
  Document d = read_text("x", "他们加入了基金会(Open Tide Foundation,\n后来的潮汐组织),并且留了下来");
  Proposal set_up(d, "test");
  set_up.block(0, 1, "p", "", "test.block");
  commit(d, set_up.changes());
  plan.run(*plan.find("punctuation"), d, true);
  EXPECT_EQ(d.lines[0].text, "他们加入了基金会（Open Tide Foundation，");
  EXPECT_EQ(d.lines[1].text, "后来的潮汐组织），并且留了下来");
}

}  // namespace
}  // namespace emend
