// Words on which the source has a link to an address become `ref`, where no other stage has named them.
#include "pipeline/document/proposal.h"
#include "pipeline/document/reading.h"

namespace emend {

namespace {

void run(const Document& d, const Rules&, Proposal& out) {
  for (const Node& said : d.declared) {
    if (said.name != "ref") continue;
    const Line& line = d.lines[d.line_at(said.at.begin)];
    if (said.at.end > line.at.end) continue;
    bool leads_in = false;  // entries and headings have links of their own
    for (const std::string_view name : {"fw", "head", "entry", "code"}) leads_in = leads_in || d.is(line, name);
    const std::size_t begin = in_text(d, line, said.at.begin), end = in_text(d, line, said.at.end);
    if (!leads_in && begin < end) out.phrase(line, begin, end, "ref", said.attributes, "links.address");
  }
}

}  // namespace

extern const Stage stage_links{.name = "links",
                               .summary = "Keep the links that the source has on its words",
                               .needs = "headings notes paragraphs",
                               .provides = "",
                               .rules = nullptr,
                               .run = run};

}  // namespace emend
