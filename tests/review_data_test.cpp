// The data of the review page: places as browsers count them, and words of the book that can never become markup.
#include <gtest/gtest.h>

#include "pipeline/document/commit.h"
#include "pipeline/run/plan.h"
#include "stages/write/review/page.h"
#include "stages/write/review/utf16.h"

namespace emend {
namespace {

TEST(Utf16, counts_as_browsers_do) {
  EXPECT_EQ(utf16_size("a\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80\xFF"),
            6u);  // a é 中 and two for the face, one for the broken byte
}

TEST(Utf16, every_byte_of_a_long_text) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "x\xE4\xB8\xAD\xF0\x9F\x98\x80\xC3";
  const Utf16Offsets offsets(text);
  std::uint32_t units = 0;
  for (std::size_t i = 0; i < text.size();) {
    ASSERT_EQ(offsets.of(static_cast<std::uint32_t>(i)), units) << "byte " << i;
    units += utf16_units(next_character(text, i));
  }
  EXPECT_EQ(offsets.of(static_cast<std::uint32_t>(text.size())), units);
  EXPECT_EQ(offsets.of(2), 2u) << "a byte within a character counts as its end";
  EXPECT_EQ(Utf16Offsets("").of(0), 0u);
}

std::string data_of(std::string source) {
  Document d = open_document("a<b>.txt", std::move(source));
  Plan().run(d);
  return review_data(d, {}, {});
}

TEST(ReviewData, hostile_words_stay_words) {
  const std::string data =
      data_of("</script><script>alert(1)</script> <!-- & \xE2\x80\xAE \x01 \xFF \"quoted\\\"\r\nnext\n");
  EXPECT_EQ(data.find_first_of("<>&"), data.npos);
  EXPECT_NE(data.find(R"(\u003c/script\u003e)"), data.npos);
  EXPECT_NE(data.find(R"(\u0001)"), data.npos);
  EXPECT_NE(data.find("\xEF\xBF\xBD"), data.npos) << "a byte that is no UTF-8";
  EXPECT_NE(data.find(R"("broken":true)"), data.npos);
  EXPECT_NE(data.find(R"("name":"a\u003cb\u003e.txt")"), data.npos);
}

TEST(ReviewData, an_empty_book_too) { EXPECT_NE(data_of("").find(R"("source":"","broken":false)"), std::string::npos); }

TEST(ReviewPage, one_script_may_run_and_nothing_is_fetched) {
  Document d = open_document("book.txt", "@SCRIPT@ and @DATA@ are words of the book.\n");
  const std::string page = write_review_page(d, {}, {});
  EXPECT_NE(page.find("default-src 'none'; script-src 'sha256-"), page.npos);
  EXPECT_NE(page.find("connect-src 'none'"), page.npos);
  EXPECT_NE(page.find("@SCRIPT@ and @DATA@ are words"), page.npos) << "the book's words were taken for a place to fill";
  for (const char* outside : {"http://", "https://", "src=", "@import", "url("})
    EXPECT_EQ(page.find(outside), page.npos) << outside;
  EXPECT_NE(write_review_page(d, {}, {"", "", true}).find("connect-src 'self'"), page.npos);
}

}  // namespace
}  // namespace emend
