// What a scan shows becomes declarations before the first stage: witnesses like those of markup.
#include "stages/read/scanned.h"

#include "pipeline/document/commit.h"
#include "pipeline/document/proposal.h"
#include "stages/read/text.h"
#include "stages/read/transcript.h"

namespace emend {

Document read_scan(const std::string& name, std::string_view bytes, ScanFormat format) {
  std::vector<SeenPage> seen;
  std::string text = transcript(name, bytes, format, &seen);
  return document_of_scan(name, std::move(text), seen);
}

Document document_of_scan(std::string name, std::string transcript, const std::vector<SeenPage>& seen) {
  Document d = read_text(std::move(name), std::move(transcript));
  Proposal out(d, "scan");
  for (const Witness& w : witnesses(seen)) out.declare(w.at, w.name, w.attributes, w.rule);
  commit(d, out.changes());
  return d;
}

}  // namespace emend
