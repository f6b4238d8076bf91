// Finishing EPUB and DOCX by themselves: what other Pandocs write than the one that is installed, and what none should.
#include <gtest/gtest.h>

#include "pipeline/document/error.h"
#include "stages/write/docx/docx.h"
#include "stages/write/docx/parts.h"
#include "stages/write/epub/epub.h"
#include "stages/write/epub/parts.h"
#include "stages/write/package/archive.h"
#include "stages/write/package/book_words.h"
#include "stages/write/package/xhtml.h"

namespace emend {
namespace {

const std::string html = "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"";
const std::string container =
    "<container><rootfiles><rootfile full-path=\"EPUB/content.opf\"/></rootfiles></container>";
const std::string package =
    "<package version=\"3.0\" unique-identifier=\"i\"><metadata xmlns:dc=\"d\"><dc:identifier "
    "id=\"i\">urn:x</dc:identifier></metadata><manifest><item id=\"nav\" href=\"nav.xhtml\" properties=\"nav\"/><item "
    "id=\"a\" href=\"text/a.xhtml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>";

/// A book of one chapter, as Pandoc packs it.
std::string epub_of(const std::string& body) {
  return write_zip({{"mimetype", "application/epub+zip"},
                    {"META-INF/container.xml", container},
                    {"EPUB/content.opf", package},
                    {"EPUB/nav.xhtml", html + "><body><nav><ol><li><ol><li>a</li></ol></li></ol></nav></body></html>"},
                    {"EPUB/text/a.xhtml", html + "><head><title>x</title></head><body>" + body + "</body></html>"}});
}

BookFacts facts_of(const std::string& language) {
  BookFacts facts;
  facts.metadata.title = "T";
  facts.metadata.language = language;
  facts.sections = {{"one", "chapter", Matter::body}, {"two", "index", Matter::back}};
  return facts;
}

std::string member_of(const std::string& archive, const std::string& name) {
  std::optional<std::vector<ArchiveMember>> members = read_zip(archive);
  const ArchiveMember* const member = members ? find_member(*members, name) : nullptr;
  EXPECT_NE(member, nullptr) << name;
  return member ? member->bytes : "";
}

std::string chapter_of(const std::string& body, const std::string& language = "en") {
  std::vector<std::string> warnings;
  const std::string chapter =
      member_of(finish_epub(epub_of(body), facts_of(language), {}, warnings), "EPUB/text/a.xhtml");
  EXPECT_TRUE(warnings.empty());
  return chapter;
}

void expect_part(const std::string& whole, const std::string& part) {
  EXPECT_NE(whole.find(part), std::string::npos) << part << "\n in \n" << whole;
}

TEST(Archive, givesBackWhatItTook) {
  const std::vector<ArchiveMember> members{{"mimetype", "x"}, {"a/b", std::string(100000, 'y')}, {"文.xml", ""}};
  const std::string bytes = write_zip(members);
  EXPECT_EQ(bytes, write_zip(members));
  EXPECT_EQ(bytes.substr(30, 9), "mimetypex");  // stored, with no extra field before it
  const auto read = read_zip(bytes);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ((*read)[i].name, members[i].name);
    EXPECT_EQ((*read)[i].bytes, members[i].bytes);
  }
  EXPECT_FALSE(read_zip("PK no archive"));
  EXPECT_FALSE(read_zip(bytes.substr(0, bytes.size() / 2)));
}

TEST(Xhtml, closesWhatHtmlDoesNotKnowAsEmpty) {
  pugi::xml_document document;
  ASSERT_TRUE(parse_xhtml("<p> a<br/><span id=\"x\"/> &lt;&amp; <b>c</b>\n</p>", document));
  EXPECT_EQ(write_xhtml(document), "<p> a<br /><span id=\"x\"></span> &lt;&amp; <b>c</b>\n</p>\n");
  EXPECT_EQ(write_xml(document), "<p> a<br /><span id=\"x\" /> &lt;&amp; <b>c</b>\n</p>\n");
}

TEST(Epub, notesOfPandoc3GetNumberAndLinkBack) {
  const std::string chapter = chapter_of(
      "<section id=\"one\"><h1>One</h1><p>a<a href=\"#fn1\" class=\"footnote-ref\" id=\"fnref1\" "
      "epub:type=\"noteref\">1</a></p></section><section class=\"footnotes\"><aside epub:type=\"footnote\" "
      "role=\"doc-footnote\" id=\"fn1\"><p>b</p></aside></section>");
  expect_part(chapter, "epub:type=\"noteref\" role=\"doc-noteref\"><sup>1</sup></a>");
  expect_part(chapter, "<p><a href=\"#fnref1\" class=\"footnote-back\" role=\"doc-backlink\">1</a> b</p></aside>");
}

TEST(Epub, aPageThatBeginsAboveAHeadingStandsAboveIt) {
  const std::string chapter = chapter_of(
      "<section id=\"one\"><h1>One</h1>\n<div id=\"p1\" class=\"pagebreak above\" "
      "title=\"1\">\n\n</div><p>a</p></section>");
  expect_part(chapter,
              "<div id=\"p1\" class=\"pagebreak\" title=\"1\" epub:type=\"pagebreak\" role=\"doc-pagebreak\" "
              "aria-label=\"1\"></div><h1>One</h1>");
}

std::string package_of(const std::string& body, const BookFacts& facts) {
  std::vector<std::string> warnings;
  return member_of(finish_epub(epub_of(body), facts, {}, warnings), "EPUB/content.opf");
}

TEST(Epub, wordsAreSaidToBeEnoughOnlyWherePicturesHaveSome) {
  const std::string none = package_of("<p>a</p>", facts_of("en"));
  expect_part(none, "<meta property=\"schema:accessModeSufficient\">textual</meta>");
  EXPECT_EQ(none.find("visual"), std::string::npos);
  const std::string described = package_of("<p><img src=\"a.png\" alt=\"A sluice\"/></p>", facts_of("en"));
  expect_part(described, "<meta property=\"schema:accessModeSufficient\">textual</meta>");
  expect_part(described, "alternativeText");
  const std::string bare = "<p><img src=\"a.png\"/></p>";
  const std::string undescribed = package_of(bare, facts_of("en"));
  expect_part(undescribed, "<meta property=\"schema:accessModeSufficient\">textual,visual</meta>");
  EXPECT_EQ(undescribed.find(">textual</meta>\n  <meta property=\"schema:accessibilityFeature"), std::string::npos);
  EXPECT_EQ(undescribed.find("alternativeText"), std::string::npos);
  expect_part(chapter_of(bare), "alt=\"Picture, not described\"");
}

TEST(Epub, pageNumbersAreThoseOfThePrintedBook) {
  const std::string page = "<p><span id=\"p1\" class=\"pagebreak\" title=\"1\"></span>a</p>";
  BookFacts facts = facts_of("en");
  facts.metadata.publisher = "New House";
  expect_part(package_of(page, facts), "<dc:source id=\"printed-source\">T, New House</dc:source>");
  facts.metadata.printed = "Old Press, 1887, ISBN 1";
  expect_part(package_of(page, facts), "<dc:source id=\"printed-source\">T, Old Press, 1887, ISBN 1</dc:source>");
}

/// A chapter with two notes, whose book printed them so.
std::string noted_chapter(const std::vector<std::string>& signs, const std::string& language) {
  std::vector<std::string> warnings;
  BookFacts facts = facts_of(language);
  facts.note_signs = signs;
  const auto note = [](const std::string& n, const std::string& words) {
    return "<li id=\"fn" + n + "\" role=\"doc-endnote\" epub:type=\"footnote\"><p>" + words + "<a href=\"#fnref" + n +
           "\" class=\"footnote-back\">b</a></p></li>";
  };
  const auto mark = [](const std::string& n) {
    return "<a href=\"#fn" + n + "\" class=\"footnote-ref\" id=\"fnref" + n + "\"><sup>" + n + "</sup></a>";
  };
  const std::string body = "<p>a" + mark("1") + "b" + mark("2") + "</p><section class=\"footnotes\"><ol>" +
                           note("1", "注") + note("2", "See") + "</ol></section>";
  return member_of(finish_epub(epub_of(body), facts, {}, warnings), "EPUB/text/a.xhtml");
}

TEST(Epub, notesHaveTheirPrintedSigns) {
  const std::string chapter = noted_chapter({"①", "*"}, "zh-Hans");
  expect_part(chapter, "role=\"doc-noteref\"><sup>①</sup></a>b");
  expect_part(chapter, "role=\"doc-backlink\">①</a>注</p>");  // no blank before Chinese
  expect_part(chapter, "role=\"doc-backlink\">*</a> See</p>");
}

TEST(Epub, notesHavePandocsNumbersWhereTheirSignsAreNotAllKnown) {
  expect_part(noted_chapter({"①"}, "zh-Hans"), "role=\"doc-noteref\"><sup>1</sup></a>b");
  expect_part(noted_chapter({"①", ""}, "zh-Hans"), "role=\"doc-noteref\"><sup>2</sup></a></p>");
}

TEST(Epub, saysWhereTextIsMissingAndThatThereAreFormulas) {
  std::vector<std::string> warnings;
  const std::string book =
      finish_epub(epub_of("<div class=\"missing\"><p>[…]</p></div><math/>"), facts_of("fr"), {}, warnings);
  expect_part(member_of(book, "EPUB/text/a.xhtml"), "epub:type=\"notice\" role=\"doc-notice\"");
  expect_part(member_of(book, "EPUB/content.opf"), ">MathML</meta>");
  expect_part(member_of(book, "EPUB/content.opf"), "xml:lang=\"fr\"");
}

TEST(Epub, listsWhatIsThereAndNoMore) {
  std::vector<std::string> warnings;
  const std::string body =
      "<section id=\"one\" class=\"level1\"><h1>One &amp; <em>all</em><a class=\"footnote-ref\" href=\"#x\">1</a></h1>"
      "<section id=\"s\"><h3>Deep</h3><section id=\"t\"><h4>Deeper</h4></section></section></section>"
      "<section id=\"e\"><h1> </h1></section><section id=\"two\"><h1>Two</h1></section>";
  const std::string book = finish_epub(epub_of(body), facts_of("fr"), {}, warnings);
  const std::string nav = member_of(book, "EPUB/nav.xhtml");
  expect_part(
      nav,
      "<h1>Table des matières</h1>\n<ol>\n<li><a href=\"text/a.xhtml#one\">One &amp; all</a><ol>\n<li><a "
      "href=\"text/a.xhtml#s\">Deep</a></li>\n</ol>\n</li>\n<li><a href=\"text/a.xhtml#two\">Two</a></li>\n</ol>");
  EXPECT_EQ(nav.find("page-list"), std::string::npos);  // and Pandoc's own list had two levels, so there are two
  expect_part(nav, "<a epub:type=\"index\" href=\"text/a.xhtml#two\">Index</a>");
  expect_part(member_of(book, "EPUB/text/a.xhtml"), "role=\"doc-index\"");
}

TEST(Epub, aBookFromRightToLeftSaysSo) {
  std::vector<std::string> warnings;
  const std::string book = finish_epub(epub_of("<p xml:lang=\"he\">x</p>"), facts_of("he"), {}, warnings);
  expect_part(member_of(book, "EPUB/content.opf"), "<spine page-progression-direction=\"rtl\">");
  expect_part(member_of(book, "EPUB/text/a.xhtml"), "<p xml:lang=\"he\" lang=\"he\" dir=\"rtl\">");
  expect_part(member_of(book, "EPUB/nav.xhtml"), "dir=\"rtl\"");
  EXPECT_TRUE(is_right_to_left("az-Arab"));
  EXPECT_FALSE(is_right_to_left("ar-Latn"));
}

TEST(Epub, whatIsBrokenStaysOrIsRefused) {
  std::vector<std::string> warnings;
  const std::string book = finish_epub(epub_of("<p>"), facts_of("en"), {}, warnings);
  EXPECT_EQ(warnings.size(), 1u);
  expect_part(member_of(book, "EPUB/text/a.xhtml"), "<body><p></body>");
  for (const std::string& bad :
       {std::string("PK"), write_zip({{"a", "b"}}), write_zip({{"META-INF/container.xml", container}})}) {
    EXPECT_THROW(finish_epub(bad, facts_of("en"), {}, warnings), Error);
  }
}

const std::string word = "<w:document xmlns:w=\"w\"><w:body>";

std::string text_of(const std::string& body, const BookFacts& facts) {
  std::vector<std::string> warnings;
  const std::string docx = write_zip({{"word/document.xml", word + body + "</w:body></w:document>"}});
  return member_of(finish_docx(docx, facts, warnings), "word/document.xml");
}

std::string heading(const std::string& level, const std::string& words) {
  return "<w:p><w:pPr><w:pStyle w:val=\"Heading" + level + "\"/></w:pPr><w:r><w:t>" + words + "</w:t></w:r></w:p>";
}

TEST(Docx, listsTheHeadingsWhereTheBookPrintsNoContents) {
  const std::string text =
      text_of("<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr></w:p>" + heading("1", "一") + heading("2", "二"),
              facts_of("zh-Hans"));
  expect_part(text, "<w:t xml:space=\"preserve\">目录</w:t>");
  expect_part(text, "<w:pStyle w:val=\"TOC2\" /></w:pPr><w:hyperlink w:anchor=\"_Toc00000002\"");
  expect_part(text, "<w:bookmarkStart w:id=\"900000002\" w:name=\"_Toc00000002\" /><w:r><w:t>二</w:t></w:r>");
  EXPECT_EQ(text_of(heading("1", "one"), facts_of("en")).find("TOC"), std::string::npos);
}

TEST(Docx, tellsTheLanguageBetweenItsMarks) {
  const std::string mark = docx_language_mark("fr", 7);
  const std::string text =
      text_of("<w:p><w:bookmarkStart w:id=\"3\" w:name=\"" + mark +
                  "\"/><w:r><w:t>mot</w:t></w:r><w:bookmarkEnd w:id=\"3\"/><w:r><w:t>word</w:t></w:r></w:p>",
              facts_of("en"));
  expect_part(
      text, "<w:p><w:r><w:rPr><w:lang w:val=\"fr-FR\" /></w:rPr><w:t>mot</w:t></w:r><w:r><w:t>word</w:t></w:r></w:p>");
  EXPECT_EQ(word_language("zh-Hant"), "zh-TW");
  EXPECT_EQ(word_language("en-GB"), "en-GB");
  EXPECT_EQ(word_language("la"), "la");
}

TEST(Docx, itsReferenceDocumentFitsTheBook) {
  BookFacts facts = facts_of("zh-Hant");
  facts.metadata.title = "A & <B>";
  facts.pages = 300;
  const std::string reference = reference_docx(facts);
  EXPECT_EQ(reference, reference_docx(facts));
  const std::string styles = member_of(reference, "word/styles.xml");
  EXPECT_EQ(styles.find("{{"), std::string::npos);
  expect_part(styles, "w:eastAsia=\"新細明體\"");
  expect_part(styles, "<w:pageBreakBefore/>");
  expect_part(member_of(reference, "word/header1.xml"), "A &amp; &lt;B&gt;");
}

TEST(Docx, itsPagesAreThoseOfALayout) {
  const BookFacts facts = facts_of("zh");
  const std::string any = reference_docx(facts), thesis = reference_docx(facts, "thesis"),
                    book = reference_docx(facts, "book");
  expect_part(member_of(any, "word/document.xml"), "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>");
  expect_part(member_of(thesis, "word/document.xml"), "w:left=\"1587\"");
  expect_part(member_of(book, "word/document.xml"), "<w:pgSz w:w=\"8640\" w:h=\"12960\"/>");
  expect_part(member_of(thesis, "word/styles.xml"), "<w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/><w:lang");
  expect_part(member_of(book, "word/styles.xml"), "w:pos=\"6486\"");
  expect_part(member_of(book, "word/settings.xml"), "<w:autoHyphenation/>");
  const std::string breaks = "<w:pageBreakBefore/><w:suppressAutoHyphens/>";  // of a heading
  expect_part(member_of(thesis, "word/styles.xml"), breaks);
  EXPECT_EQ(member_of(any, "word/styles.xml").find(breaks), std::string::npos);
  for (const std::string& made : {any, thesis, book}) {
    EXPECT_EQ(member_of(made, "word/styles.xml").find("\"\""), std::string::npos);
  }
}

TEST(Words, areThoseOfTheLanguageElseEnglish) {
  EXPECT_EQ(book_word("contents", "zh-TW"), "目錄");
  EXPECT_EQ(book_word("contents", "de-AT-1996"), "Inhalt");
  EXPECT_EQ(book_word("contents", "xx"), "Contents");
  EXPECT_EQ(book_word("nothing", "en"), "");
}

}  // namespace
}  // namespace emend
