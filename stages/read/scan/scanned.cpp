// What a scan shows becomes declarations before the first stage: witnesses like those of markup.
#include "stages/read/scan/scanned.h"

#include <algorithm>

#include "pipeline/document/commit.h"
#include "pipeline/document/proposal.h"
#include "stages/read/text/text.h"
#include "stages/read/scan/transcript.h"

namespace emend {

namespace {

std::string in_words(const Box& b) {
  return std::to_string(b.left) + " " + std::to_string(b.top) + " " + std::to_string(b.right) + " " +
         std::to_string(b.bottom);
}

void tell_places(const std::vector<SeenPage>& seen, bool zones, Proposal& out) {
  for (const SeenPage& page : seen) {
    if (page.lines.empty()) continue;
    if (!page.label.empty()) out.meta("label", page.label, page.lines.front().at, "scan.label");
    if (!page.image.box.empty() || !page.image.name.empty())
      out.meta("image", in_words(page.image.box) + " " + page.image.name, page.lines.front().at, "scan.image");
    for (const SeenLine& line : page.lines)
      if (zones && !line.box.empty()) out.meta("zone", in_words(line.box), line.at, "scan.zone");
  }
}

// Under names of their own: whether they are the book's is asked where its own words are known.
void tell_book(const std::vector<SeenPage>& seen, Proposal& out) {
  for (const SeenPage& page : seen) {
    if (!page.book.title.empty()) out.meta("file:title", page.book.title, Span{0, 0}, "scan.said");
    for (const std::string& author : page.book.authors) out.meta("file:author", author, Span{0, 0}, "scan.said");
  }
}

}  // namespace

Document read_scan(const std::string& name, std::string_view bytes, ScanFormat format, bool zones) {
  std::vector<SeenPage> seen;
  std::string text = transcript(name, bytes, format, &seen);
  return document_of_scan(name, std::move(text), seen, zones);
}

Document document_of_scan(std::string name, std::string transcript, const std::vector<SeenPage>& seen, bool zones) {
  Document d = read_text(std::move(name), std::move(transcript));
  Proposal out(d, "scan");
  for (const Witness& w : witnesses(seen)) out.declare(w.at, w.name, w.attributes, w.rule);
  tell_places(seen, zones, out);
  tell_book(seen, out);
  const auto tells_fonts = [](const SeenPage& page) {
    return std::any_of(page.lines.begin(), page.lines.end(), [](const SeenLine& line) { return line.exact; });
  };
  if (std::any_of(seen.begin(), seen.end(), tells_fonts)) out.meta("type", "told", Span{0, 0}, "scan.type");
  for (const SeenPage& page : seen)
    if (!page.trouble.empty()) out.doubt(d.lines.front().at, "scan.damaged", {50, page.trouble});
  commit(d, out.changes());
  return d;
}

}  // namespace emend
