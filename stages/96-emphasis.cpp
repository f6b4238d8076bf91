// Words that the source shows in italics or bold become `hi`, where no other stage has named them. A heading that is
// set so as a whole is no emphasis, nor is a running head.
#include <string_view>

#include "pipeline/document/proposal.h"
#include "pipeline/document/reading.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

bool is_set_apart(const Document& d, const Line& line) {
  const Node* block = d.block_of(line);
  if (block == nullptr) return false;
  for (const std::string_view name : {"head", "entry", "titlePage", "figure", "caption", "row", "code"})
    if (block->name == name) return true;
  return false;
}

void run(const Document& d, const Rules&, Proposal& out) {
  for (const Node& said : d.declared) {
    if (said.name != "hi") continue;
    const Line& line = d.lines[d.line_at(said.at.begin)];
    if (said.at.end > line.at.end || d.is(line, "fw")) continue;
    const std::size_t begin = in_text(d, line, said.at.begin), end = in_text(d, line, said.at.end);
    if (begin >= end || (is_set_apart(d, line) && trim(line.text).size() == end - begin)) continue;
    out.phrase(line, begin, end, "hi", said.attributes, "emphasis.face");
  }
}

}  // namespace

extern const Stage stage_emphasis{.name = "emphasis",
                                  .summary = "Set apart the words that the source shows in italics or bold",
                                  .needs = "headings notes paragraphs",
                                  .provides = "",
                                  .rules = nullptr,
                                  .run = run};

}  // namespace emend
