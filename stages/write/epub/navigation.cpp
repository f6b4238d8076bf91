// The lists by which a reader finds a place: contents, printed pages and landmarks, as EPUB 3 has them in nav.xhtml and
// EPUB 2 in toc.ncx.
#include <algorithm>
#include <functional>
#include <set>

#include "pipeline/text/numerals.h"
#include "stages/write/epub/parts.h"
#include "stages/write/package/book_words.h"
#include "stages/write/package/xhtml.h"

namespace emend {
namespace {

/// Walks `places` as a tree by their levels: `open` at each place, `close` after all that lies below it. Deeper places
/// than `most` are left out; a level that is skipped makes no empty one.
void walk(const std::vector<EpubPlace>& places, int most, const std::function<void(const EpubPlace&, bool first)>& open,
          const std::function<void(bool last)>& close) {
  std::vector<int> levels;
  bool first = true;  // of its siblings
  for (const EpubPlace& place : places) {
    bool closed = false;
    while (!levels.empty() && levels.back() >= place.level) {
      const bool goes_up = levels.size() > 1 && levels[levels.size() - 2] >= place.level;
      close(goes_up);
      levels.pop_back();
      closed = true;
    }
    if (static_cast<int>(levels.size()) >= most) continue;
    first = !closed;
    open(place, first);
    levels.push_back(place.level);
  }
  while (!levels.empty()) {
    close(true);
    levels.pop_back();
  }
}

void append_link(std::string& out, const EpubPlace& place, const std::string& kind = "") {
  out += "<a";
  if (!kind.empty()) out += " epub:type=\"" + kind + '"';
  out += " href=\"";
  append_escaped(out, place.target);
  out += "\">";
  append_escaped(out, place.text);
  out += "</a>";
}

std::string style_link(const std::string& style) {
  if (style.empty()) return "";
  std::string out = "<link rel=\"stylesheet\" type=\"text/css\" href=\"";
  append_escaped(out, style);
  return out + "\" />\n";
}

/// XHTML 1.1, which EPUB 2 has.
std::string opening_2(const BookMetadata& metadata, const std::string& title, const std::string& style) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.1//EN\" "
      "\"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"";
  append_escaped(out, metadata.language);
  out += "\">\n<head>\n<title>";
  append_escaped(out, title);
  out += "</title>\n" + style_link(style) + "</head>\n<body>\n<div id=\"toc\">\n<h1>";
  append_escaped(out, title);
  return out + "</h1>\n";
}

std::string opening(const BookMetadata& metadata, const std::string& title, const std::string& style) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" "
      "xmlns:epub=\"http://www.idpf.org/2007/ops\" xml:lang=\"";
  append_escaped(out, metadata.language);
  out += "\" lang=\"";
  append_escaped(out, metadata.language);
  out += is_right_to_left(metadata.language) ? "\" dir=\"rtl" : "";
  out += "\">\n<head>\n<meta charset=\"utf-8\" />\n<title>";
  append_escaped(out, title);
  return out + "</title>\n" + style_link(style) + "</head>\n<body epub:type=\"frontmatter\">\n";
}

std::string list_of_contents(const EpubContents& contents) {
  std::string out;
  walk(
      contents.headings, contents.depth,
      [&](const EpubPlace& place, bool first) {
        out += first ? "<ol>\n<li>" : "<li>";
        append_link(out, place);
      },
      [&](bool last) { out += last ? "</li>\n</ol>\n" : "</li>\n"; });
  return out;
}

std::string list_of(const std::vector<EpubPlace>& places, const std::vector<std::string>& kinds) {
  std::string out = "<ol>\n";
  for (std::size_t i = 0; i < places.size(); ++i) {
    out += "<li>";
    append_link(out, places[i], kinds.empty() ? "" : kinds[i]);
    out += "</li>\n";
  }
  return out + "</ol>\n";
}

