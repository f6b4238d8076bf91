// PDF: what stands beside, above and below what, in which type, and what is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "pipeline/document/error.h"
#include "pipeline/run/plan.h"
#include "stages/read/pdf/pdf_layer.h"
#include "stages/read/pdf/pdf_order.h"
#include "stages/read/scan/scan.h"
#include "stages/read/scan/scanned.h"
#include "stages/read/scan/transcript.h"
#include "tests/pdf_made.h"
#include "tests/workbench.h"

namespace emend {

namespace {

std::string text_of(const std::string& pdf) { return transcript("book.pdf", pdf, scan_format(pdf)); }

// "name|attributes|words", a declaration a line.
std::string declared(const std::string& pdf) {
  const Document d = read_scan("book.pdf", pdf, scan_format(pdf));
  std::string out;
  for (const Node& n : d.declared) {
    std::string attributes(n.attributes);
    for (char& c : attributes) c = c == '\n' ? ' ' : c;
    out += std::string(n.name) + "|" + attributes + "|" + std::string(d.slice(n.at)) + "\n";
  }
  return out;
}

std::string refusal(const std::string& pdf) {
  try {
    text_of(pdf);
  } catch (const Error& e) {
    return std::to_string(static_cast<int>(e.code)) + " " + e.what();
  }
  return "read";
}

// A page of running text with a mark in its second line, and a note below it.
std::vector<SetWords> page_with_note(const std::string& note) {
  std::vector<SetWords> page;
  for (int i = 0; i < 12; ++i)
    page.push_back({50, 540.0 - 14 * i, 10, "The keepers of the sluice rose before the tide had turned again,"});
  page[1].words = "and the water stood";
  page.push_back({50 + 78.1, 526 + 4, 6, "1"});
  page.push_back({50 + 84, 526, 10, "at the mark."});
  page.push_back({50, 60 + 3, 5, "1"});
  page.push_back({54, 60, 8, note});
  return page;
}

TEST(Pdf, isToldByItsBeginning) {
  EXPECT_EQ(scan_format("%PDF-1.7\n"), ScanFormat::pdf);
  EXPECT_EQ(scan_format("\n%PDF-1.7\n"), ScanFormat::pdf);
  EXPECT_EQ(scan_format("A file begins with %PDF-1.7"), ScanFormat::none);
  EXPECT_EQ(format_name(ScanFormat::pdf), "PDF");
}

TEST(Pdf, setsItsLinesAsThePageDoes) {
  MadePdf pdf;
  pdf.page({{50, 540, 16, "Sluices", "Bold"},
            {50, 500, 10, "The keepers rose before the tide had turned."},
            {50, 486, 10, "They walked along the bank."},
            {62, 472, 10, "Nobody had slept."}});
  EXPECT_EQ(
      text_of(pdf.bytes()),
      "Sluices\n\n\nThe keepers rose before the tide had turned.\nThey walked along the bank.\n   Nobody had slept.\n");
}

TEST(Pdf, hasItsPagesInOrder) {
  MadePdf pdf;
  for (const char* words : {"The first page", "The second page", "The third page"}) pdf.page({{50, 540, 10, words}});
  EXPECT_EQ(text_of(pdf.bytes()), "The first page\n\fThe second page\n\fThe third page\n");
}

TEST(Pdf, declaresMarksAndNotesByTheirType) {
  MadePdf pdf;
  for (int i = 0; i < 2; ++i) pdf.page(page_with_note("Which is the old one, at the lower gate."));
  const std::string said = declared(pdf.bytes());
  EXPECT_NE(said.find("raised||1\nfoot|ends=short|1 Which is the old one, at the lower gate.\nraised||1\n"), said.npos)
      << said;
  EXPECT_NE(text_of(pdf.bytes()).find("and the water stood1 at the mark.\n"), std::string::npos);
}

TEST(Pdf, takesSmallTypeWithoutLabelForNoNote) {
  MadePdf pdf;
  std::vector<SetWords> page = page_with_note("");
  page.resize(12);
  for (int i = 0; i < 4; ++i) page.push_back({50, 120.0 - 10 * i, 8, "0x10 = an example, of what stands in a file"});
  pdf.page(page);
  EXPECT_EQ(declared(pdf.bytes()).find("foot"), std::string::npos);
}

TEST(Pdf, countsNotesWhoseLabelsAreNotRaised) {
  MadePdf pdf;
  for (int p = 1; p <= 3; ++p) {
    std::vector<SetWords> page = page_with_note("");
    page.resize(12);
    page.push_back({50, 372, 8, std::to_string(p) + " At the lower gate, which is the old one."});
    pdf.page(page);
  }
  const std::string said = declared(pdf.bytes());
  for (int p = 1; p <= 3; ++p)
    EXPECT_NE(said.find("foot|ends=short|" + std::to_string(p) + " At the lower gate"), said.npos) << said;
}

TEST(Pdf, goesOnWithANoteOfThePageBefore) {
  MadePdf pdf;
  pdf.page(page_with_note("Which is the old one, and it stands at the lower gate where the water of the long"));
  std::vector<SetWords> page = page_with_note("");
  page.resize(12);
  for (int i = 0; i < 3; ++i)
    page.push_back({50, 120.0 - 10 * i, 8, "drain comes in, as it did before the wall was built"});
  pdf.page(page);
  const std::string said = declared(pdf.bytes());
  EXPECT_NE(said.find("foot|ends=short|drain comes in"), said.npos) << said;
}

TEST(Pdf, readsColumnsOneAfterTheOther) {
  MadePdf pdf;
  std::vector<SetWords> page{{50, 560, 16, "A heading over both of the columns"}};
  for (int i = 0; i < 8; ++i) {
    page.push_back({50, 520.0 - 13 * i, 10, "left " + std::to_string(i) + " and some more words here"});
    page.push_back({230, 514.0 - 13 * i, 10, "right " + std::to_string(i) + " and some more words too"});
  }
  pdf.page(page);
  const std::string text = text_of(pdf.bytes());
  EXPECT_LT(text.find("A heading"), text.find("left 0"));
  EXPECT_LT(text.find("left 7"), text.find("right 0"));
  EXPECT_EQ(text.find("here right"), text.npos);
}

TEST(Pdf, readsContentsListsLineByLine) {
  MadePdf pdf;
  std::vector<SetWords> page;
  for (int i = 0; i < 9; ++i) {
    page.push_back({50, 520.0 - 13 * i, 10, "Chapter about the water of the year " + std::to_string(1810 + i)});
    page.push_back({360, 520.0 - 13 * i, 10, std::to_string(20 + i)});
  }
  pdf.page(page);
  const std::string text = text_of(pdf.bytes());
  for (int i = 0; i < 9; ++i) {
    const std::size_t at = text.find(std::to_string(1810 + i) + " ");
    ASSERT_NE(at, text.npos) << text;
    EXPECT_TRUE(text.substr(at, text.find('\n', at) - at).ends_with(" " + std::to_string(20 + i))) << text;
  }
}

TEST(Pdf, hasAnOutlineForAWitness) {
  MadePdf pdf;
  pdf.page({{50, 540, 16, "1 Sluices"},
            {50, 500, 10, "The keepers rose before the tide had turned."},
            {50, 470, 12, "Of the lower"},
            {50, 456, 12, "gate"},
            {50, 430, 10, "They walked along the bank, and Page 2 was no word there."}});
  pdf.outline({{"Sluices", 0, false}, {"Of the lower gate", 0, true}, {"What nobody says", 0, false}});
  EXPECT_EQ(declared(pdf.bytes()), "head|level=1 nested=1|1 Sluices\nhead|level=2 nested=1|Of the lower\ngate\n");
}

// What the blocks of that name say in an edition, a line each.
std::string blocks_of(const std::string& pdf, std::string_view name) {
  Document d = read_scan("book.pdf", pdf, scan_format(pdf));
  const Plan plan;
  plan.run(d, {}, true);
  std::string out;
  for (const Node& n : d.blocks)
    if (n.name == name) out += std::string(d.slice(n.at)) + "\n";
  return out;
}

TEST(Pdf, countsSectionsThatAnOutlineOfTheTitleLeavesOut) {
  MadePdf pdf;
  std::vector<SetWords> page{{50, 560, 16, "The Sluices of Marl"}};
  double y = 530;
  for (const char* head : {"1 The lower gate", "2 The upper gate", "3 The bank between"}) {
    page.push_back({50, y, 10, head, "Bold"});
    for (int i = 0; i < 5; ++i)
      page.push_back({50, y - 26 - 13 * i, 10, "The keepers rose before the tide had turned at the gate."});
    y -= 120;
  }
  pdf.page(page);
  pdf.outline({{"The Sluices of Marl", 0, false}});
  const std::string heads = blocks_of(pdf.bytes(), "head");
  for (const char* head : {"1 The lower gate", "2 The upper gate", "3 The bank between"})
    EXPECT_NE(heads.find(head), heads.npos) << heads;
}

TEST(Pdf, takesAListOfWorksInSmallTypeForNoNotes) {
  MadePdf pdf;
  pdf.page(page_with_note("Which is the old one, and it stands at the lower gate where the water of the long"));
  std::vector<SetWords> page = page_with_note("");
  page.resize(12);
  page.push_back({50, 340, 10, "References", "Bold"});
  for (int i = 0; i < 4; ++i)
    page.push_back(
        {50, 310.0 - 10 * i, 8, "[" + std::to_string(i + 1) + "] A. Marl, Gauges of the coast, Wick, 1901."});
  pdf.page(page);
  EXPECT_NE(declared(pdf.bytes()).find("foot|ends=short|[1] A. Marl"), std::string::npos) << declared(pdf.bytes());
  EXPECT_EQ(blocks_of(pdf.bytes(), "note").find("A. Marl"), std::string::npos);
}

TEST(Pdf, showsItalicsAndBoldWords) {
  MadePdf pdf;
  pdf.page({{50, 540, 10, "The keepers read"},
            {50 + 70.5, 540, 10, "The Old Gate", "Italic"},
            {50, 526, 10, "Never", "Bold"},
            {50 + 30, 526, 10, "before the tide."},
            {50, 512, 10, "Nobody had slept, and the water stood."}});
  EXPECT_EQ(declared(pdf.bytes()), "hi|rend=italic|The Old Gate\nhi|rend=bold|Never\n");
}

TEST(Pdf, takesABookInBoldForNoEmphasis) {
  MadePdf pdf;
  pdf.page({{50, 540, 10, "The keepers read of it.", "Bold"}, {50, 526, 10, "Nobody had slept."}});
  EXPECT_EQ(declared(pdf.bytes()), "");
}

TEST(Pdf, keepsWhatIsTurnedOnItsSide) {
  std::vector<ScanLine> lines(3);
  add_words(lines[0], "turned", {10, 10, 20, 200});
  add_words(lines[1], "below", {100, 100, 200, 110});
  add_words(lines[2], "above", {100, 50, 200, 60});
  lines[0].box = {10, 10, 20, 200}, lines[1].box = {100, 100, 200, 110}, lines[2].box = {100, 50, 200, 60};
  const std::vector<ScanLine> ordered = in_reading_order(lines);
  ASSERT_EQ(ordered.size(), 3u);
  EXPECT_EQ(ordered[0].words[0].text, "above");
  EXPECT_EQ(ordered[1].words[0].text, "below");
  EXPECT_EQ(ordered[2].words[0].text, "turned");
  EXPECT_TRUE(ordered[2].box.empty());
}

TEST(Pdf, refusesWhatIsDamaged) {
  MadePdf pdf;
  pdf.page({{50, 540, 10, "The keepers rose."}});
  const std::string whole = pdf.bytes();
  for (const std::string& bad : {std::string("%PDF-"), std::string("%PDF-1.4\n%%EOF\n"),
                                 "%PDF-1.4\n" + std::string(5000, 'x'), whole.substr(0, 40)}) {
    const std::string said = refusal(bad);
    EXPECT_TRUE(said.starts_with("3 book.pdf: is a PDF that cannot be read")) << said;
    EXPECT_NE(said.find("qpdf"), said.npos);
  }
}

TEST(Pdf, tellsOfWhatMayBeMissing) {
  MadePdf pdf;
  pdf.page({{50, 540, 10, "The keepers rose."}});
  pdf.page({{50, 540, 10, "They walked (along"}});  // a string that does not end
  const Document d = read_scan("book.pdf", pdf.bytes(), ScanFormat::pdf);
  ASSERT_FALSE(d.ledger.empty());
  EXPECT_EQ(d.ledger.back().rule, "scan.damaged");
  EXPECT_TRUE(d.source.starts_with("The keepers rose.\n")) << d.source;
}

TEST(Pdf, wantsATextLayer) {
  MadePdf pdf;
  pdf.page({});
  const std::string said = refusal(pdf.bytes());
  EXPECT_TRUE(said.starts_with("3 book.pdf: is a PDF without text: its pages are pictures")) << said;
  EXPECT_NE(said.find("ocrmypdf"), said.npos);
}

std::string layer_of(const std::string& words) {
  std::vector<std::vector<ScanLine>> pages(1);
  add_words(pages[0].emplace_back(), words, {0, 0, 1000, 10});
  try {
    check_layer("book.pdf", pages);
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

std::string repeated(const std::string& words, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += words + " ";
  return out;
}

TEST(Pdf, wantsATextLayerThatCanBeRead) {
  const std::string glyphs = "whose text is spoiled: its fonts do not say which characters their glyphs are";
  EXPECT_NE(layer_of(repeated("\xEE\x80\x81\xEE\x80\x82 gate", 20)).find(glyphs), std::string::npos);
  EXPECT_NE(layer_of(repeated("❚❤❡ ❦❡❡♣❡rs", 20)).find(glyphs), std::string::npos);
  EXPECT_NE(layer_of(repeated("7KH NHHSHUV RI WKH VOXLFH URVH", 60)).find(glyphs), std::string::npos);
  EXPECT_NE(layer_of(repeated("T h e k e e p e r s", 20)).find("its letters are a word each"), std::string::npos);
  EXPECT_EQ(layer_of(repeated("The keepers of the sluice rose", 60)), "");
  EXPECT_EQ(layer_of(repeated("看 守 水 闸 的 人", 60)), "");
  EXPECT_EQ(layer_of(repeated("a = b + c", 4)), "");
  EXPECT_EQ(layer_of(repeated("⠠⠞⠓⠑", 60)), "");
}

// The notes of the book, "label|text|goes on" a line, when all stages have run.
std::string notes_of(const std::string& pdf) {
  Document d = read_scan("book.pdf", pdf, ScanFormat::pdf);
  const Plan plan;
  plan.run(d, {}, true);
  std::string out;
  for (const Node& block : d.blocks) {
    if (block.name != "note") continue;
    const bool goes_on = std::any_of(d.links.begin(), d.links.end(),
                                     [&](const Link& l) { return l.name == "continues" && l.to == block.at; });
    out += std::string(block.get("n")) + "|" + std::string(d.slice(block.at)) + (goes_on ? "|goes on" : "") + "\n";
  }
  return out;
}

// Pages of text, with a mark and a note each, whose labels count on; `note` says what a note reads.
std::string book_of_notes(int pages, const std::function<std::vector<SetWords>(int)>& note) {
  MadePdf pdf;
  for (int p = 1; p <= pages; ++p) {
    std::vector<SetWords> page = page_with_note("");
    page.resize(14);
    page[12].words = std::to_string(p);
    for (const SetWords& words : note(p)) page.push_back(words);
    pdf.page(page);
  }
  return pdf.bytes();
}

TEST(Pdf, keepsANoteOfDots) {
  const std::string book = book_of_notes(10, [](int p) {
    return std::vector<SetWords>{{50, 63, 5, std::to_string(p)},
                                 {p < 10 ? 54.0 : 57.0, 60, 8, p == 4 ? ".........." : "At the lower gate, they say."}};
  });
  const std::string notes = notes_of(book);
  EXPECT_NE(notes.find("4|4 ..........\n"), notes.npos) << notes;
  EXPECT_NE(notes.find("5|5 At the lower gate, they say.\n"), notes.npos) << notes;
}

TEST(Pdf, takesADayThatBeginsALineForNoLabel) {
  const std::string book = book_of_notes(10, [](int p) {
    std::vector<SetWords> note{
        {50, 75, 5, std::to_string(p)},
        {p < 10 ? 54.0 : 57.0, 72, 8, "At the lower gate, as the letter says that was sent to the keepers on the"}};
    note.push_back({50, 62, 8, std::to_string(p + 1) + " June of the year before."});
    return note;
  });
  const std::string notes = notes_of(book);
  EXPECT_EQ(std::count(notes.begin(), notes.end(), '|'), 10) << notes;
}

TEST(Pdf, goesOnWithANoteThatEndsASentenceInAFullLine) {
  const std::string full = "At the lower gate, where the water of the long drain comes in, as they say.";
  const std::string book = book_of_notes(10, [&](int p) {
    std::vector<SetWords> note{{50, 75, 5, std::to_string(p)}, {p < 10 ? 54.0 : 57.0, 72, 8, full}};
    if (p == 5) note.insert(note.begin(), {50, 84, 8, "And so it was before the wall was built."});
    return note;
  });
  const std::string notes = notes_of(book);
  EXPECT_NE(notes.find("|And so it was before the wall was built.|goes on\n"), notes.npos) << notes;
}

TEST(Pdf, saysWhatToInstall) {
  MadePdf pdf;
  pdf.page({{50, 540, 10, "The keepers rose."}});
  const Setting none("EMEND_PDFTOTEXT", "/nonexistent/pdftotext");
  const std::string said = refusal(pdf.bytes());
  EXPECT_TRUE(said.starts_with("6 /nonexistent/pdftotext: not found or not executable, and reads book.pdf; install"))
      << said;
  EXPECT_NE(said.find("poppler-utils"), said.npos);
}

TEST(Pdf, isReadWithoutItsFonts) {
  MadePdf pdf;
  pdf.page({{50, 540, 10, "The keepers rose."}});
  const Setting none("EMEND_PDFTOHTML", "/nonexistent/pdftohtml");
  EXPECT_EQ(text_of(pdf.bytes()), "The keepers rose.\n");
}

}  // namespace
}  // namespace emend
