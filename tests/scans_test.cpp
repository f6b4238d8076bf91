// hOCR, ALTO and PAGE XML: the same page in each makes the same transcript, and what is damaged is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "pipeline/document/error.h"
#include "stages/read/scan/scanned.h"
#include "stages/read/scan/transcript.h"

namespace emend {

namespace {

const std::string hocr_page = R"(<?xml version="1.0"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://example.org/nowhere.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>no text</title><meta name="ocr-system" content="x"/></head><body>
<div class="ocr_page" title="bbox 0 0 500 800"><div class="ocr_carea"><p class="ocr_par">
<span class="ocr_line" title="bbox 130 100 400 120; x_size 20"><span class="ocrx_word" title="bbox 130 100 180 120; x_wconf 90">Marsh</span>
<span class="ocrx_word" title="bbox 190 100 210 120">&amp;</span> <span class="ocrx_word" title="bbox 220 100 400 120"><em>embankment-keepers</em></span></span>
<span class="ocr_line" title="bbox 100 130 400 150"><span class="ocrx_word" title="bbox 100 130 400 150">walked&nbsp;the dyke at low water.</span></span></p></div>
<div class="ocr_carea"><p class="ocr_par"><span class="ocr_line" title="bbox 100 160 400 180"><span class="ocrx_word" title="bbox 100 160 400 180">They counted the stakes there</span></span>
<span class="ocr_line" title="bbox 100 230 200 250"><span class="ocrx_word" title="bbox 100 230 200 250">1 Old dykes</span></span></p></div></div>
<div class="ocr_page" title="bbox 0 0 500 800"></div>
</body></html>)";

const std::string alto_page =
    R"(<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page ID="p1"><PrintSpace>
<TextBlock ID="b1"><TextLine HPOS="130" VPOS="100" WIDTH="270" HEIGHT="20"><String HPOS="130" VPOS="100" WIDTH="50" HEIGHT="20" CONTENT="Marsh"/><SP/>
<String HPOS="190" VPOS="100" WIDTH="20" HEIGHT="20" CONTENT="&amp;"/><SP/><String HPOS="220" VPOS="100" WIDTH="180" HEIGHT="20" CONTENT="embankment-keepers"/></TextLine>
<TextLine HPOS="100.0" VPOS="130.0" WIDTH="300" HEIGHT="20"><String CONTENT="walked the dyke at low water."/></TextLine></TextBlock>
<TextBlock ID="b2"><TextLine HPOS="100" VPOS="160" WIDTH="300" HEIGHT="20"><String CONTENT="They counted the stakes there"/></TextLine>
<TextLine HPOS="100" VPOS="230" WIDTH="100" HEIGHT="20"><String CONTENT="1 Old dykes"/></TextLine></TextBlock></PrintSpace></Page>
<Page ID="p2"/></Layout></alto>)";

const std::string page_page =
    R"(<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page imageWidth="500">
<ReadingOrder><OrderedGroup><RegionRefIndexed index="0" regionRef="r1"/><RegionRefIndexed index="1" regionRef="r2"/></OrderedGroup></ReadingOrder>
<TextRegion id="r2"><Coords points="100,160 400,250"/>
<TextLine><Coords points="100,160 400,160 400,180 100,180"/><TextEquiv index="1"><Unicode>Thcy countcd</Unicode></TextEquiv><TextEquiv index="0"><Unicode>They counted the stakes there</Unicode></TextEquiv></TextLine>
<TextLine><Coords points="100,230 200,250"/><TextEquiv><Unicode>1 Old dykes</Unicode></TextEquiv></TextLine></TextRegion>
<TextRegion id="r1"><TextLine><Coords points="130,100 400,120"/>
<Word><Coords points="130,100 180,120"/><Glyph><TextEquiv><Unicode>M</Unicode></TextEquiv></Glyph><TextEquiv><Unicode>Marsh</Unicode></TextEquiv></Word>
<Word><Coords points="190,100 210,120"/><TextEquiv><Unicode>&amp;</Unicode></TextEquiv></Word>
<Word><Coords points="220,100 400,120"/><TextEquiv><Unicode>embankment-keepers</Unicode></TextEquiv></Word>
<TextEquiv><Unicode>Marsh &amp; embankment-keepers</Unicode></TextEquiv></TextLine>
<TextLine><Coords points="100,130 400,150"/><TextEquiv><Unicode>walked the dyke at low water.</Unicode></TextEquiv></TextLine></TextRegion>
</Page></PcGts>)";

