// Docling's JSON: a tree of references into lists of texts, groups, tables and pictures.
#include <algorithm>
#include <array>
#include <charconv>

#include "stages/read/blocks/blocks.h"

namespace emend {

namespace {

struct Type {
  std::string_view name;
  BlockKind kind;
};

constexpr Type types[] = {
    {"text", BlockKind::text},
    {"paragraph", BlockKind::text},
    {"reference", BlockKind::text},
    {"handwritten_text", BlockKind::text},
    {"checkbox_selected", BlockKind::text},
    {"checkbox_unselected", BlockKind::text},
    {"title", BlockKind::heading},
    {"section_header", BlockKind::heading},
    {"list_item", BlockKind::item},
    {"caption", BlockKind::caption},
    {"footnote", BlockKind::note},
    {"page_header", BlockKind::header},
    {"page_footer", BlockKind::footer},
    {"code", BlockKind::code},
    {"formula", BlockKind::formula},
};

constexpr std::size_t deepest = 64;
constexpr int most_cells = 100000;

BlockKind kind_of(std::string_view label) {
  for (const Type& t : types)
    if (t.name == label) return t.kind;
  return BlockKind::unknown;
}

// The byte at which the character with this index begins.
std::size_t byte_of(std::string_view s, int character) {
  std::size_t at = 0;
  for (; at < s.size(); ++at)
    if ((static_cast<unsigned char>(s[at]) & 0xC0u) != 0x80u && character-- <= 0) return at;
  return s.size();
}

std::string in_cell(std::string_view text) {
  std::string out = as_markdown(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

class Walk {
 public:
  Walk(const Json& file, BlockPages& pages) : file_(file), pages_(pages) {
    for (std::size_t k = 0; k < kinds.size(); ++k) seen_[k].resize(file[kinds[k]].items().size());
  }

  void children(const Json& node, std::size_t depth) {
    for (const Json& one : node["children"].items()) refer(one, depth);
  }

  // What no reference leads to.
  void rest() {
    for (std::size_t k = 0; k < kinds.size(); ++k)
      for (std::size_t i = 0; i < seen_[k].size(); ++i)
        if (!seen_[k][i] && kinds[k] != "groups") visit(k, i, 0);
  }

 private:
  static constexpr std::array<std::string_view, 4> kinds = {"texts", "groups", "tables", "pictures"};

  // #/texts/12
  void refer(const Json& reference, std::size_t depth) {
    std::string_view to = reference["$ref"].text();
    if (!to.starts_with("#/") || depth > deepest) return;
    to.remove_prefix(2);
    const std::size_t slash = std::min(to.find('/'), to.size());
    const auto kind =
        static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), to.substr(0, slash)) - kinds.begin());
    std::size_t i = 0;
    to.remove_prefix(std::min(to.size(), slash + 1));
    const auto [end, error] = std::from_chars(to.data(), to.data() + to.size(), i);
    if (kind < kinds.size() && error == std::errc{} && end == to.data() + to.size() && i < seen_[kind].size())
      visit(kind, i, depth);
  }

  void visit(std::size_t kind, std::size_t i, std::size_t depth) {
    if (seen_[kind][i]) return;
    seen_[kind][i] = true;
    const Json& item = file_[kinds[kind]].items()[i];
    if (kinds[kind] == "texts") text(item, depth);
    if (kinds[kind] == "groups") group(item, depth);
    if (kinds[kind] == "tables") table(item, depth);
    if (kinds[kind] == "pictures") picture(item, depth);
  }

  void all(const Json& references, std::size_t depth) {
    for (const Json& one : references.items()) refer(one, depth + 1);
  }

