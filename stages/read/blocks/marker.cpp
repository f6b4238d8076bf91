// Marker's JSON: a tree of blocks, each with its HTML; a page is a block, and a block that holds others says so.
#include "stages/read/blocks/blocks.h"
#include "stages/read/blocks/html_text.h"

namespace emend {

namespace {

struct Type {
  std::string_view name;
  BlockKind kind;
};

constexpr Type types[] = {
    {"Text", BlockKind::text},
    {"TextInlineMath", BlockKind::text},
    {"Handwriting", BlockKind::text},
    {"Reference", BlockKind::text},
    {"SectionHeader", BlockKind::heading},
    {"ListItem", BlockKind::item},
    {"Table", BlockKind::markdown},
    {"TableOfContents", BlockKind::markdown},
    {"Form", BlockKind::markdown},
    {"ComplexRegion", BlockKind::markdown},
    {"Figure", BlockKind::image},
    {"Picture", BlockKind::image},
    {"Equation", BlockKind::markdown},
    {"Code", BlockKind::code},
    {"Caption", BlockKind::caption},
    {"Footnote", BlockKind::note},
    {"PageHeader", BlockKind::header},
    {"PageFooter", BlockKind::footer},
};

constexpr std::size_t deepest = 32;

BlockKind kind_of(std::string_view type) {
  for (const Type& t : types)
    if (t.name == type) return t.kind;
  return BlockKind::unknown;
}

// 2 of <h2>.
int level_of(std::string_view html) {
  const std::size_t at = html.find("<h");
  return at != html.npos && at + 2 < html.size() && html[at + 2] >= '1' && html[at + 2] <= '6' ? html[at + 2] - '0' : 1;
}

void add(const Json& block, BlockPage& page) {
  const std::string_view type = block["block_type"].text(), html = block["html"].text();
  Block& b = page.blocks.emplace_back();
  b.kind = kind_of(type);
  b.label = type;
  b.text = markdown_of_html(html);
  if (b.kind == BlockKind::heading) b.level = level_of(html);
  if (b.kind == BlockKind::image) {
    const std::vector<std::string>& names = block["images"].keys();
    b.url = names.empty() ? "" : names[0];
    if (b.text.starts_with("![")) b.kind = BlockKind::markdown;
  }
}

// A block of which the HTML is made of others is nothing but these; the cells of a table are in its own.
void walk(const Json& block, BlockPage& page, std::size_t depth) {
  if (block["html"].text().find("<content-ref") == std::string_view::npos || depth > deepest) return add(block, page);
  for (const Json& inner : block["children"].items()) walk(inner, page, depth + 1);
}

}  // namespace

bool read_marker(const Json& file, BlockPages& pages) {
  const std::vector<Json>& all = file["children"].items();
  if (all.empty() || all[0]["block_type"].text() != "Page") return false;
  int at = 0;
  for (const Json& page : all) {
    BlockPage& here = pages.at(at++);
    for (const Json& block : page["children"].items()) walk(block, here, 0);
  }
  return true;
}

}  // namespace emend