const std::string djvu_page =
    R"(<DjVuXML><BODY><OBJECT><PARAM name="PAGE" value="1"/><HIDDENTEXT><PAGECOLUMN><REGION><PARAGRAPH>
<LINE><WORD coords="130,120,180,100" x-confidence="90">Marsh</WORD> <WORD coords="190,120,210,100">&amp;</WORD> <WORD coords="220,120,400,100">embankment-keepers</WORD></LINE>
<LINE><WORD coords="100,150,160,130">walked</WORD><WORD coords="170,150,400,130">the dyke at low water.</WORD></LINE></PARAGRAPH>
<PARAGRAPH><LINE><WORD coords="100,180,400,160">They counted the stakes there</WORD></LINE>
<LINE><WORD coords="100,250,200,230">1 Old dykes</WORD></LINE></PARAGRAPH></REGION></PAGECOLUMN></HIDDENTEXT></OBJECT></BODY></DjVuXML>)";

const std::string abbyy_page =
    R"(<document xmlns="http://www.abbyy.com/FineReader_xml/FineReader10-schema-v1.xml"><page><block blockType="Text"><text>
<par><line l="130" t="100" r="400" b="120"><formatting>
<charParams l="130" t="100" r="140" b="120" charConfidence="80">M</charParams><charParams l="140" t="100" r="150" b="120"><charRecVariants><charRecVariant>o</charRecVariant></charRecVariants>a</charParams><charParams l="150" t="100" r="160" b="120">r</charParams><charParams l="160" t="100" r="170" b="120">s</charParams><charParams l="170" t="100" r="180" b="120">h</charParams>
<charParams l="180" t="100" r="190" b="120"> </charParams><charParams l="190" t="100" r="210" b="120">&amp;</charParams><charParams l="210" t="100" r="220" b="120"> </charParams></formatting><formatting>embankment-keepers</formatting></line>
<line l="100" t="130" r="400" b="150"><formatting>walked the dyke at low water.</formatting></line></par>
<par><line l="100" t="160" r="400" b="180"><formatting>They counted the stakes there</formatting></line>
<line l="100" t="230" r="200" b="250"><formatting>1 Old dykes</formatting></line></par></text></block></page></document>)";

const std::string tsv_page =
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    "1\t1\t0\t0\t0\t0\t0\t0\t500\t800\t-1\t\n2\t1\t1\t0\t0\t0\t100\t100\t300\t150\t-1\t\n"
    "3\t1\t1\t1\t0\t0\t100\t100\t300\t50\t-1\t\n4\t1\t1\t1\t1\t0\t130\t100\t270\t20\t-1\t\n"
    "5\t1\t1\t1\t1\t1\t130\t100\t50\t20\t96.1\tMarsh\n5\t1\t1\t1\t1\t2\t190\t100\t20\t20\t90\t&\n"
    "5\t1\t1\t1\t1\t3\t220\t100\t180\t20\t91\tembankment-keepers\n4\t1\t1\t1\t2\t0\t100\t130\t300\t20\t-1\t\n"
    "5\t1\t1\t1\t2\t1\t100\t130\t300\t20\t90\twalked the dyke at low "
    "water.\n3\t1\t1\t2\t0\t0\t100\t160\t300\t90\t-1\t\n"
    "4\t1\t1\t2\t1\t0\t100\t160\t300\t20\t-1\t\n5\t1\t1\t2\t1\t1\t100\t160\t300\t20\t90\tThey counted the stakes "
    "there\n"
    "4\t1\t1\t2\t2\t0\t100\t230\t100\t20\t-1\t\n5\t1\t1\t2\t2\t1\t100\t230\t100\t20\t90\t1 Old dykes\n";

const std::string as_text =
    "   Marsh & embankment-keepers\nwalked the dyke at low water.\n\nThey counted the stakes there\n\n\n\n1 Old "
    "dykes\n";

std::string read(const std::string& file) { return transcript("scan", file, scan_format(file)); }

std::string refusal(const std::string& file) {
  try {
    read(file);
  } catch (const Error& e) {
    return e.code == Exit::input ? e.what() : "another error";
  }
  return "taken";
}

