// emend export: books of editions that are there already, perhaps corrected by hand; and editions as archives ask for
// them.
#include <algorithm>

#include "pipeline/cli/exports.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/named.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/verbs.h"
#include "stages/write/profile/profile.h"

namespace emend {

namespace {

constexpr Option options[] = {
    {"output,o", "OUT", "a file: .epub, .docx, .html …; - is standard output;\nFOLDER/ for several editions", true},
    {"to", "FORMAT", "epub, epub2, docx, or what else Pandoc writes", true},
    {"css", "FILE", "the style sheet of EPUB and HTML"},
    {"cover", "IMAGE", "a picture for the cover of the EPUB"},
    {"profile", "NAME", "instead of a book, TEI as archives ask for it:\ndtabf, eltec-1, lite or simplePrint"},
    {"reference-doc", "FILE", "a DOCX or ODT with its styles; or thesis, or book"},
    {"pandoc-arg", "ARG", "an argument for Pandoc", true},
    {"timing", nullptr, "tell what took how long"},
    {"quiet,q", nullptr, "no warnings"},
};

void export_one(const Job& job, Exporter& exporter, const Arguments& a) {
  const std::string name = input_name(job.input);
  Stopwatch watch;
  const std::string tei = read_file(job.input);
  watch.lap("read");
  exporter.make(tei, name, job.input, job.outputs, watch);
  if (a.has("timing")) say(name + ", time:\n" + watch.rows());
}

/// The profile that is asked for, or nothing. Error(Exit::usage) if there is none of that name.
std::string profile_of(const Arguments& a) {
  const std::string name = a.get("profile");
  const std::vector<std::string_view> names = profile_names();
  if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) return name;
  const std::string near = did_you_mean(name, names);
  throw Error(Exit::usage, "there is no profile '" + shown(name) + "'" +
                               (near.empty() ? "; there are dtabf, eltec-1, lite and simplePrint" : near));
}

std::string listed(const std::vector<std::string>& things) {
  std::string all;
  for (const std::string& thing : things) all += (all.empty() ? "" : "; ") + shown(thing);
  return all;
}

Exit export_in_profile(const std::string& profile, const Arguments& a) {
  for (const Job& job : plan_jobs(a, {FileFormat::tei}, {})) {
    const std::string name = input_name(job.input);
    const InProfile made = named(name, [&] { return in_profile(read_file(job.input), profile); });
    for (const Output& output : job.outputs) write_file_whole(output.path, made.tei);
    if (a.has("quiet")) continue;
    if (!made.no_room_for.empty()) say(name + ": " + profile + " has no room for " + listed(made.no_room_for) + "\n");
    if (!made.lacks.empty())
      say(name + ": " + profile + " must have, before it is valid: " + listed(made.lacks) + "\n");
  }
  return Exit::done;
}

Exit run(const Arguments& a) {
  if (const std::string profile = profile_of(a); !profile.empty()) return export_in_profile(profile, a);
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
