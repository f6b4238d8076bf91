// Naming what stands between the cells of a table. Cells themselves are text.
#include "stages/05-markup/table_lines.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "stages/05-markup/line_form.h"
#include "stages/05-markup/phrases.h"

namespace emend {

namespace {

void read_pipe_row(const Line& line, Proposal& out) {
  const std::string_view s = line.text;
  std::size_t begin = s.find_first_not_of(" \t"), end = s.find_last_not_of(" \t\r") + 1;
  if (begin == s.npos) return;
  const bool opens = s[begin] == '|';
  const bool closes = end - begin > 1 && s[end - 1] == '|' && (end < begin + 2 || s[end - 2] != '\\');
  if (opens) {
    out.phrase(line, begin, begin + 1, "leader", "", "markup.border");
    ++begin;
  }
  if (closes) --end;
  std::size_t cell = begin;
  for (std::size_t i = begin; i <= end; ++i) {
    if (i < end && (s[i] != '|' || (i > 0 && s[i - 1] == '\\'))) continue;
    read_phrases(line, cell, i, PhraseSetting::text, out);
    if (i < end) out.phrase(line, i, i + 1, "gap", "", "markup.cell");
    cell = i + 1;
  }
  if (closes) out.phrase(line, end, end + 1, "leader", "", "markup.border");
}

// What a run of tags says of the cell that follows it.
struct Tags {
  bool row = false, cell = false, label = false;
  std::string spans;  // attributes
};

void read_span(std::string_view tag, std::string_view key, std::string_view name, std::string& spans) {
  const std::size_t at = tag.find(key);
  if (at == tag.npos) return;
  std::string digits;
  for (const char c : tag.substr(at + key.size())) {
    if (is_digit(static_cast<unsigned char>(c)) && digits.size() < 3)
      digits += c;
    else if (!digits.empty() || (c != '=' && c != '"' && c != '\'' && c != ' '))
      break;
  }
  if (!digits.empty() && digits != "1" && digits[0] != '0') spans += std::string(name) + "=" + digits + "\n";
}

void read_tag(std::string_view tag, Tags& tags) {
  if (begins_with_tag(tag, "tr")) tags.row = true, tags.cell = false;
  const bool heads = begins_with_tag(tag, "th");
  if (!heads && !begins_with_tag(tag, "td")) return;
  tags.cell = true;
  tags.label = heads;
  tags.spans.clear();
  read_span(tag, "colspan", "cols", tags.spans);
  read_span(tag, "rowspan", "rows", tags.spans);
}

constexpr std::string_view structure[] = {"table", "/table", "thead", "/thead", "tbody", "/tbody", "tfoot", "/tfoot",
                                          "tr",    "/tr",    "td",    "/td",    "th",    "/th",    "caption", "/caption",
                                          "colgroup", "/colgroup", "col", "html", "/html", "body", "/body"};

bool is_structure(std::string_view s) {
  return std::any_of(std::begin(structure), std::end(structure),
                     [&](std::string_view tag) { return begins_with_tag(s, tag); });
}

// The end of the tag that begins at `i`, or npos.
std::size_t tag_end(std::string_view s, std::size_t i) {
  const std::size_t close = s.find('>', i);
  return close == s.npos || close - i > 400 ? s.npos : close + 1;
}

class HtmlTable {
 public:
  explicit HtmlTable(Proposal& out) : out_(out) {}

  void read(const Line& line) {
    const std::string_view s = line.text;
    std::size_t text = 0;
    for (std::size_t i = s.find('<'); i != s.npos; i = s.find('<', i)) {
      if (!is_structure(s.substr(i, 24)) || tag_end(s, i) == s.npos) {
        ++i;
        continue;
      }
      cell(line, text, i);
      text = i = run(line, i);
    }
    cell(line, text, s.size());
  }

 private:
  void cell(const Line& line, std::size_t begin, std::size_t end) {
    if (begin >= end || trim(line.text.substr(begin, end - begin)).empty()) return;
    read_phrases(line, begin, end, PhraseSetting::text, out_);
  }


  // Tags with nothing but blanks between them are one gap. Gives its end.
  std::size_t run(const Line& line, std::size_t begin) {
    const std::string_view s = line.text;
    Tags tags;
    tags.row = row_;
    std::size_t end = begin;
    for (std::size_t i = begin; i < s.size();) {
      const std::size_t next = s.find_first_not_of(" \t", i);
      if (next == s.npos || s[next] != '<' || !is_structure(s.substr(next, 24))) break;
      const std::size_t close = tag_end(s, next);
      if (close == s.npos) break;
      const std::string_view tag = s.substr(next, close - next);
      if (tags.cell && (begins_with_tag(tag, "td") || begins_with_tag(tag, "th"))) break;  // an empty cell
      read_tag(tag, tags);
      end = i = close;
    }
    std::string attributes = tags.cell ? "cell=begins\n" + tags.spans : "";
    if (tags.cell && tags.row) attributes += tags.label ? "row=label\n" : "row=data\n";
    if (tags.cell)
      row_ = false, open_ = true;
    else
      row_ = tags.row, open_ = false;
    out_.phrase(line, begin, end, "markup", attributes, "markup.cell");
    return end;
  }

  Proposal& out_;
  bool row_ = false, open_ = false;  // a row began, and none of its cells; a cell is open
};

}  // namespace

void read_pipe_table(const Document& d, std::size_t first, std::size_t last, Proposal& out) {
  for (std::size_t i = first; i <= last; ++i) {
    const bool drawn = i + 1 <= last && form_of(d.lines[i + 1].text) == LineForm::delimiter_row;
    read_pipe_row(d.lines[i], out);
    if (drawn) {
      const std::string_view s = d.lines[i + 1].text;
      out.phrase(d.lines[i + 1], 0, s.size(), "leader", "", "markup.border");
    }
    out.block(i, i + drawn, "row", drawn ? "role=label" : "", "markup.row");
    i += drawn;
  }
}

std::size_t end_of_html_table(const Document& d, std::size_t first, std::size_t most) {
  for (std::size_t i = first; i < std::min(d.lines.size(), first + most); ++i)
    if (d.lines[i].text.find("</table") != std::string_view::npos) return i;
  return first;
}

void read_html_table(const Document& d, std::size_t first, std::size_t last, Proposal& out) {
  out.block(first, last, "row", "", "markup.row");
  HtmlTable table(out);
  for (std::size_t i = first; i <= last; ++i) table.read(d.lines[i]);
}

}  // namespace emend