  Block& add(BlockKind kind, const Json& item, std::string text) {
    const Json& place = item["prov"].items().empty() ? item : item["prov"].items()[0];
    Block& b = pages_.at(place["page_no"].number(0) - 1).blocks.emplace_back();
    b.kind = kind;
    b.text = std::move(text);
    b.label = item["label"].text();
    const Json& box = place["bbox"];
    const int height = file_["pages"][std::to_string(place["page_no"].number(0))]["size"]["height"].number(0);
    if (height > 0 && box.is_object())
      b.upper = (box["t"].number(0) + box["b"].number(0) > height) == (box["coord_origin"].text() == "BOTTOMLEFT");
    return b;
  }

  static std::string styled(const Json& item, std::string_view plain) {
    std::string text = as_markdown(plain);
    if (text.find_first_not_of(' ') == text.npos) return text;
    const std::size_t first = text.find_first_not_of(" \n"), last = text.find_last_not_of(" \n") + 1;
    const std::string_view script = item["formatting"]["script"].text();
    std::string_view before = item["formatting"]["bold"].yes()     ? item["formatting"]["italic"].yes() ? "***" : "**"
                              : item["formatting"]["italic"].yes() ? "*"
                              : script == "super"                  ? "<sup>"
                                                                   : "";
    const std::string_view behind = before == "<sup>" ? "</sup>" : before;
    if (const std::string_view link = item["hyperlink"].text(); before.empty() && plain.find("://") == plain.npos &&
                                                                link.find("://") != link.npos &&
                                                                link.find_first_of(" )") == link.npos)
      return text.insert(last, "](" + std::string(link) + ")").insert(first, "[");
    return text.insert(last, behind).insert(first, before);
  }

  void text(const Json& item, std::size_t depth) {
    BlockKind kind = kind_of(item["label"].text());
    const bool furniture = item["content_layer"].text() == "furniture" && kind != BlockKind::footer;
    if (furniture) kind = BlockKind::header;
    const std::string_view plain = item["text"].text().empty() ? item["orig"].text() : item["text"].text();
    if (kind == BlockKind::code || kind == BlockKind::formula) {
      add(kind, item, std::string(plain));
    } else if (!cut(kind, item, plain)) {
      Block& b = add(kind, item, styled(item, plain));
      if (kind == BlockKind::heading) b.level = item["level"].number(0) + 1;
      if (kind == BlockKind::item) mark(b, item);
    }
    ++lists_;
    children(item, depth + 1);
    --lists_;
  }

  // A paragraph that stands on several pages is cut where its parts end.
  bool cut(BlockKind kind, const Json& item, std::string_view plain) {
    const std::vector<Json>& parts = item["prov"].items();
    if (parts.size() < 2 || (kind != BlockKind::text && kind != BlockKind::item)) return false;
    std::size_t from = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const int page = parts[i]["page_no"].number(0);
      while (i + 1 < parts.size() && parts[i + 1]["page_no"].number(0) == page) ++i;
      const bool last = i + 1 == parts.size();
      const std::size_t to = last ? plain.size()
                                  : std::max(from, byte_of(plain, parts[i + 1]["charspan"].items().empty()
                                                                      ? 0
                                                                      : parts[i + 1]["charspan"].items()[0].number(0)));
      Block& b = pages_.at(page - 1).blocks.emplace_back();
      b.kind = from == 0 ? kind : BlockKind::text;
      b.text = styled(item, plain.substr(from, to - from));
      if (from == 0 && kind == BlockKind::item) mark(b, item);
      from = to;
    }
    return true;
  }

  void mark(Block& b, const Json& item) const {
    b.level = static_cast<int>(lists_);
    if (const std::string_view sign = item["marker"].text();
        item["enumerated"].yes() && !sign.empty() && !b.text.starts_with(sign))
      b.text.insert(0, std::string(sign) + " ");
  }

  void group(const Json& item, std::size_t depth) {
    if (item["label"].text() == "inline") return inline_group(item);
    children(item, depth + 1);
  }

