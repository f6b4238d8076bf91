// Reads the words that a person corrected as they said, and doubts what they want to see again; what else was decided,
// the stages take as evidence.
#include "pipeline/document/proposal.h"

namespace emend {

namespace {

// Where byte `at` of the source stands in the line's text; inside a patch, at its beginning or its end.
std::size_t in_text(const Document& d, const Line& line, std::uint32_t at, bool end) {
  std::size_t offset = 0, found = 0;
  each_piece(d, line, [&](Span piece, std::string_view text, bool patched) {
    if (piece.begin <= at && at <= piece.end && (end ? piece.begin < at : at < piece.end || piece.begin == piece.end))
      found = patched ? offset + (end ? text.size() : 0) : offset + (at - piece.begin);
    offset += text.size();
  });
  return found;
}

void run(const Document& d, const Rules&, Proposal& out) {
  for (const Ruling& r : d.rulings) {
    if (!r.trouble.empty()) continue;
    if (r.deed == Deed::look) {
      const std::string what = r.text.empty() ? "" : ": " + std::string(r.text);
      out.doubt(r.at, "decision.look", {0, "a person wants to look at this again" + what});
    }
    if (r.deed != Deed::read) continue;
    const Line& line = d.lines[d.line_at(r.at.begin)];
    out.edit(line, in_text(d, line, r.at.begin, false), in_text(d, line, r.at.end, true), r.text, "decision.read",
             {100, "a person read it so"});
  }
}

}  // namespace

extern const Stage stage_decisions{.name = "decisions",
                                   .summary = "Read words as a person corrected them",
                                   .needs = "lines",
                                   .provides = "",
                                   .rules = nullptr,
                                   .run = run};

}  // namespace emend
