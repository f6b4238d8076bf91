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

// The number that the nearest confirmed page gives page `i`; the one behind first.
Number counted_from(const std::vector<Number>& confirmed, std::size_t i) {
  const auto from = [&](std::size_t k) {
    const int value = confirmed[k].value + static_cast<int>(i) - static_cast<int>(k);
    return confirmed[k] && value > 0 ? Number{value, confirmed[k].form, 0} : Number{};
  };
  for (std::size_t by = 1; by <= near; ++by) {
    if (i + by < confirmed.size())
      if (const Number n = from(i + by)) return n;
    if (by <= i)
      if (const Number n = from(i - by)) return n;
  }
  return {};
}

}  // namespace

std::vector<Number> printed_pages(const Document& d) {
  std::vector<Number> read(d.pages.size());
  for (const Node& node : d.blocks) {
    if (node.name != "fw") continue;
    const std::uint32_t page = d.lines[d.line_at(node.at.begin)].page;
    if (page < read.size() && !read[page]) read[page] = number_of(d, node);
  }
  std::vector<Number> confirmed(read.size());
  for (std::size_t i = 0; i < read.size(); ++i)
    for (std::size_t k = i > near ? i - near : 0; k < read.size() && k <= i + near && !confirmed[i]; ++k)
      if (k != i && count_with(read, i, k)) confirmed[i] = read[i];
  std::vector<Number> all = confirmed;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (!all[i]) all[i] = counted_from(confirmed, i);
  return all;
}

}  // namespace emend
