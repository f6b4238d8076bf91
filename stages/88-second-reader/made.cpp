// What the alignments of the stages found: a mark that leads to a line, an entry that names it. What a line was made is
// no witness: a second reader that is told the first one's opinion repeats it.
#include <algorithm>

#include "stages/88-second-reader/sight.h"

namespace emend::reader {

namespace {

constexpr Witness named{"made.named", "the contents list leads to it"};
constexpr Witness marked{"made.marked", "a mark leads to it"};
constexpr Witness declared{"made.declared", "the source declares it"};

// Shows the witness for the lines at the ends of these links.
void see_ends(Sight& s, std::string_view link_name, const Witness& w) {
  std::vector<std::uint32_t> ends;
  for (const Link& link : s.document.links)
    if (link.name == link_name && link.sure >= certain) ends.push_back(link.to.begin);
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  std::size_t i = 0;
  const auto begin = [&](std::size_t k) { return s.document.lines[s.lines[k].line].at.begin; };
  for (const std::uint32_t at : ends) {
    while (i < s.lines.size() && begin(i) < at) ++i;
    if (i < s.lines.size() && begin(i) == at) s.see(i, w);
  }
}

}  // namespace

void see_made(Sight& s) {
  see_ends(s, "contents", named);
  see_ends(s, "note", marked);
  for (std::size_t i = 0; i < s.lines.size(); ++i)
    s.see(i, declared, s.document.declaration(s.document.lines[s.lines[i].line]) != nullptr);
}

}  // namespace emend::reader