TEST(Scans, AreKnownByContent) {
  EXPECT_EQ(scan_format(hocr_page), ScanFormat::hocr);
  EXPECT_EQ(scan_format(alto_page), ScanFormat::alto);
  EXPECT_EQ(scan_format("\xEF\xBB\xBF<?xml version='1.0'?><!-- <alto> --><pc:PcGts>"), ScanFormat::page);
  EXPECT_EQ(scan_format(djvu_page), ScanFormat::djvu);
  EXPECT_EQ(scan_format(abbyy_page), ScanFormat::abbyy);
  EXPECT_EQ(scan_format(tsv_page), ScanFormat::tsv);
  EXPECT_EQ(scan_format("<document>A page of words</document>"), ScanFormat::none);
  EXPECT_EQ(scan_format("<html><body>A page</body></html>"), ScanFormat::none);
  EXPECT_EQ(scan_format("The <alto> part"), ScanFormat::none);
}

TEST(Scans, TheSamePageIsTheSameTextInEachFormat) {
  EXPECT_EQ(read(hocr_page), as_text + "\f");
  EXPECT_EQ(read(alto_page), as_text + "\f");
  EXPECT_EQ(read(page_page), as_text);
  EXPECT_EQ(read(djvu_page), as_text);
  EXPECT_EQ(read(abbyy_page), as_text);
  EXPECT_EQ(read(tsv_page), as_text);
}

TEST(Scans, ALabelSetApartIsOfTheLineBesideIt) {
  const auto line = [](int left, int top, int width, int height, const std::string& text) {
    return "<TextLine><String HPOS='" + std::to_string(left) + "' VPOS='" + std::to_string(top) + "' WIDTH='" +
           std::to_string(width) + "' HEIGHT='" + std::to_string(height) + "' CONTENT='" + text + "'/></TextLine>";
  };
  EXPECT_EQ(read("<alto><Layout><Page><TextBlock>" + line(100, 100, 300, 30, "The weirs of the shore") +
                 line(100, 140, 300, 30, "The hooks of the smith") + line(75, 94, 17, 20, "@") +
                 line(75, 134, 17, 20, "©") + "</TextBlock></Page></Layout></alto>"),
            "@ The weirs of the shore\n© The hooks of the smith\n");
}

TEST(Scans, HyphensOfAltoAreReadOnce) {
  const auto lines = [](const std::string& hyphen) {
    return read("<alto><Layout><Page><TextBlock><TextLine><String CONTENT=\"break" + hyphen +
                "</TextLine><TextLine><String CONTENT=\"water\" SUBS_TYPE=\"HypPart2\" SUBS_CONTENT=\"breakwater\"/>"
                "</TextLine></TextBlock></Page></Layout></alto>");
  };
  EXPECT_EQ(lines("\"/><HYP CONTENT=\"-\"/>"), "break-\nwater\n");
  EXPECT_EQ(lines("-\"/><HYP CONTENT=\"-\"/>"), "break-\nwater\n");
  EXPECT_EQ(lines("\"/><HYP/>"), "break-\nwater\n");
}

TEST(Scans, HtmlThatIsNoXmlIsReadAndDiscardedReadingsAreNot) {
  EXPECT_EQ(read("<html><head><meta name=ocr-system content=x></head><body><div class=ocr_page><span class=ocr_line>"
                 "tide <br>&amp; <del>ebd</del><ins>ebb</ins></div></body></html>"),
            "tide & ebb\n");
}

// What is declared, a line each: its name, its attributes and the words.
std::string declared(const std::string& file) {
  const Document d = read_scan("scan", file, scan_format(file));
  std::ostringstream out;
  for (const Node& n : d.declared) {
    std::string attributes(n.attributes);
    std::replace(attributes.begin(), attributes.end(), '\n', ' ');
    out << n.name << (attributes.empty() ? "" : " ") << attributes << ": " << d.slice(n.at) << '\n';
  }
  return out.str();
}

