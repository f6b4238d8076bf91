// What the objects of a PDF say beside its text: labels of pages, links, title and author, and what is believed of it.
#include "stages/read/pdf/pdf_objects.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "pipeline/run/plan.h"
#include "stages/read/scan/scan.h"
#include "stages/read/scan/scanned.h"
#include "tests/pdf_made.h"

namespace emend {

namespace {

// Pages of text with what is printed below it; none where that is empty.
MadePdf pages_numbered(const std::vector<std::string>& numbers) {
  MadePdf pdf;
  for (const std::string& number : numbers) {
    std::vector<SetWords> page;
    for (int i = 0; i < 20; ++i)
      page.push_back({50, 540.0 - 14 * i, 10, "The keepers of the sluice rose before the tide had turned again,"});
    if (!number.empty()) page.push_back({205, 30, 10, number});
    pdf.page(page);
  }
  return pdf;
}

Document book_of(const MadePdf& pdf) {
  const std::string bytes = pdf.bytes();
  Document d = read_scan("book.pdf", bytes, scan_format(bytes));
  Plan().run(d);
  return d;
}

std::string labels_of(const MadePdf& pdf) {
  std::string out;
  for (const Page& page : book_of(pdf).pages)
    out += (out.empty() ? "" : " ") + std::string(page.label.empty() ? "-" : page.label);
  return out;
}

TEST(PdfObjects, saysLabelsInTheirStyles) {
  MadePdf pdf = pages_numbered(std::vector<std::string>(7));
  pdf.labels("0 << /P (Cover) >> 1 << /S /r /St 3 >> 3 << /S /D >> 5 << /P (A-) /S /A /St 27 >> 6 << /S /R /St 40 >>");
  const PdfObjects said = pdf_objects(pdf.bytes());
  EXPECT_EQ(said.labels, (std::map<std::size_t, std::string>{
                             {0, "Cover"}, {1, "iii"}, {2, "iv"}, {3, "1"}, {4, "2"}, {5, "A-AA"}, {6, "XL"}}));
}

TEST(PdfObjects, numberPagesThatPrintNoNumber) {
  MadePdf pdf = pages_numbered({"", "", "", "2", ""});
  pdf.labels("0 << /S /r >> 2 << /S /D >>");
  EXPECT_EQ(labels_of(pdf), "i ii 1 2 3");
  MadePdf unprinted = pages_numbered({"", "", ""});
  unprinted.labels("0 << /S /D /St 5 >>");
  EXPECT_EQ(labels_of(unprinted), "5 6 7");
}

TEST(PdfObjects, areNotBelievedAgainstWhatIsPrinted) {
  MadePdf pdf = pages_numbered({"6", "7", "", "9", ""});
  pdf.labels("0 << /S /D >>");
  EXPECT_EQ(labels_of(pdf), "6 7 8 9 10");
}

TEST(PdfObjects, givesLinksToAddressesToTheirWords) {
  MadePdf pdf = pages_numbered({""});
  pdf.link({0, 50, 538, 100, 550, "https://sluices.example/a?b=1"});
  pdf.link({0, 50, 524, 100, 536, "file:///home/keeper/tide.doc"});
  pdf.link({0, 50, 510, 100, 522, "javascript:alert(1)"});
  const Document d = book_of(pdf);
  std::string links;
  for (const Node& phrase : d.phrases)
    if (phrase.name == "ref") links += std::string(phrase.get("target")) + "|" + std::string(d.slice(phrase.at)) + "\n";
  EXPECT_EQ(links, "https://sluices.example/a?b=1|The keepers\n");
}

// Neither mark nor label looks like one: only the link tells.
std::string notes_of(double size, const std::string& label) {
  MadePdf pdf;
  std::vector<SetWords> page;
  for (int i = 0; i < 12; ++i)
    page.push_back({50, 540.0 - 14 * i, 10, "The keepers of the sluice rose before the tide had turned again,"});
  page[1].words = "and the water stood";
  page.push_back({50 + 79, 526, 10, "1"});
  page.push_back({50 + 87, 526, 10, "at the mark of the old gate, as it did."});
  page.push_back({50, 60, size, label + ". At the lower gate, which is the old one."});
  pdf.page(page);
  pdf.link({0, 128, 524, 135, 536, "", 66});
  pdf.page(std::vector<SetWords>(page.begin(), page.begin() + 12));
  const Document d = book_of(pdf);
  std::string notes;
  for (const Link& link : d.links)
    if (link.name == "note") notes += std::string(d.slice(link.to)) + "\n";
  return notes;
}

TEST(PdfObjects, findNotesByTheLinksOfTheirMarks) {
  EXPECT_EQ(notes_of(8, "1"), "1. At the lower gate, which is the old one.\n");
  EXPECT_EQ(notes_of(8, "\\(1\\)So"), "(1)So. At the lower gate, which is the old one.\n");
  EXPECT_EQ(notes_of(8, "12"), "") << "the label is another";
  EXPECT_EQ(notes_of(10, "1"), "") << "as large as the text: an item that is referred to";
}

TEST(PdfObjects, tellATitleThatStandsBeforeTheText) {
  MadePdf pdf;
  pdf.page(
      {{50, 540, 16, "Of Sluices"}, {50, 518, 16, "and Tides"}, {50, 440, 16, "A Report"}, {50, 380, 10, "Ada Wick"}});
  for (int p = 0; p < 3; ++p)
    pdf.page({{50, 540, 10, "The keepers of the sluice rose before the tide had turned again."}});
  pdf.info("/Title (Of Sluices and Tides) /Author (Tom Weir)");
  const Document d = book_of(pdf);
  EXPECT_EQ(d.meta("title"), "Of Sluices and Tides");
}

TEST(PdfObjects, leaveTheTitleToTheLargestTypeOfItsPage) {
  MadePdf pdf;
  pdf.page({{50, 540, 18, "The Tides of the"},
            {50, 518, 18, "Northern Coast"},
            {50, 480, 12, "A Report in Three Parts"},
            {50, 420, 18, "Ada Wick"},
            {50, 100, 12, "Printed at the Lower Gate"}});
  for (int p = 0; p < 3; ++p) {
    std::vector<SetWords> page;
    for (int i = 0; i < 20; ++i)
      page.push_back({50, 540.0 - 14 * i, 10, "The keepers of the sluice rose before the tide had turned again,"});
    pdf.page(page);
  }
  pdf.info("/Title (tides_final.tex)");
  EXPECT_EQ(book_of(pdf).meta("title"), "The Tides of the Northern Coast");
}

TEST(PdfObjects, nameABookThatNamesNeitherItselfNorItsAuthor) {
  MadePdf pdf = pages_numbered({"", "", ""});
  pdf.info("/Title (The Tides) /Author (Ada Wick)");
  const Document d = book_of(pdf);
  EXPECT_EQ(d.meta("title"), "The Tides");
  EXPECT_EQ(d.meta("author"), "Ada Wick");
  MadePdf bad = pages_numbered({"", "", ""});
  bad.info("/Title (Microsoft Word - tides.doc) /Author (root)");
  EXPECT_EQ(book_of(bad).meta("title"), "");
  EXPECT_EQ(book_of(bad).meta("author"), "");
}

TEST(PdfObjects, areReadAsThoseOfAStranger) {
  const PdfObjects said = read_objects(
      "label\t0\ti\nlabel\tx\t2\nlabel\t1\t\xFF\nlink\t0\t1\t2\t3\nlink\t0\t1\t2\t3\t4\thttp://a.example\n"
      "link\t0\t3\t2\t1\t4\thttp://"
      "b.example\nto\t0\t1\t2\t3\t4\t1\t90\nto\t0\t1\t2\t3\t4\nno\nlabel\t99999999999999999999\tx");
  EXPECT_EQ(said.labels.size(), 1u);
  ASSERT_EQ(said.links.size(), 1u);
  EXPECT_EQ(said.links[0].address, "http://a.example");
  ASSERT_EQ(said.jumps.size(), 1u);
  EXPECT_EQ(said.jumps[0].top, 90);
}

TEST(PdfObjects, areNotKnownWhereTheyCannotBeRead) {
  EXPECT_TRUE(pdf_objects("%PDF-1.4\nno PDF at all").labels.empty());
  EXPECT_TRUE(pdf_objects("").labels.empty());
  MadePdf pdf = pages_numbered({"", ""});
  pdf.labels("0 << /S /D >>");
  const std::string bytes = pdf.bytes();
  setenv("EMEND_PDF_OBJECTS", "/opt/none", 1);
  EXPECT_TRUE(pdf_objects(bytes).labels.empty());
  unsetenv("EMEND_PDF_OBJECTS");
  EXPECT_EQ(pdf_objects("junk\n" + bytes).labels.size(), 2u) << "the places of objects are mended";
}

}  // namespace

}  // namespace emend
