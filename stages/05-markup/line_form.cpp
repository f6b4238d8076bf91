// The signs that a line of Markdown begins and ends with.
#include "stages/05-markup/line_form.h"

#include <algorithm>
#include <string>

#include "pipeline/text/script.h"
#include "stages/05-markup/labelled.h"

namespace emend {

namespace {

constexpr std::size_t longest_mark = 120;  // of a page mark or a comment that is one

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool all_of(std::string_view s, std::string_view set) { return s.find_first_not_of(set) == s.npos; }

// Three or more of one character, blanks between them or not.
bool is_rule(std::string_view s) {
  if (s.empty() || std::string_view("-*_").find(s[0]) == std::string_view::npos) return false;
  const char set[] = {s[0], ' ', '\t'};
  return all_of(s, {set, sizeof set}) && std::count(s.begin(), s.end(), s[0]) >= 3;
}

// {12}------------
bool is_numbered_rule(std::string_view s) {
  const std::size_t close = s.find('}');
  return s.starts_with('{') && close != s.npos && close > 1 && all_of(s.substr(1, close - 1), "0123456789") &&
         s.size() >= close + 6 && all_of(s.substr(close + 1), "-");
}

bool says_page(std::string_view comment) {
  std::string words;
  for (const char c : comment.substr(4, comment.size() - 7)) words += c == '_' || c == '-' ? ' ' : lower(c);
  const std::string_view s = trim(words);
  return s.starts_with("page") || s.starts_with("new page") || s.ends_with("page break");
}

bool is_delimiter_row(std::string_view s) {
  return s.find('-') != s.npos && s.find('|') != s.npos && all_of(s, "|-: \t") && s.find("--") != s.npos;
}

// One image, and nothing else: ![words](address)
bool is_image(std::string_view s) {
  if (!s.starts_with("![") || !s.ends_with(')')) return false;
  const std::size_t middle = s.find("](");
  return middle != s.npos && s.find(')', middle) == s.size() - 1;
}

// Nothing but tags, of which one is an image.
bool is_html_image(std::string_view s) {
  const std::size_t tag = s.find("<img "), source = tag == s.npos ? s.npos : s.find(" src=", tag);
  if (s.size() > 2000 || source == s.npos || tag != s.rfind("<img ") || source + 6 >= s.size()) return false;
  const char quote = s[source + 5];
  const std::size_t end = s.find(quote, source + 6);
  if ((quote != '"' && quote != '\'') || end == s.npos || end == source + 6 || end > s.find('>', tag)) return false;
  while (!s.empty()) {
    const std::size_t close = s.find('>');
    if (s[0] != '<' || close == s.npos) return false;
    s = trim(s.substr(close + 1));
  }
  return true;
}

bool is_note_definition(std::string_view s) {
  if (!s.starts_with("[^")) return false;
  const std::size_t close = s.substr(0, 40).find("]:");
  return close != s.npos && close > 2;
}

// Where the empty anchors end that a line begins with: <span id="page-3-0"></span>
std::size_t anchors(std::string_view line) {
  std::size_t at = 0;
  for (std::string_view tag : {"</span>", "</a>"})
    while (line.substr(at).starts_with(tag.size() == 7 ? "<span id=" : "<a ")) {
      const std::size_t close = line.find('>', at);
      if (close == line.npos || !line.substr(close + 1).starts_with(tag)) break;
      at = close + 1 + tag.size();
    }
  return at;
}

}  // namespace

bool begins_with_tag(std::string_view s, std::string_view tag) {
  if (s.size() <= tag.size() + 1 || s[0] != '<') return false;
  for (std::size_t i = 0; i < tag.size(); ++i)
    if (lower(s[i + 1]) != tag[i]) return false;
  const char next = s[tag.size() + 1];
  return next == '>' || next == ' ' || next == '/' || next == '\t';
}

HashHeading hash_heading(std::string_view line) {
  HashHeading h;
  const std::size_t start = anchors(line);
  const std::size_t from = std::min(line.find_first_not_of(' ', start), line.size());
  std::size_t i = from;
  while (i < line.size() && line[i] == '#') ++i;
  if (i == from || i - from > 6 || from - start > 3 || i == line.size() || (line[i] != ' ' && line[i] != '\t'))
    return h;
  const std::size_t begin = line.find_first_not_of(" \t", i);
  if (begin == line.npos) return h;
  std::size_t end = line.find_last_not_of(" \t\r") + 1;
  std::size_t hashes = end;
  while (hashes > begin && line[hashes - 1] == '#') --hashes;
  if (hashes > begin && hashes < end && line[hashes - 1] == ' ') end = hashes;
  while (end > begin && (line[end - 1] == ' ' || line[end - 1] == '\t')) --end;
  h.level = static_cast<int>(i - from);
  h.begin = begin;
  h.end = end;
  return h;
}

namespace {

// $$…$$ or \[…\] in one line, or what opens or closes one over several.
LineForm form_of_formula(std::string_view s) {
  if (s == "$$" || s == "\\[" || s == "\\]") return LineForm::formula_fence;
  const bool dollars = s.starts_with("$$") && s.find("$$", 2) == s.size() - 2;
  const bool brackets = s.starts_with("\\[") && s.ends_with("\\]");
  return s.size() > 4 && (dollars || brackets) ? LineForm::formula : LineForm::text;
}

// A line that begins with a tag or a comment; `s` is what is left of it without blanks at the ends.
LineForm form_of_tag(std::string_view line, std::string_view s) {
  if (hash_heading(line).level > 0) return LineForm::heading;
  if (s.starts_with("<!--") && s.ends_with("-->") && s.size() >= 7)
    return s.size() <= longest_mark && says_page(s) ? LineForm::page_mark : LineForm::comment;
  if (is_html_image(s)) return LineForm::image;
  if (label_of(s)) return LineForm::labelled;
  return begins_with_tag(s, "table") ? LineForm::html_table : LineForm::text;
}

}  // namespace

LineForm form_of(std::string_view line) {
  const std::string_view s = trim(line);
  if (s.empty()) return LineForm::blank;
  const auto if_so = [](bool so, LineForm form) { return so ? form : LineForm::text; };
  switch (s[0]) {
    case '#': return if_so(hash_heading(line).level > 0, LineForm::heading);
    case '`':
    case '~': return if_so(s.starts_with("```") || s.starts_with("~~~"), LineForm::code_fence);
    case '$':
    case '\\': return form_of_formula(s);
    case '=': return if_so(s.size() >= 3 && all_of(s, "="), LineForm::underline);
    case '-':
    case '*':
    case '_':
    case ':':
      if (is_rule(s)) return LineForm::rule;
      return if_so(is_delimiter_row(s), LineForm::delimiter_row);
    case '|': return is_delimiter_row(s) ? LineForm::delimiter_row : LineForm::table_row;
    case '{': return if_so(is_numbered_rule(s), LineForm::page_mark);
    case '!': return if_so(is_image(s), LineForm::image);
    case '[': return if_so(is_note_definition(s), LineForm::note_definition);
    case '<': return form_of_tag(line, s);
    default: return LineForm::text;
  }
}

}  // namespace emend
