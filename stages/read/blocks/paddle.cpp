// PaddleOCR's PP-StructureV3 and PaddleOCR-VL: a page as the list of its blocks, in a file of its own, in a list of
// pages or in what their service answers.
#include <algorithm>

#include "stages/read/blocks/blocks.h"
#include "stages/read/blocks/html_text.h"

namespace emend {

namespace {

struct Type {
  std::string_view name;
  BlockKind kind;
};

constexpr Type types[] = {
    {"text", BlockKind::text},
    {"content", BlockKind::markdown},
    {"abstract", BlockKind::text},
    {"reference", BlockKind::text},
    {"reference_content", BlockKind::text},
    {"vertical_text", BlockKind::text},
    {"vision_footnote", BlockKind::text},
    {"formula_number", BlockKind::text},
    {"ocr", BlockKind::text},
    {"doc_title", BlockKind::heading},
    {"paragraph_title", BlockKind::heading},
    {"figure_title", BlockKind::caption},
    {"table_title", BlockKind::caption},
    {"chart_title", BlockKind::caption},
    {"figure_table_chart_title", BlockKind::caption},
    {"table", BlockKind::table},
    {"image", BlockKind::image},
    {"chart", BlockKind::image},
    {"seal", BlockKind::image},
    {"header_image", BlockKind::image},
    {"footer_image", BlockKind::image},
    {"formula", BlockKind::formula},
    {"display_formula", BlockKind::formula},
    {"inline_formula", BlockKind::formula},
    {"algorithm", BlockKind::code},
    {"footnote", BlockKind::note},
    {"header", BlockKind::header},
    {"footer", BlockKind::footer},
    {"number", BlockKind::page_number},
    {"aside_text", BlockKind::aside},
};

BlockKind kind_of(std::string_view label) {
  for (const Type& t : types)
    if (t.name == label) return t.kind;
  return BlockKind::unknown;
}

std::string without_hashes(std::string_view s) {
  const std::size_t first = s.find_first_not_of("# ");
  return std::string(first == s.npos ? std::string_view{} : s.substr(first));
}

void add(const Json& entry, int height, BlockPage& page) {
  const std::string label(entry["block_label"].text());
  const std::string_view content = entry["block_content"].text();
  const std::vector<Json>& box = entry["block_bbox"].items();
  Block& b = page.blocks.emplace_back();
  b.kind = kind_of(label);
  b.label = label;
  b.text = content.starts_with("<div")    ? markdown_of_html(content)  // as it is set for its Markdown
           : b.kind == BlockKind::heading ? without_hashes(content)
                                          : std::string(content);
  const std::size_t hashes = std::min(content.find_first_not_of('#'), content.size());
  b.level = hashes > 0 ? static_cast<int>(hashes) : label == "doc_title" ? 1 : 2;
  if (box.size() == 4 && height > 0) b.upper = box[1].number(0) + box[3].number(0) < height;
  if (b.kind != BlockKind::image) return;
  if (b.text.find("](") != std::string::npos) {
    b.kind = BlockKind::markdown;
    return;
  }
  b.text.clear();
  b.url = "imgs/img_in_" + label + "_box";  // as the same tools name the files beside their Markdown
  for (const Json& side : box) b.url += "_" + std::to_string(side.number(0));
  b.url += ".jpg";
  if (content.empty()) return;
  Block words;
  words.kind = content.find("<table") != content.npos ? BlockKind::table : BlockKind::text;
  words.text = content;
  page.blocks.push_back(std::move(words));
}

// The object that holds the blocks of one page: as it is, or within others.
const Json& blocks_of(const Json& page) {
  if (page["res"].is_object()) return page["res"];
  if (page["prunedResult"].is_object()) return page["prunedResult"];
  return page;
}

bool read_one(const Json& page, BlockPages& pages) {
  const Json& whole = blocks_of(page);
  if (!whole["parsing_res_list"].is_list()) return false;
  const int at = whole["page_index"].number(-1);
  BlockPage& here = pages.at(at >= 0 ? at : static_cast<int>(pages.all().size()));
  for (const Json& entry : whole["parsing_res_list"].items()) add(entry, whole["height"].number(0), here);
  return true;
}

}  // namespace

bool read_paddle(const Json& file, BlockPages& pages) {
  if (read_one(file, pages)) return true;
  const Json& result = file["result"].is_object() ? file["result"] : file;
  const std::vector<Json>& all =
      result["layoutParsingResults"].is_list() ? result["layoutParsingResults"].items() : result.items();
  bool any = false;
  if (result.is_list() || result["layoutParsingResults"].is_list())
    for (const Json& page : all) {
      if (page["result"]["layoutParsingResults"].is_list()) {  // answers, one a line
        for (const Json& inner : page["result"]["layoutParsingResults"].items()) any = read_one(inner, pages) || any;
      } else {
        any = read_one(page, pages) || any;
      }
    }
  return any;
}

}  // namespace emend
