// Bytes of a scan to a document: its transcript, and what the scan says of its lines.
#pragma once
#include <string>
#include <string_view>

#include "pipeline/document/document.h"
#include "stages/read/scan/look.h"
#include "stages/read/scan/scan.h"

namespace emend {

/// The source is the transcript. The document declares which lines are notes, headings and furniture (`foot`, `head`,
/// `header`, `footer`, `pageNum`, `catch`, `sig`, `watermark`), which stand at the `edge` of a page, which are set
/// larger than the text (`display`, with `size` in percent), where lines of notes end (`ends`: at the margin, `full`,
/// or before it, `short`), and which words are `raised` or `unsure` (with `sure` in percent). The picture of a page is a
/// fact about it, `image`; with `zones` the place of each line is, too. Where the file has its fonts, the fact `type` is
/// `told`. Error(Exit::input) as the readers throw.
Document read_scan(const std::string& name, std::string_view bytes, ScanFormat, bool zones = false);

/// The same of a transcript that was made, and how its lines look.
Document document_of_scan(std::string name, std::string transcript, const std::vector<SeenPage>& seen,
                          bool zones = false);

}  // namespace emend
