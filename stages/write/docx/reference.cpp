// The parts of styles/docx, filled in for one book and zipped.
#include <algorithm>
#include <array>
#include <utility>

#include "stages/write/docx/docx.h"
#include "stages/write/docx/layouts.h"
#include "stages/write/docx/parts.h"
#include "stages/write/package/archive.h"
#include "stages/write/package/book_words.h"
#include "stages/write/package/template.h"
#include "stages/write/package/xhtml.h"

namespace emend {
namespace embedded {
extern const std::string_view docx_content_types, docx_relationships, docx_document, docx_document_relationships,
    docx_header, docx_footer, docx_settings, docx_styles;
}
namespace {

/// Chapters begin a page where they are longer than one: in a book, and not in a paper of a few pages. A page has some
/// 700 Chinese characters or 2000 Western ones, which are as many bytes.
bool chapters_break(const BookFacts& facts) {
  constexpr std::size_t pages_of_a_book = 24, bytes_of_a_page = 2000;
  const std::size_t pages = std::max(static_cast<std::size_t>(facts.pages), facts.bytes / bytes_of_a_page);
  return pages >= pages_of_a_book && !facts.sections.empty();
}

std::string first_line(int hundredths, int twips) {
  return "<w:ind w:firstLineChars=\"" + std::to_string(hundredths) + "\" w:firstLine=\"" + std::to_string(twips) +
         "\"/>";
}

void add_layout(const DocxLayout& layout, bool east_asian, TemplateWords& words) {
  const auto add = [&](std::string_view name, int value) { words.emplace_back(name, std::to_string(value)); };
  add("width", layout.width);
  add("height", layout.height);
  add("top", layout.top);
  add("right", layout.right);
  add("bottom", layout.bottom);
  add("left", layout.left);
  add("measure", layout.measure());
  add("size", layout.text);
  add("size-title", layout.title);
  for (std::size_t level = 1; level <= layout.headings.size(); ++level) {
    add("size-" + std::to_string(level), layout.headings[level - 1]);
  }
  add("line", layout.line != 0 ? layout.line : east_asian ? 360 : 288);
  if (layout.hyphenated) words.emplace_back("hyphenated", "<w:autoHyphenation/>");
}

TemplateWords words_for(const BookFacts& facts, const DocxLayout& layout) {
  const std::string& language = facts.metadata.language;
  const bool east_asian = is_east_asian(language);
  const bool chinese_indent = language.starts_with("zh") || language.starts_with("ja");
  std::string title;
  append_escaped(title, facts.metadata.title);
  TemplateWords words{{"title", std::move(title)},
                      {"chapter-level", std::to_string(facts.chapter_level)},
                      {"latin", east_asian ? "en-US" : word_language(language)},
                      {"east-asian", east_asian ? word_language(language) : "zh-CN"},
                      {"serif", std::string(book_word("font.serif", language))},
                      {"sans", std::string(book_word("font.sans", language))},
                      {"body-indent", chinese_indent ? first_line(200, 440) : "<w:ind w:firstLine=\"340\"/>"},
                      {"first-indent", chinese_indent ? first_line(200, 440) : "<w:ind w:firstLine=\"0\"/>"}};
  add_layout(layout, east_asian, words);
  if (layout.chapters_break || chapters_break(facts)) {
    for (int level = 1; level <= facts.chapter_level; ++level) {
      words.emplace_back("break-" + std::to_string(level), "<w:pageBreakBefore/>");
    }
  }
  return words;
}

}  // namespace

std::string reference_docx(const BookFacts& facts, std::string_view layout) {
  const TemplateWords words = words_for(facts, docx_layout(layout));
  const std::array<std::pair<const char*, std::string_view>, 8> parts{
      {{"[Content_Types].xml", embedded::docx_content_types},
       {"_rels/.rels", embedded::docx_relationships},
       {"word/document.xml", embedded::docx_document},
       {"word/_rels/document.xml.rels", embedded::docx_document_relationships},
       {"word/styles.xml", embedded::docx_styles},
       {"word/settings.xml", embedded::docx_settings},
       {"word/header1.xml", embedded::docx_header},
       {"word/footer1.xml", embedded::docx_footer}}};
  std::vector<ArchiveMember> members;
  for (const auto& [name, part] : parts) members.push_back({name, fill_template(part, words)});
  return write_zip(members);
}

}  // namespace emend
