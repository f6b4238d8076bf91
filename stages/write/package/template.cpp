// One pass from brace to brace.
#include "stages/write/package/template.h"

namespace emend {

std::string fill_template(std::string_view part, const TemplateWords& words) {
  std::string out;
  for (std::size_t at = 0; at < part.size();) {
    const std::size_t open = part.find("{{", at);
    const std::size_t close = open == std::string_view::npos ? open : part.find("}}", open);
    if (close == std::string_view::npos) return out.append(part.substr(at));
    out.append(part.substr(at, open - at));
    const std::string_view key = part.substr(open + 2, close - open - 2);
    for (const auto& [word, value] : words) {
      if (word == key) out += value;
    }
    at = close + 2;
  }
  return out;
}

}  // namespace emend
