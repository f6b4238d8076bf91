// JSON of tools that read pages: its blocks make Markdown, and what is none or is cut is refused.
#include <gtest/gtest.h>

#include "pipeline/document/error.h"
#include "stages/read/blocks/blocks.h"
#include "tests/random.h"

namespace emend {
namespace {

std::string text_of(const std::string& json) { return blocks_text("book.json", json); }

std::string refusal(const std::string& json) {
  try {
    return "taken: " + text_of(json);
  } catch (const Error& e) {
    return e.code == Exit::input ? e.what() : "another error";
  }
}

TEST(Blocks, OfMinerUMakeMarkdown) {
  EXPECT_EQ(
      text_of(R"([
 {"type": "text", "text": "Chapter 1 The Ford", "text_level": 1, "bbox": [100, 100, 900, 140], "page_idx": 0},
 {"type": "text", "text": "They crossed $x^2$ times,\nand # 2 stayed.\n# no heading", "page_idx": 0},
 {"type": "list", "list_items": ["rope", "2. planks"], "page_idx": 0},
 {"type": "page_footnote", "text": "1 A ferry came later.", "bbox": [100, 850, 900, 880], "page_idx": 0},
 {"type": "header", "text": "The River", "bbox": [100, 40, 900, 60], "page_idx": 0},
 {"type": "page_number", "text": "7", "bbox": [490, 940, 510, 960], "page_idx": 0},
 {"type": "table", "img_path": "images/t.jpg", "table_caption": ["Table 1. Crossings"], "table_footnote": [],
  "table_body": "<html><table><tr><td>a</td>\n<td>b</td></tr></table></html>", "page_idx": 2},
 {"type": "image", "img_path": "images/a (1).jpg", "image_caption": ["Figure 1. The ford"], "page_idx": 2},
 {"type": "equation", "text": "$$\nQ = k h\n$$", "text_format": "latex", "page_idx": 2},
 {"type": "code", "sub_type": "code", "code_body": "```c\nint x;\n```", "page_idx": 2},
 {"type": "stamp", "text": "Archive", "page_idx": 2}])"),
      "<header>The River</header>\n\n# Chapter 1 The Ford\n\nThey crossed $x^2$ times,\nand # 2 stayed.\n\\# no "
      "heading\n\n"
      "- rope\n<li>2. planks</li>\n\n<footnote>1 A ferry came later.</footnote>\n\n<page_number>7</page_number>\n"
      "\f\f"
      "<figcaption>Table 1. Crossings</figcaption>\n\n<table><tr><td>a</td> <td>b</td></tr></table>\n\n"
      "![](images/a%20(1%29.jpg)\n\n<figcaption class=\"figure\">Figure 1. The ford</figcaption>\n\n$$\nQ = k h\n$$\n\n"
      "```\nint x;\n```\n\n<div data-label=\"stamp\">Archive</div>\n");
}

TEST(Blocks, OfTheOtherFormsOfMinerUMakeTheSame) {
  const std::string pages = text_of(
      R"([[{"type": "title", "content": {"title_content": [{"type": "text", "content": "1 The Ford"}], "level": 2}},
   {"type": "paragraph", "content": {"paragraph_content": [{"type": "text", "content": "They crossed "}, {"type": "equation_inline", "content": "n"}]}},
   {"type": "list", "content": {"list_type": "text_list", "list_items": [{"item_content": [{"type": "text", "content": "rope"}]}]}},
   {"type": "table", "content": {"image_source": {"path": "images/"}, "table_caption": [{"type": "text", "content": "Table 1"}], "html": "<table><tr><td>a</td></tr></table>"}},
   {"type": "page_number", "bbox": [480, 30, 520, 50], "content": {"page_number_content": [{"type": "text", "content": "3"}]}}], []])");
  EXPECT_EQ(pages,
            "<page_number>3</page_number>\n\n## 1 The Ford\n\nThey crossed $n$\n\n- rope\n\n<figcaption>Table "
            "1</figcaption>\n\n"
            "<table><tr><td>a</td></tr></table>\n\f");
  const std::string middle = text_of(R"({"pdf_info": [{"page_idx": 0, "page_size": [600, 800], "para_blocks": [
   {"type": "title", "level": 2, "lines": [{"spans": [{"type": "text", "content": "1 The Ford"}]}]},
   {"type": "text", "lines": [{"spans": [{"type": "text", "content": "They crossed"}, {"type": "inline_equation", "content": "n"}]}]},
   {"type": "list", "sub_type": "text", "blocks": [{"type": "text", "lines": [{"spans": [{"type": "text", "content": "rope"}]}]}]},
   {"type": "table", "blocks": [{"type": "table_body", "index": 2, "lines": [{"spans": [{"type": "table", "html": "<table><tr><td>a</td></tr></table>"}]}]},
    {"type": "table_caption", "index": 1, "lines": [{"spans": [{"type": "text", "content": "Table 1"}]}]}]}],
   "discarded_blocks": [{"type": "page_number", "bbox": [280, 10, 320, 30], "lines": [{"spans": [{"type": "text", "content": "3"}]}]}]}, {"page_idx": 1}]})");
  EXPECT_EQ(middle, pages);
}

