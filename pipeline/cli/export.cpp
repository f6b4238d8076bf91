// emend export: books of editions that are there already, perhaps corrected by hand.
#include "pipeline/cli/exports.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/verbs.h"

namespace emend {

namespace {

constexpr Option options[] = {
    {"output,o", "OUT", "a file: .epub, .docx, .html …; - is standard output;\nFOLDER/ for several editions", true},
    {"to", "FORMAT", "epub, epub2, docx, or what else Pandoc writes", true},
    {"css", "FILE", "the style sheet of EPUB and HTML"},
    {"cover", "IMAGE", "a picture for the cover of the EPUB"},
    {"reference-doc", "FILE", "a DOCX or ODT whose styles that is to have"},
    {"pandoc-arg", "ARG", "an argument for Pandoc", true},
    {"timing", nullptr, "tell what took how long"},
    {"quiet,q", nullptr, "no warnings"},
};

void export_one(const Job& job, Exporter& exporter, const Arguments& a) {
  const std::string name = job.input == "-" ? "standard input" : shown(job.input);
  Stopwatch watch;
  const std::string tei = read_file(job.input);
  watch.lap("read");
  exporter.make(tei, name, job.input, job.outputs, watch);
  if (a.has("timing")) say(name + ", time:\n" + watch.rows());
}

Exit run(const Arguments& a) {
  const std::vector<Job> jobs =
      plan_jobs(a, {FileFormat::epub, FileFormat::docx, FileFormat::written}, files_for_pandoc(a));
  Exporter exporter(a);
  Exit failed = Exit::done;
  for (const Job& job : jobs) {
    try {
      export_one(job, exporter, a);
    } catch (const Error& e) {
      if (jobs.size() == 1) throw;
      complain(e.what());
      if (failed == Exit::done) failed = e.code;
    }
  }
  return failed;
}

}  // namespace

const Verb verb_export{"export",
                       "Makes EPUB and DOCX of TEI",
                       "export [TEI…] -o OUT…",
                       "Takes the TEI that convert writes, also when it was corrected by hand.",
                       options,
                       0,
                       any_number,
                       run};

}  // namespace emend
