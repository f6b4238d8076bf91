// Lines of one book put into another: no decision fits such a text, and still every letter of it is in its edition.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "pipeline/run/plan.h"
#include "pipeline/text/script.h"
#include "stages/read/text/text.h"
#include "tests/edition_checks.h"
#include "tests/random.h"

namespace emend {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  Lines lines;
  for (std::string line; std::getline(in, line) && lines.size() < 20000;) lines.push_back(line + "\n");
  return lines;
}

// The books to cut: the samples, or every text below the folder that EMEND_SPLICE_FROM names.
std::vector<Lines> books() {
  const char* said = std::getenv("EMEND_SPLICE_FROM");
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(said == nullptr ? EMEND_SOURCE_DIR "/samples" : said)) {
    const std::string name = entry.path().filename().string();
    const bool text = entry.path().extension() == ".txt" || entry.path().extension() == ".md";
    if (entry.is_regular_file() && text && (said != nullptr || name.starts_with("input"))) paths.push_back(entry);
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Lines> all;
  for (const auto& path : paths)
    if (Lines lines = lines_of(path); !lines.empty()) all.push_back(std::move(lines));
  return all;
}

// Up to `most` lines of a book from anywhere in it.
Lines passage(const std::vector<Lines>& all, Random& random, std::size_t most) {
  const Lines& from = random.of(all);
  const std::size_t begin = random.below(from.size()), size = std::min(1 + random.below(most), from.size() - begin);
  const auto first = from.begin() + static_cast<std::ptrdiff_t>(begin);
  return {first, first + static_cast<std::ptrdiff_t>(size)};
}

std::string spliced(const std::vector<Lines>& all, Random& random) {
  Lines text = passage(all, random, 120);
  for (std::size_t n = 1 + random.below(12); n > 0; --n) {
    const Lines other = passage(all, random, 8);
    text.insert(text.begin() + static_cast<std::ptrdiff_t>(random.below(text.size() + 1)), other.begin(), other.end());
  }
  for (std::size_t n = random.below(6); n > 0; --n)
    std::swap(text[random.below(text.size())], text[random.below(text.size())]);
  if (random.one_in(4)) text[random.below(text.size())] += "\f";
  std::string out;
  for (const std::string& line : text) out += line;
  return out;
}

std::map<char32_t, std::ptrdiff_t> letters(std::string_view text) {
  std::map<char32_t, std::ptrdiff_t> count;
  for (std::size_t i = 0; i < text.size();)
    if (const char32_t c = next_character(text, i); is_letter(c) || is_digit(c)) ++count[c];
  return count;
}

// Counted without the account: the letters and digits of the source and those of the whole file, attributes and all.
// An edit may write a letter otherwise, so only what no edit touched is asked for.
std::string lacking(const Document& d, const std::string& tei) {
  std::map<char32_t, std::ptrdiff_t> want = letters(d.source);
  for (const Patch& p : d.patches)
    for (const auto& [c, n] : letters(d.slice(p.at))) want[c] -= n;
  for (const Node& phrase : d.phrases)
    if (const Absent as = absent(d, phrase); as == Absent::markup || as == Absent::mark)  // the note's n says the mark
      for (const auto& [c, n] : letters(d.slice(phrase.at))) want[c] -= n;
  std::map<char32_t, std::ptrdiff_t> have = letters(std::string_view(tei).substr(tei.find("<text")));
  std::string out;
  for (const auto& [c, n] : want)
    if (n > have[c]) append_character(out, c);
  return out;
}

// What is wrong with the edition of a text, or nothing.
std::string wrong_with(Document& d, const std::string& changes) {
  static const Plan plan;
  try {
    plan.run(d);
    const Edition edition = write_edition(d, {}, true);
    if (const std::string lost = lacking(d, edition.tei); !lost.empty()) return "letters are lost: " + lost;
    return wrong_with_edition(d, {}, changes);
  } catch (const std::exception& e) {
    return e.what();
  }
}

// EMEND_SPLICE_TIMES=10000 in the environment asks for more of them, EMEND_SPLICE_SEED for others (`make splice`). All
// are tried, and those that are wrong are kept.
TEST(Spliced, EveryEditionHasEveryLetter) {
  const auto number = [](const char* name, int otherwise) {
    const char* said = std::getenv(name);
    return said == nullptr ? otherwise : std::atoi(said);
  };
  const int times = number("EMEND_SPLICE_TIMES", 200);
  const std::vector<Lines> all = books();
  ASSERT_GT(all.size(), 3u);
  Random random(static_cast<std::uint32_t>(number("EMEND_SPLICE_SEED", 29)));
  int read = 0, wrong = 0;
  for (int i = 0; i < times; ++i) {
    const std::string text = spliced(all, random);
    Document d;
    try {
      d = read_text("book.txt", text);
    } catch (const Error&) {
      continue;  // no text, so there is no edition
    }
    ++read;
    const std::string what = wrong_with(d, i % 3 == 0 ? "inline" : "ledger");
    if (what.empty()) continue;
    const std::string kept = testing::TempDir() + "spliced-" + std::to_string(i) + ".txt";
    std::ofstream(kept, std::ios::binary) << text;
    if (++wrong <= 20) ADD_FAILURE() << kept << ": " << what;
  }
  std::printf("%d texts of lines from %zu books: %d editions, %d of them wrong\n", times, all.size(), read, wrong);
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(read, times / 2);
}

TEST(Spliced, AWatermarkBetweenTheEntriesOfAContentsList) {
  static const Plan plan;
  Document d = read_text("book.txt",
                         "1.1 潮位的记录\t2\n1.2 盐田的分界\t3\n1.3 堤坝与水门\t4\n第 2 章 渡口的账目\t5\n"
                         "您正在浏览的是本文档的预览版，只包含正文的前一部分。如需获取完整文档，请前往：<https://"
                         "docs.example.com/view/7>\n"
                         "2.1 渡船与船夫\t5\n");
  plan.run(d);
  ASSERT_EQ(d.blocks.front().name, "contents");
  EXPECT_EQ(wrong_with_edition(d, {}, "ledger"), "");
}

}  // namespace
}  // namespace emend
