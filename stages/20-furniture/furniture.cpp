// Names the furniture: running heads and feet, printed page numbers, watermarks. Nothing is deleted.
//
// A line's shape only proposes. On pages that the input marks with form feeds, furniture is what returns at the same
// edge of neighbouring pages, and numbers that count with the pages (`stages/20-furniture/page_edges.h`). Where the
// input marks no pages, numbers in lines of their own may count them; else it is a short line that returns where
// sentences are torn.
#include <algorithm>

#include "pipeline/document/proposal.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "stages/20-furniture/by_edges.h"
#include "stages/20-furniture/declared.h"
#include "stages/20-furniture/frame.h"
#include "stages/20-furniture/transcript.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_furniture;
}

namespace {

constexpr std::size_t longest_notice = 400;  // bytes of a watermark

void run(const Document& d, const Rules& rules, Proposal& out) {
  std::vector<bool> taken(d.lines.size());
  name_frame(d, rules, taken, out);
  const bool framed = std::find(taken.begin(), taken.end(), true) != taken.end();
  name_notices(d, rules, taken, out);
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    if (taken[i]) continue;
    if (d.lines[i].block >= 0) {  // the source says what it is
      taken[i] = true;
      continue;
    }
    const std::string_view text = trim(d.lines[i].text);
    if (text.empty() || text.size() > longest_notice || opens_note(text)) continue;
    if (const Rule* rule = rules.test("watermark", text)) {
      out.block(i, i, "fw", "type=watermark", rule->id, {95, rule->why});
      taken[i] = true;
    }
  }
  name_declared(d, rules, taken, out);
  const bool declared = !d.pages.empty();
  if (!declared && d.source.find('\f') == std::string::npos) {
    name_in_transcript(d, rules, taken, framed, out);
    return;
  }
  std::vector<bool> ends(d.lines.size());
  for (std::size_t i = 0; i < d.lines.size(); ++i)
    ends[i] = declared ? i + 1 < d.lines.size() && d.lines[i + 1].page != d.lines[i].page
                       : d.lines[i].at.end < d.source.size() && d.source[d.lines[i].at.end] == '\f';
  name_by_edges(d, rules, ends, std::move(taken), out);
}

}  // namespace

extern const Stage stage_furniture{.name = "furniture",
                                   .summary = "Set running heads, page numbers and watermarks apart",
                                   .needs = "lines characters",
                                   .provides = "furniture",
                                   .rules = &embedded::rules_furniture,
                                   .run = run};

}  // namespace emend
