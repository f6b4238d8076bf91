// Samples, damaged in the ways of scanners, transfers and editors, and at random: what the fuzz targets try, in
// seconds.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "tests/fuzz/entries.h"
#include "tests/random.h"

namespace emend {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

// Every file below the folder whose name ends so, in the order of their names.
std::vector<std::string> files(const std::string& folder, const std::string& ending) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(EMEND_SOURCE_DIR) / folder))
    if (entry.is_regular_file() && entry.path().string().ends_with(ending)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> out;
  std::transform(paths.begin(), paths.end(), std::back_inserter(out), content);
  return out;
}

// What stages look for, put where they do not expect it.
constexpr std::array<std::string_view, 40> tokens = {"\n",
                                                     "\r",
                                                     "\f",
                                                     "\t",
                                                     " ",
                                                     "　",
                                                     "\xFF",
                                                     "\xE4\xB8",
                                                     "\xC2\xA0",
                                                     "\xEF\xBB\xBF",
                                                     "-\n",
                                                     "①",
                                                     "③",
                                                     "^②",
                                                     "*",
                                                     "†",
                                                     "[1]",
                                                     "(2)",
                                                     "12",
                                                     "- 7 -",
                                                     "xiv",
                                                     "第一章",
                                                     "1.1 ",
                                                     "一、",
                                                     "（二）",
                                                     "Chapter IV\n",
                                                     "目录\n",
                                                     "Contents\n",
                                                     "注释\n",
                                                     "参考文献\n",
                                                     "关键词：",
                                                     "摘 要\n",
                                                     "Abstract\n",
                                                     "......",
                                                     "\xE2\x80\xA6\xE2\x80\xA6 9\n",
                                                     "，",
                                                     ",",
                                                     "“",
                                                     "\xCC\x81",
                                                     "<&>\"'"};

// The signs of Markdown, and of what tools write into it.
constexpr std::array<std::string_view, 48> signs = {"#",
                                                    "## ",
                                                    "\n# ",
                                                    "*",
                                                    "**",
                                                    "***",
                                                    "_",
                                                    "~~",
                                                    "`",
                                                    "\n```\n",
                                                    "\n~~~\n",
                                                    "$",
                                                    "\n$$\n",
                                                    "\\(",
                                                    "\\)",
                                                    "\n\\[\n",
                                                    "\\",
                                                    "[",
                                                    "](",
                                                    ")",
                                                    "![",
                                                    "[^1]",
                                                    "\n[^1]: ",
                                                    "^1^",
                                                    "<sup>",
                                                    "</sup>",
                                                    "<b>",
                                                    "</b>",
                                                    "<i>",
                                                    "<table>",
                                                    "</table>",
                                                    "<tr><td>",
                                                    "<td colspan=\"2\">",
                                                    "|",
                                                    "\n|---|---|\n",
                                                    "\n- ",
                                                    "\n* ",
                                                    "\n1. ",
                                                    "\n---\n",
                                                    "\n===\n",
                                                    "<!-- page 3 -->",
                                                    "<header>",
                                                    "</header>",
                                                    "<footnote>",
                                                    "</footnote>",
                                                    "<img src=\"a\" alt=\"b\">",
                                                    "&amp;",
                                                    "$^{①}$"};

// One of the ways in which texts are damaged.
std::string damaged(std::string s, Random& random) {
  const auto place = [&] { return random.below(s.size() + 1); };
  const auto line_start = [&] {
    const std::size_t at = s.rfind('\n', place());
    return at == s.npos ? 0 : at + 1;
  };
  switch (random.below(8)) {
    case 0: return s.insert(place(), random.of(tokens));
    case 1: return s.insert(line_start(), random.of(tokens));
    case 2: return s.erase(std::min(place(), s.size()), random.below(5));
    case 3: return s.erase(line_start(), random.below(300));
    case 4: return s.insert(line_start(), s.substr(line_start(), random.below(200)));
    case 5: {
      const std::size_t end = s.find('\n', place());
      return end == s.npos ? s : s.erase(end, 1);
    }
    case 6: {
      if (!s.empty()) s[random.below(s.size())] = static_cast<char>(random.below(256));
      return s;
    }
    default: {
      const std::string_view from = random.of(tokens), to = random.of(tokens);
      for (std::size_t at = s.find(from); at != s.npos; at = s.find(from, at + to.size()))
        s.replace(at, from.size(), to);
      return s;
    }
  }
}

// A stretch of a sample of at most `most` bytes, beginning at any line.
std::string stretch(const std::string& sample, std::size_t most, Random& random) {
  const std::size_t begin = sample.rfind('\n', random.below(sample.size() + 1));
  return sample.substr(begin == sample.npos ? 0 : begin, random.below(most) + 1);
}

// Keeps bytes that failed, for `fuzz_convert FILE` and for a look at them, and says where.
std::string kept(const std::string& bytes) {
  const std::string path =
      std::string(EMEND_BINARY_DIR) + "/fuzz-replay-" + testing::UnitTest::GetInstance()->current_test_info()->name();
  std::ofstream(path, std::ios::binary) << bytes;
  return "the input is kept in " + path;
}

TEST(FuzzReplay, TextsOfTheSamplesConvert) {
  const std::vector<std::string> samples = files("samples", "input.txt");
  ASSERT_FALSE(samples.empty());
  for (const std::string& sample : samples) ASSERT_EQ(try_convert(sample), "") << kept(sample);
}