TEST(Blocks, OfDoclingFollowTheReferences) {
  EXPECT_EQ(text_of(R"({"schema_name": "DoclingDocument", "pages": {"1": {"size": {"height": 800}}},
 "body": {"children": [{"$ref": "#/texts/0"}, {"$ref": "#/texts/1"}, {"$ref": "#/groups/0"}, {"$ref": "#/tables/0"}, {"$ref": "#/pictures/0"}, {"$ref": "#/texts/99"}, {"$ref": "#/body"}]},
 "groups": [{"label": "list", "children": [{"$ref": "#/texts/2"}, {"$ref": "#/groups/0"}]}],
 "texts": [
  {"label": "section_header", "level": 1, "text": "The *Ford*", "prov": [{"page_no": 1}], "children": []},
  {"label": "text", "text": "Über den Fluss", "prov": [{"page_no": 1, "charspan": [0, 8]}, {"page_no": 2, "charspan": [9, 14]}], "children": []},
  {"label": "list_item", "enumerated": true, "marker": "1.", "text": "rope", "prov": [{"page_no": 2}], "children": []},
  {"label": "caption", "text": "Table 1", "prov": [{"page_no": 2}]},
  {"label": "footnote", "text": "1 A note.", "prov": [{"page_no": 1}]},
  {"label": "page_header", "content_layer": "furniture", "text": "The River", "prov": [{"page_no": 1, "bbox": {"t": 790, "b": 780, "coord_origin": "BOTTOMLEFT"}}]},
  {"label": "text", "text": "a wheel", "prov": [{"page_no": 2}]}],
 "tables": [{"label": "table", "captions": [{"$ref": "#/texts/3"}], "prov": [{"page_no": 2}], "data": {"table_cells": [
  {"text": "b|c", "start_row_offset_idx": 1, "start_col_offset_idx": 0}, {"text": "a", "col_span": 2, "column_header": true, "start_row_offset_idx": 0, "start_col_offset_idx": 0}]}}],
 "pictures": [{"label": "picture", "prov": [{"page_no": 2}], "children": [{"$ref": "#/texts/6"}]}]})"),
            "<header>The River</header>\n\n## The \\*Ford\\*\n\nÜber den\n\n<footnote>1 A note.</footnote>\n\f"
            "Fluss\n\n<li>1. rope</li>\n\n<figcaption>Table 1</figcaption>\n\n"
            "<table><tr><th colspan=\"2\">a</th></tr><tr><td>b|c</td></tr></table>\n\n<div data-label=\"picture\">a "
            "wheel</div>\n");
}

