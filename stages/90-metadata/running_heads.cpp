// Running heads, counted.
#include "stages/90-metadata/running_heads.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"

namespace emend {

RunningHeads running_heads(const Document& d) {
  RunningHeads heads;
  for (const Node& block : d.blocks) {
    if (block.name != "fw" || block.get("type") != "header") continue;
    const Line& line = d.lines[d.line_at(block.at.begin)];
    for (std::string_view rest = trim(line.text); !rest.empty();) {
      const std::size_t end = std::min({rest.find("   "), rest.find('\t'), rest.size()});
      const std::string_view part = trim(rest.substr(0, end));
      RunningHead& head = heads[folded(part)];
      if (head.times++ == 0) head.text = part, head.at = line.at;
      rest = trim(rest.substr(end));
    }
  }
  return heads;
}

}  // namespace emend
