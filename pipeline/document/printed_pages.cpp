// Page numbers by what the furniture says and what its neighbours confirm.
#include "pipeline/document/printed_pages.h"

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t near = 4;  // pages within which numbers speak for each other

Number number_of(const Document& d, const Node& fw) {
  if (const Number n = read_whole_number(fw.get("number"))) return n;
  return fw.get("type") == "pageNum" ? read_whole_number(trim(d.lines[d.line_at(fw.at.begin)].text)) : Number{};
}

bool count_with(const std::vector<Number>& read, std::size_t a, std::size_t b) {
  return read[a] && read[b] && read[a].form == read[b].form &&
         read[b].value - read[a].value == static_cast<int>(b) - static_cast<int>(a);
}

}  // namespace

std::vector<Number> printed_pages(const Document& d) {
  std::vector<Number> read(d.pages.size());
  for (const Node& node : d.blocks) {
    if (node.name != "fw") continue;
    const std::uint32_t page = d.lines[d.line_at(node.at.begin)].page;
    if (page < read.size() && !read[page]) read[page] = number_of(d, node);
  }
  std::vector<Number> all(read.size());
  for (std::size_t i = 0; i < read.size(); ++i)
    for (std::size_t k = i > near ? i - near : 0; k < read.size() && k <= i + near && !all[i]; ++k)
      if (k != i && count_with(read, i, k)) all[i] = read[i];
  const std::vector<Number> confirmed = all;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t by = 1; by <= near && !all[i]; ++by)
      for (const bool behind : {true, false}) {
        const std::size_t k = behind ? i + by : i - by;
        if (all[i] || (!behind && by > i) || k >= all.size() || !confirmed[k]) continue;
        const int value = confirmed[k].value + static_cast<int>(i) - static_cast<int>(k);
        if (value > 0) all[i] = {value, confirmed[k].form, 0};
      }
  return all;
}

}  // namespace emend
