// MinerU's other files, which are set by pages: the second form of the content list, what its models answer, and
// middle.json, whose blocks hold lines of spans.
#include <algorithm>

#include "stages/read/blocks/blocks.h"

namespace emend {

namespace {

struct Type {
  std::string_view name;
  BlockKind kind;
};

constexpr Type types[] = {
    {"title", BlockKind::heading},
    {"doc_title", BlockKind::heading},
    {"paragraph_title", BlockKind::heading},
    {"paragraph", BlockKind::text},
    {"text", BlockKind::text},
    {"abstract", BlockKind::text},
    {"ref_text", BlockKind::text},
    {"phonetic", BlockKind::text},
    {"vertical_text", BlockKind::text},
    {"formula_number", BlockKind::text},
    {"footnote", BlockKind::text},
    {"image_footnote", BlockKind::text},
    {"table_footnote", BlockKind::text},
    {"chart_footnote", BlockKind::text},
    {"code_footnote", BlockKind::text},
    {"equation", BlockKind::formula},
    {"interline_equation", BlockKind::formula},
    {"equation_interline", BlockKind::formula},
    {"image", BlockKind::image},
    {"chart", BlockKind::image},
    {"image_body", BlockKind::image},
    {"chart_body", BlockKind::image},
    {"header_image", BlockKind::image},
    {"footer_image", BlockKind::image},
    {"table", BlockKind::table},
    {"table_body", BlockKind::table},
    {"caption", BlockKind::caption},
    {"image_caption", BlockKind::caption},
    {"table_caption", BlockKind::caption},
    {"chart_caption", BlockKind::caption},
    {"code_caption", BlockKind::caption},
    {"algorithm_caption", BlockKind::caption},
    {"code", BlockKind::code},
    {"code_body", BlockKind::code},
    {"algorithm", BlockKind::code},
    {"list", BlockKind::item},
    {"index", BlockKind::item},
    {"header", BlockKind::header},
    {"page_header", BlockKind::header},
    {"footer", BlockKind::footer},
    {"page_footer", BlockKind::footer},
    {"page_number", BlockKind::page_number},
    {"aside_text", BlockKind::aside},
    {"page_aside_text", BlockKind::aside},
    {"page_footnote", BlockKind::note},
};

constexpr std::size_t deepest = 16;

BlockKind kind_of(std::string_view type) {
  for (const Type& t : types)
    if (t.name == type) return t.kind;
  return BlockKind::unknown;
}

// A piece of a line.
std::string text_of_span(const Json& span) {
  const std::string_view type = span["type"].text(), content = span["content"].text();
  if (content.empty()) return std::string(span["html"].text());
  if (type == "inline_equation" || type == "equation_inline") return "$" + std::string(content) + "$";
  if (type == "code_inline") return "`" + std::string(content) + "`";
  return std::string(content);
}

// What stands beside each other: words, and pieces of them.
std::string text_of_spans(const Json& spans) {
  std::string out;
  for (const Json& span : spans.items()) {
    const std::string text = text_of_span(span);
    const bool formula = text.starts_with('$');
    if (!out.empty() && !text.empty() && (formula || out.back() == '$') && out.back() != ' ' && text.front() != ' ')
      out += ' ';
    out += text;
  }
  return out;
}

class PageReader {
 public:
  PageReader(BlockPage& page, int height) : page_(page), height_(height) {}

