// Looks at what stands beside the rules.
#include "stages/05-markup/page_rules.h"

#include <string_view>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "stages/05-markup/title_lines.h"

namespace emend {

namespace {

// The line of words right before or behind line `i`, or nothing.
std::string_view beside(const Document& d, const std::vector<LineForm>& forms, std::size_t i, int step) {
  for (int n = 0; n < 4; ++n) {
    if (step < 0 ? i == 0 : i + 1 == forms.size()) return {};
    i = step < 0 ? i - 1 : i + 1;
    if (forms[i] != LineForm::blank) return trim(d.lines[i].text);
  }
  return {};
}

bool numbered_edge(std::string_view s) {
  return !s.empty() && !wider_than(s, 70) &&
         (is_digit(static_cast<unsigned char>(s.front())) || is_digit(static_cast<unsigned char>(s.back())));
}

bool torn(std::string_view s) { return wider_than(s, 40) && !ends_sentence(s); }

}  // namespace

bool rules_mark_pages(const Document& d, const std::vector<LineForm>& forms) {
  std::size_t all = 0, pages = 0;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    if (forms[i] == LineForm::page_mark) return false;
    if (forms[i] != LineForm::rule || (i > 0 && is_underlined(d, forms, i - 1))) continue;
    ++all;
    pages += numbered_edge(beside(d, forms, i, -1)) || numbered_edge(beside(d, forms, i, 1)) ||
             torn(beside(d, forms, i, -1));
  }
  return all >= 3 && pages * 2 >= all;
}

}  // namespace emend
