// The one place that knows --quiet and --json.
#include "pipeline/cli/teller.h"

#include "pipeline/cli/files.h"
#include "pipeline/cli/report.h"
#include "pipeline/cli/shown.h"

namespace emend {

namespace {

std::string input_name(const Job& job) { return job.input == "-" ? "standard input" : shown(job.input); }

}  // namespace

Teller::Teller(const Arguments& a)
    : quiet_(a.has("quiet")), json_(a.has("json")), progress_(!a.has("quiet") && !a.has("json")) {}

Teller::Teller(std::string& json) : quiet_(true), json_(false), kept_(&json), progress_(false) {}

void Teller::begin(const Job& job, std::size_t number, std::size_t all) {
  progress_.about(input_name(job), number, all);
  progress_.doing("read");
}

void Teller::done(const Book& book, const Job& job) {
  clear();
  const Findings findings = findings_of(book.document, book.options);
  if (kept_ != nullptr) *kept_ = summary_json(findings, job.input, job.outputs);
  if (json_) print(summary_json(findings, job.input, job.outputs));
  if (!json_ && !quiet_) say(summary(findings, input_name(job), job.outputs, Paint(terminal_has_colours())));
}

void Teller::failed(const Job& job, const Error& error) {
  clear();
  if (json_) print(failure_json(job.input, error));
}

void check_telling(const Arguments& a, const std::vector<Job>& jobs) {
  if (!a.has("json")) return;
  for (const Job& job : jobs)
    for (const Output& o : job.outputs)
      if (o.path == "-")
        throw Error(Exit::usage, "--json: an output goes to standard output already; name a file for it with -o");
}

}  // namespace emend
