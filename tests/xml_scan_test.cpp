// XML without a tree: what is met, in order; and what is none.
#include "stages/write/xml_scan.h"

#include <gtest/gtest.h>

#include <string>

namespace emend {
namespace {

// What is met, or "bad".
std::string met(std::string_view xml) {
  std::string all;
  const XmlVisitor visitor{
      .open =
          [&](std::string_view name, std::string_view attributes) {
            all.append("<").append(name).append(" n=").append(attribute_in(attributes, "n")).append(">");
          },
      .close = [&] { all += "</>"; },
      .text = [&](std::string_view text) { all += text; }};
  return scan_xml(xml, visitor) ? all : "bad";
}

TEST(XmlScan, MeetsTagsAndTextsInOrder) {
  EXPECT_EQ(met("<?xml version=\"1.0\"?>\n<a n='1'>x<b m=\"2\" n=\"3\"/><!-- <c> -->y</a>\n"),
            "<a n=1>x<b n=3></>y</>");
  EXPECT_EQ(met("<a>&lt;&#65;&#x42;&amp;<![CDATA[<&]]></a>"), "<a n=><AB&<&</>");
  EXPECT_EQ(met("<a n=\"1 > 0\" >x</a >"), "<a n=1 > 0>x</>");
}

TEST(XmlScan, SaysWhatIsNoXml) {
  for (const char* bad : {"", "x", "<a>", "<a></b>", "<a/><b/>", "</a>", "<a>&x;</a>", "<a>&amp</a>", "<a n='1>",
                          "<!DOCTYPE a><a/>", "<a><!-- </a>", "<>x</>"})
    EXPECT_EQ(met(bad), "bad") << bad;
}

TEST(XmlScan, FindsAttributesByTheirWholeName) {
  EXPECT_EQ(attribute_in(" xml:id=\"a\"\n id = 'b' x=\"n='c'\"", "id"), "b");
  EXPECT_EQ(attribute_in(" xml:id=\"a\"", "id"), "");
  EXPECT_EQ(attribute_in("", "id"), "");
}

}  // namespace
}  // namespace emend
