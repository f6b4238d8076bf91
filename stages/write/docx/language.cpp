// What language each run of a DOCX is in, and which font its quotation marks are to come from: Word asks for both.
// Pandoc 2.17 tells neither; Pandoc 3 tells the language, but not as Word calls it.
#include <algorithm>
#include <charconv>
#include <map>

#include "pipeline/text/script.h"
#include "pipeline/text/utf8.h"
#include "stages/write/docx/docx.h"
#include "stages/write/docx/parts.h"
#include "stages/write/package/book_words.h"
#include "stages/write/package/xhtml.h"

namespace emend {
namespace {

using pugi::xml_node;
constexpr std::string_view language_prefix = "emend-lang-", endnote_prefix = "emend-end-";

/// The run's properties; Word wants them first.
xml_node properties(xml_node run) {
  xml_node found = run.child("w:rPr");
  return found ? found : run.prepend_child("w:rPr");
}

/// Characters that Chinese and Western type both have, and set differently.
bool is_ambiguous(char32_t c) {
  return (c >= 0x2018 && c <= 0x201F) || c == 0x2014 || c == 0x2026 || c == 0x00B7 || is_enclosed_number(c);
}

struct Seen {
  bool east_asian = false, ambiguous = false;
};

Seen characters(std::string_view text) {
  Seen seen;
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const char32_t c = next_character(text, i);
    seen.east_asian |= is_cjk(c);
    seen.ambiguous |= is_ambiguous(c);
  }
  return seen;
}

/// Quotation marks, dashes and ellipses beside Chinese, or in a Chinese text, are Chinese.
void hint(xml_node run, bool in_east_asian) {
  Seen seen;
  for (const xml_node& text : run.children("w:t")) {
    const Seen here = characters(text.text().get());
    seen.east_asian |= here.east_asian;
    seen.ambiguous |= here.ambiguous;
  }
  if (!seen.ambiguous || (!seen.east_asian && !in_east_asian)) return;
  xml_node all = properties(run);
  xml_node fonts = all.child("w:rFonts");
  if (!fonts) {
    const xml_node style = all.child("w:rStyle");
    fonts = style ? all.insert_child_after("w:rFonts", style) : all.prepend_child("w:rFonts");
  }
  set_attribute(fonts, "w:hint", "eastAsia");
}

void set_language(xml_node run, std::string_view language) {
  xml_node all = properties(run);
  all.remove_child("w:lang");
  all.append_child("w:lang").append_attribute(is_east_asian(language) ? "w:eastAsia" : "w:val") =
      word_language(language).c_str();
}

/// Both halves of a bookmark, whose name says more than a place.
struct OpenMark {
  std::string id, language;
  bool endnote = false;
};

/// The marks that are open at a place of the story, and the bookmarks that have done their work.
class OpenMarks {
 public:
  void begin(const xml_node& bookmark) {
    const std::string_view name = bookmark.attribute("w:name").value();
    OpenMark mark{bookmark.attribute("w:id").value(), "", name.starts_with(endnote_prefix)};
    if (name.starts_with(language_prefix)) mark.language = name.substr(name.find('-', language_prefix.size()) + 1);
    if (mark.language.empty() && !mark.endnote) return;
    open_.push_back(std::move(mark));
    spent_.push_back(bookmark);
  }

  void end(const xml_node& bookmark) {
    const std::string_view id = bookmark.attribute("w:id").value();
    const auto mark = std::find_if(open_.begin(), open_.end(), [&](const OpenMark& m) { return m.id == id; });
    if (mark == open_.end()) return;
    open_.erase(mark);
    spent_.push_back(bookmark);
  }

  /// The innermost language, or nothing.
  std::string_view language() const {
    const auto mark = std::find_if(open_.rbegin(), open_.rend(), [](const OpenMark& m) { return !m.language.empty(); });
    return mark == open_.rend() ? std::string_view() : std::string_view(mark->language);
  }

  bool in_endnote() const {
    return std::any_of(open_.begin(), open_.end(), [](const OpenMark& m) { return m.endnote; });
  }

  void remove_spent() const {
    for (const xml_node& node : spent_) node.parent().remove_child(node);
  }

 private:
  std::vector<OpenMark> open_;
  std::vector<xml_node> spent_;
};

}  // namespace

std::string docx_language_mark(std::string_view language, int number) {
  return std::string(language_prefix) + std::to_string(number) + "-" + std::string(language.substr(0, 16));
}

std::string docx_endnote_mark(int number) { return std::string(endnote_prefix) + std::to_string(number); }

bool is_east_asian(std::string_view language) {
  return language.starts_with("zh") || language.starts_with("ja") || language.starts_with("ko");
}

std::string word_language(std::string_view language) {
  const std::string first(language.substr(0, language.find('-')));
  for (std::size_t dash = language.find('-'); dash != std::string_view::npos; dash = language.find('-', dash + 1)) {
    const std::string_view rest = language.substr(dash + 1);
    const bool region = rest.size() == 2 || (rest.size() > 2 && rest[2] == '-');
    if (region) return first + "-" + std::string(rest.substr(0, 2));
  }
  const std::string_view tag = book_word("tag", language);
  return std::string(tag.starts_with(first) ? tag : language);
}

void apply_marks(const xml_node& story, std::string_view language, std::vector<std::string>& endnotes) {
  OpenMarks marks;
  for (xml_node node = story; node; node = next_element(node, story)) {
    const std::string_view name = node.name();
    if (name == "w:bookmarkStart") {
      marks.begin(node);
    } else if (name == "w:bookmarkEnd") {
      marks.end(node);
    } else if (name == "w:r") {
      const std::string_view inner = marks.language();
      if (!inner.empty()) set_language(node, inner);
      hint(node, is_east_asian(inner.empty() ? language : inner));
    } else if (name == "w:footnoteReference" && marks.in_endnote()) {
      endnotes.emplace_back(node.attribute("w:id").value());
    }
  }
  marks.remove_spent();
}

}  // namespace emend
