// Finds the fence that closes another, and names the lines between them.
#include "stages/05-markup/fences.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "stages/05-markup/line_form.h"
#include "stages/05-markup/phrases.h"

namespace emend {

namespace {

void hide_line(const Document& d, std::size_t i, Proposal& out) {
  if (!d.lines[i].text.empty()) out.edit(d.lines[i], 0, d.lines[i].text.size(), "", "markup.hidden");
}

}  // namespace

// The line that closes the fence of line `i`, or `i` if none does.
std::size_t Fences::closing(std::size_t i, std::string_view fence) const {
  const std::size_t end = std::min(d_.lines.size(), i + most_fenced);
  for (std::size_t k = i + 1; k < end; ++k)
    if (const std::string_view s = trim(d_.lines[k].text);
        fence[0] == '`' || fence[0] == '~' ? s.starts_with(fence) && s.find_first_not_of(fence[0]) == s.npos
                                           : s == fence)
      return k;
  return i;
}

std::size_t Fences::code(std::size_t i) {
  const std::string_view s = trim(d_.lines[i].text);
  const std::size_t end = i < unclosed_code_ ? closing(i, s.substr(0, 3)) : i;
  if (end == i) unclosed_code_ = std::min(unclosed_code_, i);
  if (end > i) return read_between(i, end, {"hi", "rend=code", "markup.code"});
  hide_line(d_, i, out_);
  return i + 1;
}

std::size_t Fences::formula(std::size_t i) {
  const std::string_view s = trim(d_.lines[i].text);
  const std::size_t end = i < unclosed_formula_ ? closing(i, s == "$$" ? "$$" : "\\]") : i;
  if (end == i) {
    unclosed_formula_ = std::min(unclosed_formula_, i);
    return i + 1;
  }
  return read_between(i, end, {"formula", "notation=TeX", "markup.formula"});
}

// One paragraph, whose lines stay lines; a line of a formula that TeX could not read stays text.
std::size_t Fences::read_between(std::size_t i, std::size_t end, const Fenced& as) {
  hide_line(d_, i, out_);
  std::size_t first = end;
  for (std::size_t k = i + 1; k < end; ++k) {
    const Line& line = d_.lines[k];
    if (trim(line.text).empty()) continue;
    if (first == end)
      first = k;
    else
      out_.join(line, "\n", as.rule);
    if (as.name != "formula" || stays_as_it_is(line.text))
      out_.phrase(line, 0, line.text.size(), as.name, as.attributes, as.rule);
  }
  if (first < end) out_.block(first, end - 1, "p", "", as.rule);
  hide_line(d_, end, out_);
  return end + 1;
}

}  // namespace emend
