// How a DOCX is divided into title page, front matter and text, and how its pages and notes are counted.
#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "stages/write/docx/docx.h"
#include "stages/write/docx/parts.h"
#include "stages/write/package/archive.h"

namespace emend {
namespace {

const std::string first_page = "<w:titlePg/>";

/// A book's text as Pandoc writes it, finished.
std::string finished(const std::string& blocks, const BookFacts& facts, const std::string& settings = "") {
  const std::string text = "<w:document xmlns:w=\"w\"><w:body>" + blocks +
                           "<w:sectPr><w:headerReference w:type=\"default\" w:id=\"1\"/><w:footerReference "
                           "w:type=\"default\" w:id=\"2\"/><w:pgSz/><w:cols/>" +
                           first_page + "</w:sectPr></w:body></w:document>";
  std::vector<std::string> warnings;
  std::vector<ArchiveMember> members{{"word/document.xml", text}};
  if (!settings.empty()) members.push_back({"word/settings.xml", settings});
  std::optional<std::vector<ArchiveMember>> made = read_zip(finish_docx(write_zip(members), facts, warnings));
  EXPECT_TRUE(made && warnings.empty());
  const ArchiveMember* const wanted = find_member(*made, settings.empty() ? "word/document.xml" : "word/settings.xml");
  return wanted ? wanted->bytes : "";
}

std::string styled(const std::string& style, const std::string& words) {
  return "<w:p><w:pPr><w:pStyle w:val=\"" + style + "\"/></w:pPr><w:r><w:t>" + words + "</w:t></w:r></w:p>";
}

std::string body_of(const std::string& blocks) {
  return "<w:bookmarkStart w:id=\"7\" w:name=\"" + std::string(docx_body_mark) + "\"/>" +
         "<w:bookmarkStart w:id=\"8\" w:name=\"ch1\"/>" + blocks +
         "<w:bookmarkEnd w:id=\"8\"/><w:bookmarkEnd w:id=\"7\"/>";
}

BookFacts facts_in(const std::string& language) {
  BookFacts facts;
  facts.metadata.language = language;
  return facts;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

void expect_part(const std::string& whole, const std::string& part) {
  EXPECT_NE(whole.find(part), std::string::npos) << part << "\n in \n" << whole;
}

const std::string title = styled("Title", "Of Tides"), preface = styled("Heading1", "Preface"),
                  text = styled("Heading1", "Ebb") + styled("BodyText", "It went out.");

TEST(DocxSections, theFrontMatterHasRomanNumbersAndTheTextBeginsWithOne) {
  const std::string made = finished(title + preface + body_of(text), facts_in("en"));
  EXPECT_EQ(count(made, "<w:sectPr>"), 3u);
  const std::string heads = "<w:headerReference w:type=\"default\" w:id=\"1\" />",
                    feet = "<w:footerReference w:type=\"default\" w:id=\"2\" />";
  expect_part(made, "<w:sectPr><w:pgSz /><w:cols /></w:sectPr></w:pPr><w:r><w:t>Of Tides");
  expect_part(made, "<w:sectPr>" + feet + "<w:pgSz /><w:pgNumType w:fmt=\"lowerRoman\" /><w:cols /></w:sectPr>");
  expect_part(made, "<w:sectPr>" + heads + feet +
                        "<w:pgSz /><w:pgNumType w:fmt=\"decimal\" w:start=\"1\" /><w:cols /></w:sectPr></w:body>");
  EXPECT_EQ(made.find(docx_body_mark), std::string::npos);
}

TEST(DocxSections, chineseFrontMatterBeginsWithOneOfItsOwn) {
  const std::string made = finished(title + preface + body_of(text), facts_in("zh-Hans"));
  expect_part(made, "<w:pgNumType w:fmt=\"upperRoman\" w:start=\"1\" />");
}

TEST(DocxSections, eachPartOfTheFrontMatterBeginsAPage) {
  const std::string made = finished(title + preface + styled("Heading1", "Abstract") + body_of(text), facts_in("en"));
  EXPECT_EQ(count(made, "<w:pageBreakBefore />"), 2u);  // and the text does by its section
}

TEST(DocxSections, aBookWithoutFrontMatterHasATitleAndItsText) {
  const std::string printed = styled("TOC1", "Ebb") + styled("TOC1", "Flood");
  const std::string made = finished(title + body_of(text + printed), facts_in("en"));
  EXPECT_EQ(count(made, "<w:sectPr>"), 2u);
  EXPECT_EQ(count(made, "Roman"), 0u);
}

TEST(DocxSections, aTextWithoutContentsIsOneSection) {
  const std::string made = finished(title + body_of(text), facts_in("en"));
  EXPECT_EQ(count(made, "<w:sectPr>"), 1u);
  expect_part(made, "<w:titlePg />");
  EXPECT_EQ(made.find(docx_body_mark), std::string::npos);
}

TEST(DocxSections, aSectionEndsBesideAListThatWordWritesAnew) {
  const std::string made =
      finished(title + styled("TOC1", "Ebb") + styled("TOC1", "Flood") + body_of(text), facts_in("en"));
  expect_part(made, "<w:p><w:pPr><w:sectPr>");
}

TEST(DocxTitle, isBrokenWhereItPauses) {
  const std::string made =
      finished(styled("Title", "山里的灯火与下游各地的河道——以三家渡为例") + body_of(text), facts_in("zh-Hans"));
  expect_part(made, "山里的灯火与下游各地的河道——</w:t><w:br /><w:t xml:space=\"preserve\">以三家渡为例</w:t></w:r>");
  EXPECT_EQ(finished(title + body_of(text), facts_in("en")).find("<w:br />"), std::string::npos);
}

BookFacts with_notes(std::initializer_list<std::pair<const char*, int>> notes) {
  BookFacts facts = facts_in("zh-Hans");
  for (const auto& [sign, page] : notes) facts.footnotes.see(sign, page);
  return facts;
}

TEST(DocxNotes, areCountedAnewOnEachPageWhereTheBookDoesSo) {
  const BookFacts facts = with_notes({{"①", 1}, {"②", 1}, {"①", 2}, {"①", 4}});
  const std::string circled =
      "<w:footnotePr><w:numFmt w:val=\"decimalEnclosedCircle\" /><w:numRestart w:val=\"eachPage\" />";
  expect_part(finished(text, facts), "w:id=\"2\" />" + circled + "</w:footnotePr><w:pgSz />");
  expect_part(finished(text, facts, "<w:settings><w:footnotePr><w:footnote w:id=\"0\"/></w:footnotePr></w:settings>"),
              circled + "<w:footnote w:id=\"0\" />");
}

TEST(DocxNotes, areCountedThroughTheBookElsewhere) {
  for (const BookFacts& facts : {with_notes({{"①", 1}, {"②", 2}, {"③", 3}}), with_notes({{"①", 1}, {"②", 1}})}) {
    EXPECT_EQ(finished(text, facts).find("footnotePr"), std::string::npos);
  }
}

TEST(DocxNotes, ofWhichSomeAreEndnotesMoveWithTheirMarks) {
  const std::string note = "<w:p><w:r><w:footnoteRef/></w:r></w:p></w:footnote>";
  std::vector<ArchiveMember> members{{"word/footnotes.xml", "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"20\">" +
                                                                note + "<w:footnote w:id=\"21\">" + note +
                                                                "</w:footnotes>"}};
  pugi::xml_document body;
  const std::string marks =
      "<w:document xmlns:w=\"w\"><w:r><w:footnoteReference w:id=\"20\"/></w:r><w:r><w:footnoteReference "
      "w:id=\"21\"/></w:r></w:document>";
  ASSERT_TRUE(body.load_string(marks.c_str()));
  move_endnotes(members, body, {"21"});
  const pugi::xml_node first = body.document_element().first_child().first_child();
  const pugi::xml_node second = body.document_element().last_child().first_child();
  EXPECT_EQ(std::string(first.name()), "w:footnoteReference");
  EXPECT_EQ(std::string(second.name()), "w:endnoteReference");
  EXPECT_EQ(std::string(second.attribute("w:id").value()), "21");
  const ArchiveMember* const endnotes = find_member(members, "word/endnotes.xml");
  ASSERT_NE(endnotes, nullptr);
  EXPECT_NE(endnotes->bytes.find("w:id=\"21\""), std::string::npos);
  EXPECT_EQ(endnotes->bytes.find("w:id=\"20\""), std::string::npos);
}

TEST(NoteNumbers, tellTheKindOfNearlyAll) {
  EXPECT_EQ(with_notes({{"*", 1}, {"†", 1}, {"*", 2}}).footnotes.signs(), NoteSigns::symbols);
  EXPECT_EQ(with_notes({{"a", 1}, {"b", 1}}).footnotes.signs(), NoteSigns::letters);
  EXPECT_EQ(with_notes({{"①", 1}, {"1", 1}}).footnotes.signs(), NoteSigns::numbers);
  EXPECT_EQ(NoteNumbers{}.signs(), NoteSigns::numbers);
  EXPECT_TRUE(with_notes({{"(1)", 1}, {"（2）", 1}, {"[1]", 2}, {"1.", 3}}).footnotes.anew_each_page());
}

TEST(DocxContents, aPrintedListTakesWordsPageNumbersIfAllCan) {
  const auto entry = [](const std::string& after_tab) {
    return "<w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr><w:r><w:t>Ebb</w:t></w:r><w:r><w:tab/></w:r>" + after_tab +
           "</w:p>";
  };
  const std::string link = "<w:hyperlink w:anchor=\"p1\"><w:r><w:t>7</w:t></w:r></w:hyperlink>";
  const std::string fresh = "<w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\" />";
  expect_part(finished(entry(link), facts_in("en")), fresh);
  EXPECT_EQ(finished(entry(link) + entry("<w:r><w:t>9</w:t></w:r>"), facts_in("en")).find(fresh), std::string::npos);
}

}  // namespace
}  // namespace emend
