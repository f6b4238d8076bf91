// What a tool that reads pages says of them: blocks of text, each with what it is. Each reader of a form of JSON makes
// these, and they make the text that the book is made from: Markdown, a form feed between pages.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/read/blocks/json.h"

namespace emend {

enum class BlockKind : std::uint8_t {
  text,      // a paragraph
  heading,   // of `level`
  item,      // of a list
  markdown,  // lines that are Markdown already, whatever is in them
  table,     // HTML
  image,     // `text` is what it shows, `url` where it is
  formula,   // TeX
  code,
  note,  // at the foot of the page
  header,
  footer,
  page_number,
  aside,    // in the margin
  caption,  // of the table or image beside it
  unknown,  // something that the tool calls `label`
};

/// A block in its place among the others. `text` is Markdown, but for tables, formulas and code.
struct Block {
  BlockKind kind = BlockKind::text;
  std::string text;
  int level = 0;
  std::string url, label;
  std::optional<bool> upper;  // of furniture: in the upper half of the page, if the file says where it is
};

struct BlockPage {
  std::vector<Block> blocks;  // in the order in which they are read
};

/// The pages of a book, in order, by their place in the file that the tool read; those between which are not told of
/// are empty.
class BlockPages {
 public:
  /// The page with this place, counted from 0; `page` below 0 or far behind the others is the last one.
  BlockPage& at(int page);
  const std::vector<BlockPage>& all() const { return pages_; }

 private:
  std::vector<BlockPage> pages_;
};

/// What makes pages of a form of JSON; false if the value is not in this form.
using ReadBlocks = bool (*)(const Json&, BlockPages&);
bool read_mineru(const Json&, BlockPages&);
bool read_mineru_pages(const Json&, BlockPages&);
bool read_docling(const Json&, BlockPages&);
bool read_marker(const Json&, BlockPages&);
bool read_paddle(const Json&, BlockPages&);
bool read_dots(const Json&, BlockPages&);
bool read_olmocr(const Json&, BlockPages&);
bool read_mistral(const Json&, BlockPages&);

/// The Markdown of `plain`, in which none of its characters is markup.
std::string as_markdown(std::string_view plain);

/// The text of a JSON file in one of the forms. Error(Exit::input) if it is in none, is no JSON, or holds no word.
std::string blocks_text(const std::string& name, std::string_view bytes);

}  // namespace emend
