// dots.ocr: the blocks of one page, each with its category; or a list of such pages.
#include "stages/read/blocks/blocks.h"

namespace emend {

namespace {

struct Type {
  std::string_view name;
  BlockKind kind;
};

constexpr Type types[] = {
    {"Text", BlockKind::text},          {"Title", BlockKind::heading},      {"Section-header", BlockKind::heading},
    {"List-item", BlockKind::item},     {"Table", BlockKind::table},        {"Picture", BlockKind::image},
    {"Formula", BlockKind::formula},    {"Caption", BlockKind::caption},    {"Footnote", BlockKind::note},
    {"Page-header", BlockKind::header}, {"Page-footer", BlockKind::footer},
};

BlockKind kind_of(std::string_view category) {
  for (const Type& t : types)
    if (t.name == category) return t.kind;
  return BlockKind::unknown;
}

void add(const Json& entry, BlockPage& page) {
  const std::string_view category = entry["category"].text();
  std::string_view text = entry["text"].text();
  const BlockKind kind = kind_of(category);
  int level = category == "Title" ? 1 : 2;
  if (kind == BlockKind::heading) {
    const std::size_t hashes = std::min(text.find_first_not_of('#'), text.size());
    if (hashes > 0) level = static_cast<int>(hashes);
    text.remove_prefix(hashes);
  }
  for (bool more = true; more;) {  // items may come several in a block, a line each
    const std::size_t end = kind == BlockKind::item ? std::min(text.find('\n'), text.size()) : text.size();
    Block& b = page.blocks.emplace_back();
    b.kind = kind;
    b.text = text.substr(0, end);
    b.label = category;
    b.level = kind == BlockKind::item ? 0 : level;
    text.remove_prefix(std::min(text.size(), end + 1));
    more = !text.empty();
  }
}

bool is_page(const Json& page) {
  return !page.items().empty() && page.items()[0]["category"].is_text() && page.items()[0].has("bbox");
}

}  // namespace

bool read_dots(const Json& file, BlockPages& pages) {
  if (is_page(file)) {
    for (const Json& entry : file.items()) add(entry, pages.at(0));
    return true;
  }
  bool any = false;
  int at = 0;
  for (const Json& page : file.items()) {
    const Json& blocks = page["layout"].is_list() ? page["layout"] : page;
    BlockPage& here = pages.at(at++);
    if (!blocks.is_list() || (!blocks.items().empty() && !is_page(blocks))) return false;
    for (const Json& entry : blocks.items()) add(entry, here);
    any = any || !blocks.items().empty();
  }
  return any && file.is_list();
}

}  // namespace emend