  // Pieces of one paragraph, each in its own look.
  void inline_group(const Json& group) {
    std::string all;
    const Json* first = nullptr;
    for (const Json& one : group["children"].items()) {
      const Json* found = take_text(one);
      if (found == nullptr) continue;
      const Json& item = *found;
      if (first == nullptr) first = &item;
      const std::string_view label = item["label"].text(), plain = item["text"].text();
      if (plain.empty()) continue;
      if (!all.empty()) all += ' ';
      all += label == "formula" ? "$" + std::string(plain) + "$"
             : label == "code"  ? "`" + std::string(plain) + "`"
                                : styled(item, plain);
    }
    if (first != nullptr) add(BlockKind::text, *first, all);
  }

  void table(const Json& item, std::size_t depth) {
    all(item["captions"], depth);
    std::string html;
    const std::vector<Json>& cells = item["data"]["table_cells"].items();
    int row = -1;
    if (!cells.empty()) {
      std::vector<const Json*> order;
      for (const Json& cell : cells) order.push_back(&cell);
      const auto key = [](const Json* c, std::string_view k) { return (*c)[k].number(0); };
      std::stable_sort(order.begin(), order.end(), [&](const Json* a, const Json* b) {
        return std::pair(key(a, "start_row_offset_idx"), key(a, "start_col_offset_idx")) <
               std::pair(key(b, "start_row_offset_idx"), key(b, "start_col_offset_idx"));
      });
      for (const Json* cell : order) {
        const int at = std::min(key(cell, "start_row_offset_idx"), most_cells);
        if (at != row) html += row < 0 ? "<tr>" : "</tr><tr>";
        row = at;
        const std::string tag = (*cell)["column_header"].yes() ? "th" : "td";
        html += "<" + tag + span(*cell, "col_span", "colspan") + span(*cell, "row_span", "rowspan") + ">" +
                in_cell((*cell)["text"].text()) + "</" + tag + ">";
      }
      add(BlockKind::table, item, "<table>" + html + "</tr></table>");
    }
    all(item["footnotes"], depth);
    children(item, depth + 1);
  }

  static std::string span(const Json& cell, std::string_view key, std::string_view name) {
    const int n = cell[key].number(1);
    return n > 1 && n < 1000 ? " " + std::string(name) + "=\"" + std::to_string(n) + "\"" : "";
  }

  // The words within a picture are what it shows: one block, and no paragraphs, however many pieces they were read in.
  void picture(const Json& item, std::size_t depth) {
    std::string_view url = item["image"]["uri"].text();
    if (url.starts_with("data:")) url = {};
    if (!url.empty()) add(BlockKind::image, item, "").url = url;
    all(item["captions"], depth);
    all(item["footnotes"], depth);
    std::string words;
    for (const Json& one : item["children"].items())
      if (const Json* text = take_text(one)) words.append((*text)["text"].text()).append(" ");
    if (url.empty() || !words.empty()) add(BlockKind::unknown, item, as_markdown(words));
    children(item, depth + 1);
  }

  // The text that is referred to and was not met before, or null.
  const Json* take_text(const Json& reference) {
    std::string_view to = reference["$ref"].text();
    std::size_t i = 0;
    if (!to.starts_with("#/texts/")) return nullptr;
    to.remove_prefix(8);
    const auto [end, error] = std::from_chars(to.data(), to.data() + to.size(), i);
    if (error != std::errc{} || end != to.data() + to.size() || i >= seen_[0].size() || seen_[0][i]) return nullptr;
    seen_[0][i] = true;
    return &file_["texts"].items()[i];
  }

  const Json& file_;
  BlockPages& pages_;
  std::array<std::vector<bool>, kinds.size()> seen_;
  std::size_t lists_ = 0;
};

}  // namespace

bool read_docling(const Json& file, BlockPages& pages) {
  if (file["schema_name"].text() != "DoclingDocument") return false;
  Walk walk(file, pages);
  walk.children(file["body"], 0);
  walk.children(file["furniture"], 0);
  walk.rest();
  return true;
}

}  // namespace emend