std::string nav(const std::string& attributes, std::string_view heading, const std::string& list) {
  std::string out = "<nav " + attributes + ">\n<h1>";
  append_escaped(out, heading);
  return out + "</h1>\n" + list + "</nav>\n";
}

/// What NCX calls a page by the kind of its number.
std::string_view page_type(std::string_view label) {
  if (label.find_first_not_of("0123456789") == std::string_view::npos) return "normal";
  return label.find_first_not_of("ivxlcdmIVXLCDM") == std::string_view::npos ? "front" : "special";
}

std::string ncx_label(std::string_view text) {
  std::string out = "<navLabel><text>";
  append_escaped(out, text);
  return out + "</text></navLabel>";
}

std::string ncx_content(std::string_view target) {
  std::string out = "<content src=\"";
  append_escaped(out, target);
  return out + "\" />";
}

}  // namespace

std::string navigation_document(const EpubContents& contents, const BookFacts& facts, const std::string& style,
                                bool version_2) {
  const std::string_view language = facts.metadata.language;
  const std::string title(book_word("contents", language));
  if (version_2)
    return opening_2(facts.metadata, title, style) + list_of_contents(contents) + "</div>\n</body>\n</html>\n";
  std::string out = opening(facts.metadata, title, style);
  out += nav("epub:type=\"toc\" id=\"toc\" role=\"doc-toc\"", title, list_of_contents(contents));
  if (!contents.landmarks.empty()) {
    out += nav("epub:type=\"landmarks\" id=\"landmarks\" hidden=\"hidden\"", book_word("landmarks", language),
               list_of(contents.landmarks, contents.kinds));
  }
  if (!contents.pages.empty()) {
    out += nav("epub:type=\"page-list\" id=\"page-list\" role=\"doc-pagelist\" hidden=\"hidden\"",
               book_word("pages", language), list_of(contents.pages, {}));
  }
  return out + "</body>\n</html>\n";
}

std::string ncx_document(const EpubContents& contents, const BookFacts& facts, const std::string& identifier) {
  std::string map;
  int depth = 0, deepest = 1, points = 0;
  walk(
      contents.headings, contents.depth,
      [&](const EpubPlace& place, bool) {
        deepest = std::max(deepest, ++depth);
        map += "<navPoint id=\"navPoint-" + std::to_string(++points) + "\">" + ncx_label(place.text) +
               ncx_content(place.target) + "\n";
      },
      [&](bool) {
        map += "</navPoint>\n";
        --depth;
      });
  std::string pages;
  int highest = 0, place = 0;
  std::set<int> values{0};
  for (const EpubPlace& page : contents.pages) {
    const std::string_view type = page_type(page.text);
    int value = type == "normal" ? read_whole_number(page.text).value : 0;
    if (!values.insert(value).second) value = 0;  // a value may stand for one page only
    highest = std::max(highest, value);
    pages += "<pageTarget id=\"pageTarget-" + std::to_string(++place) + "\" type=\"" + std::string(type) + "\"" +
             (value > 0 ? " value=\"" + std::to_string(value) + "\"" : "") + ">" + ncx_label(page.text) +
             ncx_content(page.target) + "</pageTarget>\n";
  }
  const auto meta = [](std::string_view name, std::string_view value) {
    std::string out = "<meta name=\"dtb:" + std::string(name) + "\" content=\"";
    append_escaped(out, value);
    return out + "\" />\n";
  };
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ncx version=\"2005-1\" "
      "xmlns=\"http://www.daisy.org/z3986/2005/ncx/\">\n<head>\n" +
      meta("uid", identifier) + meta("depth", std::to_string(deepest)) +
      meta("totalPageCount", std::to_string(contents.pages.size())) + meta("maxPageNumber", std::to_string(highest)) +
      "</head>\n<docTitle><text>";
  append_escaped(out, facts.metadata.title);
  out += "</text></docTitle>\n<navMap>\n" + map + "</navMap>\n";
  if (!pages.empty()) out += "<pageList>\n" + pages + "</pageList>\n";
  return out + "</ncx>\n";
}

}  // namespace emend
