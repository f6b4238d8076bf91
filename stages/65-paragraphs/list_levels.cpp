// A stack of open lists.
#include "stages/65-paragraphs/list_levels.h"
#include "weights/paragraphs.h"

#include <algorithm>

namespace emend {

namespace {
constexpr std::size_t deepest = 6;  // columns
}

void set_levels(std::vector<ListItem>& items) {
  std::vector<std::size_t> last(items.size());  // for each, the last item of its list
  for (std::size_t i = items.size(); i-- > 0;) {
    last[i] = i;
    for (std::size_t k = i + 1; k < std::min(items.size(), i + 60); ++k)
      if (items[k].key == items[i].key) {
        last[i] = last[k];
        break;
      }
  }
  std::vector<std::size_t> open;  // items, one a level
  for (std::size_t i = 0; i < items.size(); ++i) {
    ListItem& item = items[i];
    const auto same = std::find_if(open.begin(), open.end(), [&](std::size_t o) { return items[o].key == item.key; });
    if (same != open.end()) {
      open.erase(same + 1, open.end());
      open.back() = i;
    } else {
      const bool within = !open.empty() && item.opens && open.size() < deepest &&
                          (item.indent >= items[open.back()].indent + paragraphs::set_in || last[open.back()] > i);
      if (!open.empty() && !within) return items.resize(i);
      open.push_back(i);
    }
    item.level = static_cast<int>(open.size()) - 1;
  }
}

}  // namespace emend
