// Pages of Markdown in JSON: olmOCR's documents and pages, and what Mistral's service answers.
#include <algorithm>

#include "stages/read/blocks/blocks.h"

namespace emend {

namespace {

void add(std::string_view markdown, BlockPage& page) {
  Block& b = page.blocks.emplace_back();
  b.kind = BlockKind::markdown;
  b.text = markdown;
}

// The byte at which the character with this index begins, of characters counted from `from` on, which is moved there.
std::size_t byte_of(std::string_view s, int character, std::pair<int, std::size_t>& from) {
  auto& [count, at] = from;
  if (character < count) count = 0, at = 0;
  while (at < s.size() && count < character) {
    ++at;
    while (at < s.size() && (static_cast<unsigned char>(s[at]) & 0xC0u) == 0x80u) ++at;
    ++count;
  }
  return at;
}

// {"text": …, "attributes": {"pdf_page_numbers": [[0, 1200, 1], …]}}, by characters.
bool read_document(const Json& document, BlockPages& pages) {
  const std::string_view text = document["text"].text();
  const Json& spans = document["attributes"]["pdf_page_numbers"];
  if (!document["text"].is_text() || !spans.is_list()) return false;
  const int before = static_cast<int>(pages.all().size());
  std::pair<int, std::size_t> place{0, 0};
  std::size_t done = 0;
  for (const Json& span : spans.items()) {
    if (span.items().size() < 3) continue;
    const std::size_t end = std::max(done, byte_of(text, span.items()[1].number(0), place));
    add(text.substr(done, end - done), pages.at(before + std::max(0, span.items()[2].number(1) - 1)));
    done = end;
  }
  if (done < text.size()) add(text.substr(done), pages.at(pages.all().empty() ? 0 : -1));
  return true;
}

}  // namespace

bool read_olmocr(const Json& file, BlockPages& pages) {
  if (read_document(file, pages)) return true;
  if (file["natural_text"].is_text()) {
    add(file["natural_text"].text(), pages.at(0));
    return true;
  }
  bool any = false;
  for (const Json& one : file.items()) {
    if (!one.is_object()) return false;
    if (one["natural_text"].is_text())
      add(one["natural_text"].text(), pages.at(static_cast<int>(pages.all().size())));
    else if (!read_document(one, pages))
      return false;
    any = true;
  }
  return any && file.is_list();
}

bool read_mistral(const Json& file, BlockPages& pages) {
  const std::vector<Json>& all = file["pages"].items();
  if (all.empty() || !all[0]["markdown"].is_text()) return false;
  for (const Json& page : all)
    add(page["markdown"].text(), pages.at(page["index"].number(static_cast<int>(pages.all().size()))));
  return true;
}

}  // namespace emend
