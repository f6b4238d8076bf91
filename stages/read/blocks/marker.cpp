// Marker's JSON: a tree of blocks, each with its HTML; a page is a block, and a block that holds others says so.
#include <functional>
#include <set>
#include <string>

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

using Ids = std::set<std::string, std::less<>>;

// page-0-1 of each id="page-0-1" in the HTML of a note.
void gather_ids_of_notes(const Json& block, Ids& ids, std::size_t depth) {
  constexpr std::string_view key = "id=\"";
  const std::string_view html = block["html"].text();
  if (block["block_type"].text() == "Footnote")
    for (std::size_t at = html.find(key); at != html.npos; at = html.find(key, at + 1)) {
      const std::size_t begin = at + key.size(), end = html.find('"', begin);
      if (end != html.npos) ids.emplace(html.substr(begin, end - begin));
    }
  if (depth < deepest)
    for (const Json& inner : block["children"].items()) gather_ids_of_notes(inner, ids, depth + 1);
}

// The mark of a note is a link to it, and no longer raised: `model.<a href="#page-0-0">1</a>`.
std::string with_raised_marks(std::string_view html, const Ids& notes) {
  constexpr std::string_view opens = "<a href=\"#", closes = "</a>";
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = html.find(opens); at != html.npos && !notes.empty(); at = html.find(opens, at + 1)) {
    const std::size_t id = at + opens.size(), quote = html.find("\">", id);
    if (quote == html.npos) break;
    const std::size_t begin = quote + 2, end = html.find('<', begin);
    if (end == html.npos || html.substr(end, closes.size()) != closes || end == begin) continue;
    const std::string_view words = html.substr(begin, end - begin);
    if (!notes.contains(html.substr(id, quote - id)) || words.find_first_not_of("0123456789") != words.npos) continue;
    out.append(html.substr(from, begin - from)).append("<sup>").append(words).append("</sup>");
    from = end;
  }
  return out.append(html.substr(from));
}

void add(const Json& block, BlockPage& page, const Ids& notes) {
  const std::string_view type = block["block_type"].text();
  const std::string html = with_raised_marks(block["html"].text(), notes);
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
void walk(const Json& block, BlockPage& page, const Ids& notes, std::size_t depth) {
  if (block["html"].text().find("<content-ref") == std::string_view::npos || depth > deepest)
    return add(block, page, notes);
  for (const Json& inner : block["children"].items()) walk(inner, page, notes, depth + 1);
}

}  // namespace

bool read_marker(const Json& file, BlockPages& pages) {
  const std::vector<Json>& all = file["children"].items();
  if (all.empty() || all[0]["block_type"].text() != "Page") return false;
  Ids notes;
  for (const Json& page : all) gather_ids_of_notes(page, notes, 0);
  int at = 0;
  for (const Json& page : all) {
    BlockPage& here = pages.at(at++);
    for (const Json& block : page["children"].items()) walk(block, here, notes, 0);
  }
  return true;
}

}  // namespace emend
