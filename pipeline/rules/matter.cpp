// Names are asked as they stand, and again without the stop that printers once set behind headings.
#include "pipeline/rules/matter.h"

#include "pipeline/text/script.h"

namespace emend {

const Rule* read_matter(const Rules& rules, std::string_view line) {
  constexpr std::size_t longest = 80;  // bytes of a name
  const std::string_view text = trim(line);
  if (text.size() <= longest && text.ends_with('.') && is_upper(first_character(text)))
    if (const Rule* rule = rules.test("matter", text.substr(0, text.size() - 1))) return rule;
  return rules.test("matter", text);
}

}  // namespace emend