// Each of these once went wrong; `fuzz_convert -minimize_crash=1` made them small.
TEST(FuzzReplay, TextsThatOnceFailedConvert) {
  const std::vector<std::string> texts = files("tests/data/fuzz", ".txt");
  ASSERT_FALSE(texts.empty());
  for (const std::string& text : texts) EXPECT_EQ(try_convert(text), "") << testing::PrintToString(text);
  for (const std::string& text : files("tests/data/fuzz", ".md"))
    EXPECT_EQ(try_convert(text, "markdown"), "") << testing::PrintToString(text);
}

TEST(FuzzReplay, DamagedTextsConvert) {
  const std::vector<std::string> samples = files("samples", "input.txt");
  ASSERT_FALSE(samples.empty());
  Random random(41);
  for (int i = 0; i < 400; ++i) {
    std::string text = stretch(random.of(samples), i % 8 == 0 ? 30000 : 3000, random);
    if (random.one_in(4)) text += stretch(random.of(samples), 2000, random);
    for (std::size_t n = random.below(12); n > 0; --n) text = damaged(std::move(text), random);
    ASSERT_EQ(try_convert(text), "") << kept(text);
  }
}

TEST(FuzzReplay, TokensWithoutATextConvert) {
  Random random(43);
  for (int i = 0; i < 600; ++i) {
    const std::string text = random.text(tokens, 30);
    ASSERT_EQ(try_convert(text), "") << kept(text);
  }
}

TEST(FuzzReplay, DamagedMarkdownConverts) {
  const std::vector<std::string> samples = files("tests/data/cases", ".md");
  ASSERT_FALSE(samples.empty());
  Random random(61);
  for (const std::string& sample : samples) ASSERT_EQ(try_convert(sample, "markdown"), "") << kept(sample);
  for (int i = 0; i < 300; ++i) {
    std::string text = stretch(random.of(samples), 2000, random);
    for (std::size_t n = random.below(12); n > 0; --n) text.insert(random.below(text.size() + 1), random.of(signs));
    for (std::size_t n = random.below(4); n > 0; --n) text = damaged(std::move(text), random);
    ASSERT_EQ(try_convert(text, "markdown"), "") << kept(text);
  }
  for (int i = 0; i < 400; ++i) {
    const std::string text = random.text(signs, 30);
    ASSERT_EQ(try_convert(text, "markdown"), "") << kept(text);
  }
}

TEST(FuzzReplay, DamagedBlocksAreRefusedOrConvert) {
  const std::vector<std::string> samples = files("tests/data/cases/blocks", ".json");
  ASSERT_FALSE(samples.empty());
  Random random(67);
  for (const std::string& sample : samples) ASSERT_EQ(try_blocks(sample), "") << kept(sample);
  for (int i = 0; i < 400; ++i) {
    std::string text = random.of(samples);
    for (std::size_t n = random.below(4); n > 0; --n) {  // the keys and values of another place
      const std::size_t from = text.find(": ", random.below(text.size())), end = text.find_first_of(",}]", from);
      const std::size_t to = text.find(": ", random.below(text.size())), behind = text.find_first_of(",}]", to);
      if (from == text.npos || end == text.npos || to == text.npos || behind == text.npos) continue;
      text.replace(to, behind - to, text.substr(from, end - from));
    }
    if (random.one_in(2)) text = damaged(std::move(text), random);
    ASSERT_EQ(try_blocks(text), "") << kept(text);
  }
}

TEST(FuzzReplay, AnyBytesAreRefusedOrConvert) {
  Random random(47);
  for (int i = 0; i < 400; ++i) {
    const std::string bytes = random.bytes(300);
    ASSERT_EQ(try_convert(bytes), "") << kept(bytes);
    std::string printable = bytes;
    for (char& c : printable)
      if (static_cast<unsigned char>(c) < 32 && c != '\n') c = ' ';
    ASSERT_EQ(try_convert(printable), "") << kept(printable);
  }
}

TEST(FuzzReplay, DamagedLedgersAreRefusedOrReplayed) {
  const std::vector<std::string> samples = files("samples", "input.txt");
  ASSERT_FALSE(samples.empty());
  const Plan plan;
  Random random(53);
  for (const std::string& sample : samples) {
    Document d = read_text("book.txt", sample.substr(0, 6000));
    plan.run(d);
    const std::string wire = write_wire(d, {}), ledger = write_ledger(d, {});
    const std::string lines =
        ledger.substr(ledger.find("book.txt\n") + 9, ledger.rfind("end ") - ledger.find("book.txt\n") - 9);
    ASSERT_EQ(try_ledger(wire), "");
    ASSERT_EQ(try_ledger(d.source + '\0' + lines), "");
    for (int i = 0; i < 60; ++i) {
      ASSERT_EQ(try_ledger(damaged(wire, random)), "");
      ASSERT_EQ(try_ledger(damaged(ledger, random)), "");
      const std::string forged = d.source + '\0' + damaged(lines, random);
      ASSERT_EQ(try_ledger(forged), "") << kept(forged);
    }
  }
}

TEST(FuzzReplay, DamagedTablesAreRefusedOrAsked) {
  const std::vector<std::string> tables = files("stages", ".rules"), samples = files("samples", "input.txt");
  ASSERT_FALSE(tables.empty());
  ASSERT_FALSE(samples.empty());
  Random random(59);
  for (int i = 0; i < 300; ++i) {
    const std::string& table = random.of(tables);
    std::string bytes = table.substr(0, table.find("\nrule ", random.below(table.size())));
    if (bytes.size() > 4000) bytes = bytes.substr(table.find("\nrule ", bytes.size() - 4000));
    for (std::size_t n = random.below(4); n > 0; --n) bytes = damaged(std::move(bytes), random);
    bytes += '\0' + stretch(random.of(samples), 300, random);
    ASSERT_EQ(try_rules(bytes), "") << kept(bytes);
  }
}

}  // namespace
}  // namespace emend
