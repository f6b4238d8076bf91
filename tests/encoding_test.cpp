// Encodings: whatever bytes come, encoding what was decoded gives them back.
#include "stages/read/text/encoding.h"

#include <gtest/gtest.h>

#include "pipeline/document/error.h"
#include "pipeline/text/utf8.h"
#include "tests/random.h"

namespace emend {
namespace {

constexpr std::string_view chinese = "第一章 绪论。这是一本讲述海岛历史的书，我们在那里住了三年；说“好”的人不多。\n";

std::string encoded(std::string_view encoding) {
  std::string text;
  for (int i = 0; i < 20; ++i)
    text += encoding.starts_with("EUC-JP") || encoding == "Shift-JIS" ? "島の朝は早い、と。\n"
            : encoding == "EUC-KR"                                    ? "섬의 아침은 일찍.\n"
            : encoding == "Big5"                                      ? "這座小島的鹽田，開闢得很早。\n"
            : encoding == "Windows-1252" || encoding == "ISO-8859-1"  ? "L'été à Orléans.\n"
                                                                      : chinese;
  return encode_text({text, std::string(encoding), {}});
}

TEST(Encoding, NamesAreKnownInAllSpellings) {
  EXPECT_EQ(encoding_named("gb-18030"), "GB18030");
  EXPECT_EQ(encoding_named("Shift_JIS"), "Shift-JIS");
  EXPECT_EQ(encoding_named("CP1252"), "Windows-1252");
  EXPECT_EQ(encoding_named("utf8"), "UTF-8");
  EXPECT_EQ(encoding_named("gb"), "");
  for (const std::string_view name : encoding_names()) EXPECT_EQ(encoding_named(name), name);
}

TEST(Encoding, Utf8StaysAsItIs) {
  for (const std::string& s : {std::string(chinese), std::string("a caf\xC3\xA9, a bad \xFF byte and \xE2\x80\x94"),
                               std::string("tide \xFF\xC0 and more of it"), std::string("PK\003\004\000\000", 6)}) {
    const Decoded d = decode_text("x", s, "");
    EXPECT_EQ(d.text, s);
    EXPECT_EQ(d.encoding, "");
    EXPECT_TRUE(d.kept.empty());
  }
}

TEST(Encoding, DamagedTextsAreGivenBackToTheByte) {
  Random random(20);
  for (const std::string_view name : encoding_names().subspan(2)) {
    const std::string whole = encoded(name);
    ASSERT_FALSE(whole.empty()) << name;
    for (int round = 0; round < 200; ++round) {
      std::string bytes = whole;
      for (std::size_t n = random.below(7); n > 0; --n) {
        const std::size_t at = random.below(bytes.size());
        const char byte = static_cast<char>(random.below(256));
        if (random.below(3) == 0)
          bytes.erase(at, 1);
        else if (random.below(2) == 0)
          bytes[at] = byte;
        else
          bytes.insert(at, 1, byte);
      }
      try {
        const Decoded d = decode_text("x", bytes, name);
        ASSERT_EQ(encode_text(d), bytes) << name;
        for (std::size_t i = 0; i < d.text.size();) ASSERT_NE(next_character(d.text, i), not_a_character) << name;
      } catch (const Error& e) {
        EXPECT_EQ(e.code, Exit::input) << name;
        EXPECT_NE(std::string_view(e.what()).find("is not in"), std::string_view::npos) << e.what();
      }
    }
  }
}

// Every sequence of two bytes, also those that encodings have twice.
TEST(Encoding, AllPairsOfBytesAreGivenBack) {
  for (const std::string_view name : encoding_names().subspan(2)) {
    std::string bytes;
    for (int lead = 0x80; lead < 0x100; ++lead)
      for (int trail = 0x30; trail < 0x100; ++trail) bytes += {static_cast<char>(lead), static_cast<char>(trail)};
    const auto given_back = [&](std::string_view part) {
      try {
        return encode_text(decode_text("x", std::string(part), name)) == part;
      } catch (const Error& e) {
        return std::string_view(e.what()).find("is not in") != std::string_view::npos;
      }
    };
    for (std::size_t i = 0; i < bytes.size(); i += 16) ASSERT_TRUE(given_back(bytes.substr(i, 16))) << name << ' ' << i;
  }
}

}  // namespace
}  // namespace emend
