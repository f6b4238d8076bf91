// The audit of an edition: it must pass what the writer makes, and see every character that is lost, added or changed.
#include "stages/write/account.h"

#include <gtest/gtest.h>

#include "pipeline/document/commit.h"
#include "pipeline/document/proposal.h"
#include "stages/write/tei/tei.h"

namespace emend {
namespace {

// Two lines of text with a repair and a mark, the note that belongs to it, and a page number.
Document small_book() {
  Document d = open_document("book.txt", "Some text, with a mark* in\nit & two lines.\n* The note.\n- 7 -\n");
  Proposal out(d, "test");
  out.edit(d.lines[0], 9, 10, ";", "test.comma");
  out.phrase(d.lines[0], 22, 23, "mark", "n=*", "test.mark");
  out.phrase(d.lines[2], 0, 1, "label", "n=*", "test.label");
  out.block(0, 1, "p", "", "test.p");
  out.block(2, 2, "note", "n=*", "test.note");
  out.block(3, 3, "fw", "type=pageNum\nplace=bottom", "test.number");
  out.link("note", {22, 23}, d.lines[2].at, "test.link");
  out.page(d.lines[0], "7", true, "test.page");
  commit(d, out.changes());
  return d;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, text.npos) << what;
  return at == text.npos ? text : text.replace(at, what.size(), by);
}

TEST(Account, CountsEveryCharacterOnce) {
  const Document d = small_book();
  const Account a = account_for(d, write_tei(d, {}));
  EXPECT_TRUE(a.problems.empty()) << a.problems.front();
  EXPECT_EQ(a.changed, 1u);     // ,
  EXPECT_EQ(a.set_aside, 3u);   // - 7 -
  EXPECT_EQ(a.moved, 1u + 9u);  // * to @n; * and The note. to the mark
  EXPECT_EQ(a.kept, 31u);
  EXPECT_EQ(a.furniture, 3u);
  EXPECT_EQ(a.absent[static_cast<std::size_t>(Absent::mark)], 1u);
  EXPECT_EQ(a.absent[static_cast<std::size_t>(Absent::label)], 1u);
  EXPECT_EQ(a.absent[static_cast<std::size_t>(Absent::leader)], 0u);
}

TEST(Account, SeesWhatIsLostAddedOrChanged) {
  const Document d = small_book();
  const std::string tei = write_tei(d, {});
  for (const auto& [what, by] : {std::pair{"two lines", "two line"},
                                 {"two lines", "two liness"},
                                 {"two", "twq"},
                                 {"The note.", ""},
                                 {"&amp;", ""},
                                 {">- 7 -<", "><"},
                                 {"text;", "text,"}}) {
    const Account a = account_for(d, replaced(tei, what, by));
    EXPECT_FALSE(a.problems.empty()) << what << " as " << by;
  }
}

TEST(Account, SeesALostMark) {
  const Document d = small_book();
  const std::string tei = write_tei(d, {});
  EXPECT_FALSE(account_for(d, replaced(tei, "<note ", "<note ana=\"#unanchored\" ")).problems.empty());
}

TEST(Account, SaysOfBadEditionsThatTheyAreBad) {
  const Document d = small_book();
  for (const char* bad :
       {"", "<TEI>", "<TEI><text/></TEI>", "<html/>", "\xFF\xFE", "<!DOCTYPE TEI [<!ENTITY x 'y'>]><TEI>&x;</TEI>"})
    EXPECT_FALSE(account_for(d, bad).problems.empty()) << bad;
  std::string deep;
  for (int i = 0; i < 200000; ++i) deep += "<p>";
  EXPECT_FALSE(account_for(d, "<TEI><text>" + deep).problems.empty());
}

}  // namespace
}  // namespace emend