// A page in ALTO: lines of text 20 high and 30 apart, `rest` behind them.
std::string page_of_text(const std::string& rest) {
  std::string page = "<alto><Layout><Page><PrintSpace><TextBlock>";
  const auto word = [](int left, int top, int width, int height, const std::string& text) {
    return "<String HPOS='" + std::to_string(left) + "' VPOS='" + std::to_string(top) + "' WIDTH='" +
           std::to_string(width) + "' HEIGHT='" + std::to_string(height) + "' WC='0.95' CONTENT='" + text + "'/>";
  };
  for (int i = 0; i < 12; ++i) {
    page += "<TextLine HPOS='100' VPOS='" + std::to_string(100 + 30 * i) + "' WIDTH='600' HEIGHT='20'>";
    const std::string words[] = {"The",  "keepers", "had",  "a",    "boat", "below", "the",
                                 "dyke", "that",    "held", "half", "a",    "load"};
    int left = 100;
    for (const std::string& w : words) {
      const int width = 10 * static_cast<int>(w.size());
      const bool tall = w.find_first_of("Tbdfhkl") != w.npos;
      page += word(left, 100 + 30 * i + (tall ? 0 : 6), width, tall ? 20 : 14, w);
      left += width + 10;
    }
    page += "</TextLine>";
  }
  return page + rest + "</TextBlock></PrintSpace></Page></Layout></alto>";
}

TEST(Scans, LinesBelowAShortRuleInSmallTypeAreNotes) {
  const std::string note =
      "<TextLine HPOS='100' VPOS='500' WIDTH='320' HEIGHT='16'><String HPOS='100' VPOS='500' WIDTH='320' HEIGHT='16' "
      "CONTENT='A load was counted as forty bundles.'/></TextLine>"
      "<TextLine HPOS='100' VPOS='520' WIDTH='320' HEIGHT='16'><String HPOS='100' VPOS='520' WIDTH='320' HEIGHT='16' "
      "CONTENT='The dyke was raised in a later year.'/></TextLine>";
  const std::string notes =
      "foot ends=short: A load was counted as forty bundles.\nfoot ends=short: The dyke was raised in a later year.\n";
  EXPECT_EQ(declared(page_of_text("<GraphicalElement HPOS='100' VPOS='480' WIDTH='150' HEIGHT='2'/>" + note)), notes);
  EXPECT_EQ(declared(page_of_text("<GraphicalElement HPOS='100' VPOS='90' WIDTH='600' HEIGHT='2'/>" + note)), "");
}

TEST(Scans, AWordThatStandsAboveItsLineIsRaised) {
  const auto line = [](const std::string& word, const std::string& width = "160") {
    return "<TextLine HPOS='100' VPOS='500' WIDTH='" + width +
           "' HEIGHT='24'><String HPOS='100' VPOS='504' WIDTH='90' "
           "HEIGHT='20' "
           "CONTENT='Threshold'/>" +
           word + "</TextLine>";
  };
  EXPECT_EQ(declared(page_of_text(line("<String HPOS='200' VPOS='500' WIDTH='60' HEIGHT='24' CONTENT='boats!'/>"))),
            "raised: boats!\n");
  EXPECT_EQ(declared(page_of_text(line("<String HPOS='200' VPOS='502' WIDTH='8' HEIGHT='9' CONTENT='3'/>", "112"))),
            "raised: 3\n");
  EXPECT_EQ(declared(page_of_text(line("<String HPOS='200' VPOS='504' WIDTH='60' HEIGHT='20' CONTENT='boats!'/>"))),
            "");
}

TEST(Scans, WhatTheFileNamesItsRegionsIsDeclared) {
  const auto region = [](const std::string& attributes, const std::string& text) {
    return "<TextRegion " + attributes + "><TextLine><TextEquiv><Unicode>" + text +
           "</Unicode></TextEquiv></TextLine></TextRegion>";
  };
  EXPECT_EQ(declared("<PcGts><Page>" + region("type='header'", "Of Dykes") + region("type='page-number'", "12") +
                     region("custom='readingOrder {index:2;} structure {type:heading;}'", "The Boat") +
                     region("type='paragraph'", "The keepers had one.") +
                     region("type='footnote-continued'", "as was said.") + region("type='catch-word'", "when") +
                     "</Page></PcGts>"),
            "header: Of Dykes\npageNum: 12\nhead: The Boat\nfoot: as was said.\n"
            "catch: when\n");
  EXPECT_EQ(declared("<alto><Tags><OtherTag ID='B1' LABEL='MainZone'/><OtherTag ID='B2' "
                     "LABEL='NumberingZone'/></Tags><Layout><Page>"
                     "<TextBlock TAGREFS='B2'><TextLine><String CONTENT='7'/></TextLine></TextBlock>"
                     "<TextBlock TAGREFS='B1'><TextLine><String CONTENT='Low "
                     "water.'/></TextLine></TextBlock></Page></Layout></alto>"),
            "pageNum: 7\n");
}

