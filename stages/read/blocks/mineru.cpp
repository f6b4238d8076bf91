// MinerU's content list: blocks with a type, one after the other, each with the page it stands on.
#include "stages/read/blocks/blocks.h"

namespace emend {

namespace {

struct Type {
  std::string_view name;
  BlockKind kind;
};

constexpr Type types[] = {
    {"text", BlockKind::text},
    {"ref_text", BlockKind::text},
    {"phonetic", BlockKind::text},
    {"title", BlockKind::heading},
    {"image", BlockKind::image},
    {"chart", BlockKind::image},
    {"seal", BlockKind::image},
    {"table", BlockKind::table},
    {"equation", BlockKind::formula},
    {"interline_equation", BlockKind::formula},
    {"code", BlockKind::code},
    {"algorithm", BlockKind::code},
    {"list", BlockKind::item},
    {"index", BlockKind::item},
    {"header", BlockKind::header},
    {"footer", BlockKind::footer},
    {"page_number", BlockKind::page_number},
    {"aside_text", BlockKind::aside},
    {"page_footnote", BlockKind::note},
    {"discarded", BlockKind::unknown},
};

BlockKind kind_of(std::string_view type) {
  for (const Type& t : types)
    if (t.name == type) return t.kind;
  return BlockKind::unknown;
}

class Content {
 public:
  Content(const Json& entry, BlockPage& page) : entry_(entry), page_(page), type_(entry["type"].text()) {}

  void read() {
    const BlockKind kind = kind_of(type_);
    switch (kind) {
      case BlockKind::image: return image();
      case BlockKind::table: return table();
      case BlockKind::code: return code();
      case BlockKind::item: return list();
      default: break;
    }
    const int level = entry_["text_level"].number(kind == BlockKind::heading ? 1 : 0);
    Block& b = add(level > 0 && kind == BlockKind::text ? BlockKind::heading : kind, entry_["text"].text());
    b.level = level;
  }

 private:
  Block& add(BlockKind kind, std::string_view text) {
    Block& b = page_.blocks.emplace_back();
    b.kind = kind;
    b.text = text;
    b.label = type_;
    if (const std::vector<Json>& box = entry_["bbox"].items(); box.size() == 4)  // of a page of 1000
      b.upper = box[1].number(0) + box[3].number(0) < 1000;
    return b;
  }

  // A text, or several.
  void add_all(BlockKind kind, std::string_view key) {
    const Json& said = entry_[key];
    if (said.is_text()) add(kind, said.text());
    for (const Json& one : said.items())
      if (one.is_text()) add(kind, one.text());
  }

  void image() {
    const std::string of(type_ == "chart" ? "chart" : "image");
    add(BlockKind::image, "").url = entry_["img_path"].text();
    add_all(BlockKind::markdown, "content");
    add_all(BlockKind::caption, of + "_caption");
    add_all(BlockKind::caption, "img_caption");  // before 1.0
    add_all(BlockKind::text, of + "_footnote");
    add_all(BlockKind::text, "img_footnote");
    add_all(BlockKind::text, "text");
  }

  void table() {
    add_all(BlockKind::caption, "table_caption");
    if (const std::string_view body = entry_["table_body"].text(); !body.empty())
      add(BlockKind::table, body);
    else
      add(BlockKind::image, "").url = entry_["img_path"].text();
    add_all(BlockKind::text, "table_footnote");
    add_all(BlockKind::text, "text");
  }

  void code() {
    add_all(BlockKind::caption, "code_caption");
    add_all(BlockKind::code, "code_body");
    add_all(BlockKind::text, "code_footnote");
    add_all(BlockKind::text, "text");
  }

  void list() {
    const bool sources = entry_["sub_type"].text() == "ref_text";
    add_all(sources ? BlockKind::text : BlockKind::item, "list_items");
    add_all(BlockKind::text, "text");
  }

  const Json& entry_;
  BlockPage& page_;
  std::string_view type_;
};

}  // namespace

bool read_mineru(const Json& file, BlockPages& pages) {
  const std::vector<Json>& entries = file.items();
  if (entries.empty() || !entries[0]["type"].is_text() || !entries[0].has("page_idx")) return false;
  for (const Json& entry : entries) Content(entry, pages.at(entry["page_idx"].number(-1))).read();
  return true;
}

}  // namespace emend
