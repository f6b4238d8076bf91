// emend convert: texts in, editions out.
#include "pipeline/cli/conversion.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/verbs.h"

namespace emend {

namespace {

constexpr Option first[] = {
    {"output,o", "OUT", "a file, FOLDER/ for several, or - (default): stdout", true},
    {"to", "FORMAT", "tei, epub, epub2, docx, ledger, html, markdown …", true},
    {"ledger,l", "FILE", "record every decision in FILE"},
    {"review", "FILE", "a page to look at every change and doubt, in FILE"},
    {"meta,m", "FILE", "the book's facts (default: IN's name with .meta)"},
    {"decisions", "FILE", "what was decided (default: … with .decisions)"},
    {"title", "TEXT", "the title; this and the next four override --meta"},
};
constexpr Option last[] = {
    {"deps", "FILE", "write a make rule: what OUT was made from"},
    {"timing", nullptr, "tell what took how long"},
    {"json", nullptr, "the summary as JSON, to standard output"},
    {"quiet,q", nullptr, "no summary"},
};
constexpr auto options = with_conversion_options(first, last);

// A name as make reads it among targets and prerequisites.
std::string for_make(const std::string& path) {
  std::string out;
  for (const char c : path) {
    if (c == ' ' || c == '#' || c == '\t' || c == '\\' || c == ':' || c == '%') out += '\\';
    if (c == '$') out += '$';
    out += c;
  }
  return out;
}

std::string make_rules(const std::vector<Job>& jobs, const std::vector<Sidecars>& sidecars,
                       const std::vector<std::string>& read) {
  std::string out;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    std::string targets, needed;
    for (const Output& o : jobs[i].outputs)
      if (o.path != "-") targets.append(targets.empty() ? "" : " ").append(for_make(o.path));
    if (targets.empty()) continue;
    std::vector<std::string> prerequisites = read;
    prerequisites.insert(prerequisites.begin(), {sidecars[i].meta, sidecars[i].decisions});
    const std::vector<std::string> files = jobs[i].pages.empty() ? std::vector{jobs[i].input} : jobs[i].pages;
    prerequisites.insert(prerequisites.begin(), files.begin(), files.end());
    for (const std::string& path : prerequisites)
      if (!path.empty() && path != "-") needed.append(1, ' ').append(for_make(path));
    out.append(targets).append(":").append(needed).append("\n");
  }
  return out;
}

// Several books are each converted whatever becomes of the others; the first that fails gives the status.
Exit convert_all(const std::vector<Job>& jobs, const std::vector<Sidecars>& sidecars, const Arguments& a) {
  check_telling(a, jobs);
  Conversion conversion(a);
  Teller teller(a);
  Exit failed = Exit::done, strict = Exit::done;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    teller.begin(jobs[i], i + 1, jobs.size());
    try {
      if (conversion.run(jobs[i], sidecars[i], teller) == Exit::doubts) strict = Exit::doubts;
    } catch (const Error& e) {
      teller.failed(jobs[i], e);
      if (jobs.size() == 1) throw;
      complain(e.what());
      if (failed == Exit::done) failed = e.code;
    }
  }
  return failed == Exit::done ? strict : failed;
}

Exit run(const Arguments& a) {
  std::vector<std::string> read = a.all("rules");
  std::vector<Sidecars> sidecars;
  const std::vector<std::string> styles = files_for_pandoc(a);
  read.insert(read.end(), styles.begin(), styles.end());
  std::vector<std::string> kept = read;
  for (const std::string& input : a.operands.empty() ? std::vector<std::string>{"-"} : a.operands) {
    sidecars.push_back(sidecars_for(input, a));
    for (const std::string& path : {sidecars.back().meta, sidecars.back().decisions})
      if (!path.empty()) kept.push_back(path);
  }
  const std::vector<Job> jobs = plan_jobs(a, convertible, kept);
  sidecars.resize(jobs.size());  // those of pages of one book are of the first
  const Exit status = convert_all(jobs, sidecars, a);
  if (a.has("deps") && (status == Exit::done || status == Exit::doubts))
    write_file_whole(a.get("deps"), make_rules(jobs, sidecars, read));
  return status;
}

}  // namespace

const Verb verb_convert{
    "convert", "Makes editions of texts: TEI, EPUB, DOCX", "convert [IN…] [-o OUT…]", "", options, 0, any_number, run};

}  // namespace emend