TEST(Blocks, OfMarkerAreHtml) {
  EXPECT_EQ(text_of(R"({"block_type": "Document", "children": [{"block_type": "Page", "children": [
 {"block_type": "SectionHeader", "html": "<h2>The <span id='x'></span>Ford</h2>"},
 {"block_type": "Text", "html": "<p>They <b>cros</b><b>sed</b> it<sup>1</sup>, <i></i>2 * 3 <a href='#p'>[1]</a> &lt;times&gt; <math>x_1</math>.</p>"},
 {"block_type": "ListGroup", "html": "<ul><content-ref src='a'></content-ref></ul>", "children": [{"block_type": "ListItem", "html": "<li>rope</li>"}]},
 {"block_type": "Table", "html": "<table><tbody><tr><th rowspan='2'>a<br/>b</th></tr></tbody></table>", "children": [{"block_type": "TableCell"}]},
 {"block_type": "Code", "html": "<pre>if a:\n   b</pre>"},
 {"block_type": "Equation", "html": "<p><math display='block'>a=b</math></p>"},
 {"block_type": "Figure", "html": "", "images": {"/page/0/Figure/9": "AAAA"}},
 {"block_type": "Footnote", "html": "<p><sup>1</sup> Later.</p>"}, {"block_type": "PageFooter", "html": ""}]}]})"),
            "## The Ford\n\nThey **crossed** it<sup>1</sup>, 2 \\* 3 [1] \\<times> $x_1$.\n\n- rope\n\n"
            "<table><tr><th rowspan=\"2\">a b</th></tr></table>\n\n```\nif a:\n   b\n```\n\n$$\na=b\n$$\n\n"
            "![](/page/0/Figure/9)\n\n<footnote><sup>1</sup> Later.</footnote>\n");
}

TEST(Blocks, OfPaddleArePagesInAnyWrapping) {
  const std::string page = R"({"page_index": null, "height": 1000, "parsing_res_list": [
 {"block_label": "number", "block_content": "5", "block_bbox": [480, 20, 520, 40]},
 {"block_label": "doc_title", "block_content": "The Ford", "block_bbox": [1, 2, 3, 4]},
 {"block_label": "paragraph_title", "block_content": "### 1 Rope", "block_bbox": [1, 2, 3, 4]},
 {"block_label": "figure_title", "block_content": "<div style=\"text-align: center;\">Figure 1</div>"},
 {"block_label": "image", "block_content": "", "block_bbox": [10, 20, 30, 40]},
 {"block_label": "weather", "block_content": "fog"}]})";
  const std::string text =
      "<page_number>5</page_number>\n\n# The Ford\n\n### 1 Rope\n\n![](imgs/img_in_image_box_10_20_30_40.jpg)\n\n"
      "<figcaption class=\"figure\">Figure 1</figcaption>\n\n<div data-label=\"weather\">fog</div>\n";
  EXPECT_EQ(text_of(page), text);
  EXPECT_EQ(text_of("{\"res\": " + page + "}"), text);
  EXPECT_EQ(text_of("[" + page + ", " + page + "]"), text + "\f" + text);
  EXPECT_EQ(text_of("{\"result\": {\"layoutParsingResults\": [{\"prunedResult\": " + page + "}]}}"), text);
}

TEST(Blocks, OfDotsHaveCategories) {
  const std::string page = R"([{"bbox": [1, 2, 3, 4], "category": "Section-header", "text": "### The Ford"},
 {"bbox": [1, 2, 3, 4], "category": "List-item", "text": "- rope\n- planks"}, {"bbox": [1, 2, 3, 4], "category": "Picture"}])";
  const std::string text = "### The Ford\n\n- rope\n- planks\n\n<div data-label=\"picture\"></div>\n";
  EXPECT_EQ(text_of(page), text);
  EXPECT_EQ(text_of("[" + page + ", []]"), text + "\f");
}

