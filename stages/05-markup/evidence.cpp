// Counting the signs of Markdown in the lines of a text.
#include "stages/05-markup/evidence.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "stages/05-markup/line_form.h"
#include "weights/markup.h"

namespace emend {

namespace {

int weight(LineForm form) {
  switch (form) {
    case LineForm::heading:
    case LineForm::page_mark:
    case LineForm::delimiter_row: return 2;
    case LineForm::image:
    case LineForm::html_table:
    case LineForm::note_definition: return 4;
    case LineForm::code_fence:
    case LineForm::formula_fence:
    case LineForm::labelled:
    case LineForm::comment: return 1;
    default: return 0;
  }
}

bool is_blank_line(const Document& d, std::size_t i) { return i >= d.lines.size() || trim(d.lines[i].text).empty(); }

// A # that sets a heading off: nothing stands right above it, and it reads as a title or has a blank line behind it. In
// code a comment begins so, within the code or as a sentence.
bool sets_heading_off(const Document& d, std::size_t i) {
  const auto begins_page = [&] { return d.source[d.lines[i].at.begin - 1] == '\f'; };
  if (i > 0 && !is_blank_line(d, i - 1) && !begins_page() && form_of(d.lines[i - 1].text) == LineForm::text)
    return false;
  const std::string_view text = d.lines[i].text;
  const std::string_view title = trim(text.substr(std::min(text.find_first_not_of("# "), text.size())));
  const bool sentence = is_lower(first_character(title)) || ends_sentence(title) || last_character(title) == ':';
  return !sentence || is_blank_line(d, i + 1);
}

bool named_markdown(std::string_view name) { return name.ends_with(".md") || name.ends_with(".markdown"); }

}  // namespace

bool is_markdown(const Document& d) {
  if (!d.form.empty()) return d.form == "markdown";
  const int wanted = named_markdown(d.name) ? markup::enough_by_name : markup::enough;
  int seen = 0, headings = 0, comments = 0;
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    const LineForm form = form_of(d.lines[i].text);
    if (form == LineForm::heading)
      ++(sets_heading_off(d, i) ? headings : comments);
    else if ((seen += weight(form)) >= wanted)
      return true;
  }
  if (comments * 2 < headings && seen + headings * weight(LineForm::heading) >= wanted) return true;
  return named_markdown(d.name) &&
         (d.source.find("**") != std::string::npos || d.source.find("<sup>") != std::string::npos);
}

}  // namespace emend