  /// An entry of a content list, or of what a model answered.
  void entry(const Json& e) {
    const std::string type(e["type"].text());
    const Json& said = e["content"];
    if (!said.is_object()) return add(e, kind_of(type), said.text());
    const std::string_view path = said["image_source"]["path"].text();
    for (std::size_t i = 0; i < said.keys().size(); ++i) {
      const std::string_view key = said.keys()[i];
      const Json& value = said.items()[i];
      if (key == "level" || key == "html" || key == "list_items" || key == "math_content" || key == "content") continue;
      if (key.ends_with("_caption")) add(e, BlockKind::caption, text_of_spans(value));
      if (key.ends_with("_content"))
        add(e, kind_of(type), value.is_text() ? std::string(value.text()) : text_of_spans(value));
    }
    const std::string_view html = said["html"].text();
    if (!html.empty())
      add(e, BlockKind::table, html);
    else if (kind_of(type) == BlockKind::image || kind_of(type) == BlockKind::table)
      add(e, BlockKind::image, "", path);
    if (said["math_content"].is_text()) add(e, BlockKind::formula, said["math_content"].text());
    if (said["content"].is_text()) add(e, BlockKind::markdown, said["content"].text());
    const bool sources = said["list_type"].text() == "reference_list";
    for (const Json& item : said["list_items"].items())
      add(e, sources ? BlockKind::text : BlockKind::item,
          item.is_text() ? std::string(item.text()) : text_of_spans(item["item_content"]));
    for (std::size_t i = 0; i < said.keys().size(); ++i)
      if (said.keys()[i].ends_with("_footnote")) add(e, BlockKind::text, text_of_spans(said.items()[i]));
  }

  /// A block of middle.json.
  void block(const Json& b, std::size_t depth = 0, BlockKind in_list = BlockKind::unknown) {
    const std::string_view type = b["type"].text();
    BlockKind kind = kind_of(type);
    if (!b["blocks"].items().empty() && depth < deepest) {
      std::vector<const Json*> inner;
      for (const Json& one : b["blocks"].items()) inner.push_back(&one);
      std::stable_sort(inner.begin(), inner.end(),
                       [](const Json* x, const Json* y) { return (*x)["index"].number(0) < (*y)["index"].number(0); });
      for (const Json* one : inner)
        block(*one, depth + 1,
              kind == BlockKind::item && b["sub_type"].text() != "ref_text" ? kind : BlockKind::unknown);
      return;
    }
    if (in_list == BlockKind::item && kind == BlockKind::text) kind = BlockKind::item;
    std::string text, path;
    for (const Json& line : b["lines"].items()) {
      if (!text.empty()) text += '\n';
      text += text_of_spans(line["spans"]);
      for (const Json& span : line["spans"].items())
        if (const std::string_view image = span["image_path"].text(); !image.empty())
          path = "images/" + std::string(image);
    }
    if (kind == BlockKind::image || (kind == BlockKind::table && text.find("<table") == text.npos)) {
      add(b, BlockKind::image, "", path);
      kind = BlockKind::markdown;
    }
    if (!text.empty()) add(b, kind, text);
  }

 private:
  void add(const Json& of, BlockKind kind, std::string_view text, std::string_view url = {}) {
    Block& b = page_.blocks.emplace_back();
    b.kind = kind;
    b.text = text;
    b.url = url;
    b.label = of["type"].text();
    if (kind == BlockKind::heading)
      b.level = std::max(1, std::max(of["level"].number(1), of["content"]["level"].number(1)));
    if (const std::vector<Json>& box = of["bbox"].items(); box.size() == 4)
      b.upper = box[1].real(0) + box[3].real(0) < (height_ > 0 ? height_ : box[3].real(0) > 1 ? 1000 : 1);
  }

  BlockPage& page_;
  int height_;  // 0: of a thousand parts, or one
};

}  // namespace

bool read_mineru_pages(const Json& file, BlockPages& pages) {
  if (const std::vector<Json>& all = file["pdf_info"].items(); !all.empty()) {
    for (const Json& page : all) {
      const std::vector<Json>& size = page["page_size"].items();
      PageReader reader(pages.at(page["page_idx"].number(-1)), size.size() == 2 ? size[1].number(0) : 0);
      for (const std::string_view list : {"para_blocks", "discarded_blocks"})
        for (const Json& block : page[list].items()) reader.block(block);
    }
    return true;
  }
  const auto is_page = [](const Json& page) {
    return page.is_list() &&
           (page.items().empty() || (page.items()[0]["type"].is_text() && page.items()[0].has("content")));
  };
  if (file.items().empty() || !file.is_list() || !std::all_of(file.items().begin(), file.items().end(), is_page))
    return false;
  int at = 0;
  for (const Json& page : file.items()) {
    PageReader reader(pages.at(at++), 0);
    for (const Json& entry : page.items()) reader.entry(entry);
  }
  return true;
}

}  // namespace emend
