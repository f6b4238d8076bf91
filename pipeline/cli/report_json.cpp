// The summary for machines: one line of JSON a book.
#include "pipeline/cli/json_object.h"
#include "pipeline/cli/report.h"

namespace emend {

namespace {

std::string outputs(const std::vector<Output>& made) {
  std::string out;
  for (const Output& o : made)
    out += (out.empty() ? "" : ",") + JsonObject().text("format", o.writer).text("path", o.path).str();
  return "[" + out + "]";
}

}  // namespace

std::string summary_json(const Findings& f, const std::string& input, const std::vector<Output>& made) {
  JsonObject book;
  book.text("input", input).text("title", f.title).text("titleOrigin", f.title_origin).text("language", f.language);
  book.text("encoding", f.encoding.empty() ? "UTF-8" : f.encoding)
      .number("encodingBytes", f.encoding_bytes)
      .number("columns", f.columns);
  book.raw("pages",
           JsonObject().number("all", f.pages).number("read", f.pages_read).number("inferred", f.pages_inferred).str());
  book.raw("headings", JsonObject().number("all", Findings::sum(f.headings)).counts("levels", f.headings).str());
  book.raw("contents", JsonObject().number("all", f.entries).number("linked", f.entries_linked).str());
  book.raw("notes", JsonObject()
                        .number("all", f.notes)
                        .number("atTheirMark", f.notes_anchored)
                        .number("marksWithoutNote", f.marks_without_note)
                        .str());
  book.number("paragraphs", f.paragraphs).counts("setAside", f.set_aside);
  book.raw("repairs", JsonObject().number("all", Findings::sum(f.repairs)).counts("rules", f.repairs).str());
  book.raw("doubts", JsonObject().number("all", Findings::sum(f.doubts)).counts("rules", f.doubts).str());
  return book.raw("outputs", outputs(made)).str() + "\n";
}

std::string failure_json(const std::string& input, const Error& error) {
  JsonObject what;
  what.number("status", static_cast<std::size_t>(error.code)).text("message", error.what());
  return JsonObject().text("input", input).raw("error", what.str()).str() + "\n";
}

}  // namespace emend
