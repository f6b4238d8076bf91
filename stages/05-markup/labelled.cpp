// HTML names some of them; the others are those of the models that read pages.
#include "stages/05-markup/labelled.h"

#include "pipeline/text/script.h"
#include "stages/05-markup/line_form.h"

namespace emend {

namespace {

struct Tag {
  std::string_view tag, name;
};

constexpr Tag tags[] = {
    {"header", "header"},       {"footer", "footer"}, {"page_number", "pageNum"},
    {"watermark", "watermark"}, {"footnote", "note"}, {"aside", "aside"},
    {"figcaption", "caption"},  {"li", "item"},       {"div", "unknown"},
};

constexpr std::size_t longest_tag = 200;

std::string_view quoted(std::string_view tag, std::string_view key) {
  const std::size_t at = tag.find(key);
  if (at == tag.npos) return {};
  tag.remove_prefix(at + key.size());
  return tag.substr(0, tag.find('"'));
}

}  // namespace

Label label_of(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == line.npos || line[begin] != '<') return {};
  const std::string_view s = line.substr(begin);
  for (const Tag& t : tags) {
    if (!begins_with_tag(s, t.tag)) continue;
    const std::size_t close = s.find('>');
    if (close == s.npos || close > longest_tag) return {};
    Label label{t.name, t.tag, {}, begin, begin + close + 1};
    if (t.name == "caption") label.said = quoted(s.substr(0, close), "class=\"");
    if (t.tag == "div" && (label.said = quoted(s.substr(0, close), "data-label=\"")).empty()) return {};
    return label;
  }
  return {};
}

std::size_t end_of_label(std::string_view line, const Label& label) {
  const std::size_t end = line.find_last_not_of(" \t\r") + 1;
  const std::size_t size = label.tag.size() + 3;
  if (end < size || line[end - 1] != '>' || line.substr(end - size, 2) != "</" ||
      line.substr(end - size + 2, label.tag.size()) != label.tag)
    return line.npos;
  return end - size;
}

}  // namespace emend