TEST(Blocks, OfPagesOfMarkdownStayMarkdown) {
  EXPECT_EQ(text_of(R"({"text": "# Über\nEs fror.", "attributes": {"pdf_page_numbers": [[0, 7, 1], [7, 15, 3]]}})"),
            "# Über\n\f\fEs fror.\n");
  EXPECT_EQ(text_of("{\"natural_text\": \"# A\"}\n{\"natural_text\": \"b\"}\n"), "# A\n\fb\n");
  EXPECT_EQ(
      text_of(R"~({"pages": [{"index": 0, "markdown": "# A"}, {"index": 1, "markdown": "- b\n\n![x](img-0.jpeg)"}]})~"),
      "# A\n\f- b\n\n![x](img-0.jpeg)\n");
}

TEST(Blocks, LoseNoWord) {
  constexpr const char* types[] = {"text",       "header",   "footer", "page_number", "page_footnote",
                                   "aside_text", "equation", "stamp",  "title"};
  constexpr const char* signs[] = {"# ", "* ",   "- ", "$$ ",     "\\n", "\\n\\n", "```\\n",
                                   "| ", "<b> ", "> ", "\\u0000", "1. ", "[^1]: ", "--- "};
  Random random(71);
  for (int round = 0; round < 200; ++round) {
    std::string json = "[";
    const std::size_t blocks = 1 + random.below(8);
    for (std::size_t i = 0; i < blocks; ++i) {
      json += (i > 0 ? "," : "") + std::string("{\"type\":\"") + types[random.below(std::size(types))] +
              "\",\"page_idx\":" + std::to_string(random.below(4)) +
              ",\"text_level\":" + std::to_string(random.below(9)) + ",\"text\":\"";
      for (std::size_t k = 0; k < 3; ++k)
        json += signs[random.below(std::size(signs))] + ("word" + std::to_string(i * 3 + k)) + " ";
      json += "\"}";
    }
    const std::string text = text_of(json + "]");
    for (std::size_t word = 0; word < blocks * 3; ++word)
      ASSERT_NE(text.find("word" + std::to_string(word) + ""), std::string::npos) << json << "\n" << text;
  }
}

TEST(Blocks, PlainTextHoldsNoMarkup) {
  EXPECT_EQ(as_markdown("a_b _c_ 2*3 <b> 1 < 2 `x` [^1] [2](y) ~~z~~ \\* \\alpha"),
            "a_b \\_c\\_ 2\\*3 \\<b> 1 < 2 \\`x\\` \\[^1] [2\\](y) \\~~z\\~~ \\\\\\* \\alpha");
}

TEST(Blocks, WhatIsNotReadIsRefused) {
  EXPECT_NE(refusal(R"({"name": "a book", "pages": []})").find("not in a form that emend reads"), std::string::npos);
  EXPECT_NE(refusal(R"([{"type": "text", "text": "cut)").find("no well-formed JSON"), std::string::npos);
  EXPECT_NE(refusal("[{\"type\": \"text\", \"text\": \"\xFF\", \"page_idx\": 0}]").find("no well-formed JSON"),
            std::string::npos);
  EXPECT_NE(refusal(R"([{"type": "text", "text": "", "page_idx": 0}])").find("without a word"), std::string::npos);
  EXPECT_NE(refusal(std::string(100000, '[')).find("deeper"), std::string::npos);
  std::string many = "[";
  for (int i = 0; i < 10'000'001; ++i) many += "1,";
  EXPECT_NE(refusal(many + "1]").find("ten million"), std::string::npos);
}

TEST(Blocks, StandOnThePageThatTheyName) {
  EXPECT_EQ(text_of(R"([{"type": "text", "text": "b", "page_idx": 1}, {"type": "text", "text": "a", "page_idx": 0},
                        {"type": "text", "text": "far", "page_idx": 900000000}, {"type": "text", "text": "none", "page_idx": "x"}])"),
            "a\n\fb\n\nfar\n\nnone\n");
}

}  // namespace
}  // namespace emend
