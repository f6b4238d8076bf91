// Turns to a passage, and proposes its edits.
#include "stages/70-letters/repaired.h"

#include <algorithm>

namespace emend {

void RepairedPassage::turn_to(const Passage& other) {
  passage = other;
  scripts = {};
  ascii =
      std::all_of(passage.lines.begin(), passage.lines.end(), [&](std::uint32_t l) { return is_ascii(line(l).text); });
  if (!ascii)
    for (const std::uint32_t l : passage.lines) scripts += count_scripts(line(l).text);
  title = passage.is("head") || passage.is("entry");
}

void RepairedPassage::repair(std::size_t l, std::size_t begin, std::size_t end, std::string_view after,
                             std::string_view rule, Because because) {
  if (phrased_ != &line(l)) phrases_in(doc, line(l), phrases_), phrased_ = &line(l);
  const auto p =
      std::lower_bound(phrases_.begin(), phrases_.end(), begin, [](auto& x, std::size_t b) { return x.second <= b; });
  if (p == phrases_.end() || p->first >= end) out_.edit(line(l), begin, end, after, rule, because);
}

}  // namespace emend
