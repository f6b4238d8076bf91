// Archives and compressed files: what comes out of them, and what is refused.
#include <gtest/gtest.h>

#include "pipeline/document/error.h"
#include "pipeline/text/file_names.h"
#include "stages/read/package/packed.h"
#include "stages/write/package/archive.h"
#include "tests/random.h"

namespace emend {
namespace {

std::string packed(const std::vector<ArchiveMember>& members) { return write_zip(members); }

bool all(std::string_view) { return true; }

TEST(Packed, FilesAreThoseThatAreWanted) {
  const std::string zip =
      packed({{"book/2.txt", "two"}, {"book/.hidden", "x"}, {"__MACOSX/book/2.txt", "x"}, {"book/1.png", "x"}});
  ASSERT_TRUE(is_packed(zip));
  const std::vector<PackedFile> files = unpack("z", zip, [](std::string_view path) { return path.ends_with(".txt"); });
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].path, "book/2.txt");
  EXPECT_EQ(files[0].bytes, "two");
}

TEST(Packed, ABombIsRefused) {
  const std::string zip = packed({{"1.txt", std::string(64 << 20, 'a')}});
  ASSERT_LT(zip.size(), 100000U);
  EXPECT_THROW(unpack("z", zip, all), Error);
}

TEST(Packed, DamageIsRefusedOrHarmless) {
  Random random(71);
  const std::string zip = packed({{"1.txt", random.bytes(900)}, {"2.txt", std::string(900, 'a')}});
  for (int i = 0; i < 3000; ++i) {
    std::string bytes = random.one_in(3) ? zip.substr(0, random.below(zip.size())) : zip;
    for (std::size_t n = random.below(4); n > 0 && !bytes.empty(); --n)
      bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
    try {
      std::size_t size = 0;
      for (const PackedFile& file : unpack("z", bytes, all)) size += file.bytes.size();
      EXPECT_LE(size, std::size_t{16} << 20);
    } catch (const Error& e) {
      EXPECT_EQ(e.code, Exit::input);
    }
  }
}

TEST(FileNames, EndingsSayWhatAFileIs) {
  EXPECT_EQ(without_ending("a.b/c.txt"), "a.b/c");
  EXPECT_EQ(without_ending("c.tei.xml"), "c");
  EXPECT_EQ(without_ending("c_chocr.html.gz"), "c_chocr");
  EXPECT_EQ(without_ending("c.tar.xz"), "c");
  EXPECT_EQ(without_ending("vol.2.gz"), "vol.2");
  EXPECT_EQ(without_ending("a.b/c"), "a.b/c");
  EXPECT_EQ(without_ending(".profile"), ".profile");
}

}  // namespace
}  // namespace emend