TEST(Scans, RaisedLettersOfHocrAreDeclared) {
  EXPECT_EQ(
      declared(
          "<html><head><meta name='ocr-system' content='x'/></head><body><div class='ocr_page'><span class='ocr_line'>"
          "<span class='ocrx_word'>ebb<sup>2</sup></span></span></div></body></html>"),
      "raised: 2\n");
}

TEST(Scans, WhatIsDamagedIsRefused) {
  for (const std::string* whole : {&hocr_page, &alto_page, &page_page, &djvu_page, &abbyy_page}) {
    const std::string said = refusal(whole->substr(0, whole->size() * 2 / 3));
    EXPECT_NE(said.find("no well-formed XML"), std::string::npos) << said;
  }
  EXPECT_NE(
      refusal("<!DOCTYPE alto [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><alto><Page><String CONTENT='&b;'/></Page></alto>")
          .find("declares entities"),
      std::string::npos);
  EXPECT_NE(refusal("<alto><Layout/></alto>").find("without a page"), std::string::npos);
  EXPECT_NE(refusal("<alto><Page/></alto>").find("without a word"), std::string::npos);
  EXPECT_NE(refusal("<alto><Page><TextLine><String CONTENT='\xFF'/></TextLine></Page></alto>").find("no well-formed"),
            std::string::npos);
}

TEST(Scans, HostileFilesAreRefusedInEveryFormat) {
  const std::pair<std::string, std::string> roots[] = {
      {"<alto>", ""},
      {"<PcGts>", ""},
      {"<DjVuXML>", ""},
      {"<document xmlns='http://www.abbyy.com/FineReader_xml/FineReader10-schema-v1.xml'>", ""},
      {"<html xmlns='http://www.w3.org/1999/xhtml'><body><div class='ocr_page'>", ""}};
  for (const auto& [root, none] : roots) {
    std::string deep = root;
    for (int i = 0; i < 100000; ++i) deep += "<b>";
    EXPECT_NE(refusal(deep), "taken") << root;
    const std::string bomb = "<!DOCTYPE x [<!ENTITY a 'haha'><!ENTITY b '&a;&a;&a;&a;'>]>" + root + "&b;";
    EXPECT_NE(refusal(bomb).find("declares entities"), std::string::npos) << refusal(bomb);
    EXPECT_NE(refusal(root + "\xC3\x28"), "taken") << root;
    EXPECT_NE(refusal("<?xml version='1.0' encoding='klingon'?>" + root), "taken") << root;
    EXPECT_NE(refusal(root), "taken") << root;
  }
}

TEST(Scans, DamagedTsvIsRefusedByLine) {
  EXPECT_NE(refusal(tsv_page.substr(0, tsv_page.size() - 4)).find("line 15: is cut"), std::string::npos);
  const std::string head = tsv_page.substr(0, tsv_page.find('\n') + 1);
  EXPECT_NE(refusal(head + "5\t1\t1\n").find("line 2: has 3 columns"), std::string::npos);
  EXPECT_NE(refusal(head + "5\t1\t1\t1\t1\t1\tx\t1\t1\t1\t9\tebb\n").find("no number in column 7"), std::string::npos);
  EXPECT_NE(refusal(head + "5\t1\t1\t1\t1\t1\t1\t1\t1\t1\t9\te\xFF\n").find("no UTF-8"), std::string::npos);
  EXPECT_NE(refusal(head).find("without a page"), std::string::npos);
}

TEST(Scans, WhatAbbyyRaisesIsRaisedAndItsSoftHyphenIsOne) {
  const std::string file =
      "<document xmlns='http://www.abbyy.com/FineReader_xml/FineReader10-schema-v1.xml'><documentData><paragraphStyle "
      "id='a' "
      "role='footnote'/></documentData><page><block><text><par><line><formatting><charParams>e</charParams></"
      "formatting>"
      "<formatting superscript='1'><charParams>2</charParams></formatting><formatting><charParams> </charParams>"
      "<charParams>b</charParams><charParams>¬</charParams></formatting></line></par><par style='a'><line><formatting>"
      "<charParams>x</charParams></formatting></line></par></text></block></page></document>";
  EXPECT_EQ(read(file), "e2 b-\n\nx\n");
  EXPECT_EQ(declared(file), "raised: 2\nfoot: x\n");
}

}  // namespace

}  // namespace emend
