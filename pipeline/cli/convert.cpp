// emend convert: texts in, editions out.
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <optional>

#include "pipeline/cli/book.h"
#include "pipeline/cli/exports.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/findings.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/teller.h"
#include "pipeline/cli/verbs.h"
#include "stages/write/review_page.h"
#include "stages/write/tei.h"
#include "stages/write/validate.h"

namespace emend {

namespace {

constexpr Option options[] = {
    {"output,o", "OUT", "a file, or - for stdout, or FOLDER/ for several", true},
    {"to", "FORMAT", "tei, epub, epub2, docx, ledger, html, markdown …", true},
    {"ledger,l", "FILE", "record every decision in FILE"},
    {"review", "FILE", "a page to look at every change and doubt, in FILE"},
    {"meta,m", "FILE", "the book's facts (default: IN's name with .meta)"},
    {"decisions", "FILE", "what was decided (default: … with .decisions)"},
    {"title", "TEXT", "the title; this and the next four override --meta"},
    {"author", "NAME", "an author; may be repeated", true},
    {"date", "DATE", "when the book was published"},
    {"publisher", "NAME", "by whom"},
    {"language", "TAG", "its language, as in en, de, zh-Hans"},
    {"encoding", "NAME", "the text's encoding (default: UTF-8, or found)"},
    {"columns", "NUMBER", "1 or 2: columns side by side (default: found)"},
    {"changes", "HOW", "how TEI shows them: ledger, inline or none"},
    {"rules", "FILE", "a rule table of yours; may be repeated", true},
    {"css", "FILE", "the style sheet of EPUB and HTML"},
    {"cover", "IMAGE", "a picture for the cover of the EPUB"},
    {"reference-doc", "FILE", "a DOCX or ODT whose styles that is to have"},
    {"pandoc-arg", "ARG", "an argument for Pandoc; may be repeated", true},
    {"strict", nullptr, "exit with status 1 if doubts remain"},
    {"strict-above", "PERCENT", "the same if more of all decisions are doubtful"},
    {"deps", "FILE", "write a make rule: what OUT was made from"},
    {"timing", nullptr, "tell what took how long"},
    {"json", nullptr, "the summary as JSON, to standard output"},
    {"quiet,q", nullptr, "no summary"},
};

constexpr std::size_t most_problems = 20;

std::string input_name(const Job& job) { return job.input == "-" ? "standard input" : shown(job.input); }

void run_stages(const Plan& plan, Book& book, Stopwatch& watch, Teller& teller) {
  if (book.begun) return;
  teller.doing(plan.stages().front()->name);
  std::size_t done = 0;
  plan.run(book.document, [&](const StageReport& r) {
    watch.add(r.stage.name, r.seconds, counted(r.changes, "change"));
    if (++done < plan.stages().size()) teller.doing(plan.stages()[done]->name);
  });
}

// An edition that is not valid is a defect of ours, and nobody is to keep it by accident.
Edition valid_edition(const Book& book, const Job& job, Stopwatch& watch) {
  Edition edition = write_edition(book.document, book.options, job.find(FileFormat::ledger) != nullptr);
  watch.lap("write TEI");
  const std::vector<Problem> problems = validate(edition.tei, emend_grammar(), most_problems);
  watch.lap("validate");
  if (problems.empty()) return edition;
  for (const Problem& p : problems)
    complain(input_name(job) + ": TEI line " + std::to_string(p.line) + ": " + p.path + ": " + p.message);
  throw Error(Exit::invalid, input_name(job) + ": the TEI made of it has " + counted(problems.size(), "problem") +
                                 (problems.size() < most_problems ? "" : " or more") +
                                 ", so nothing was written; this is a defect of emend, please report it");
}

std::string review_page(const Book& book, const std::string& input, const std::string& decisions) {
  ReviewSetting setting;
  if (!decisions.empty()) setting.decisions = read_file(decisions);
  setting.decisions_name = decisions.empty()
                               ? file_name(without_extension(input == "-" ? "untitled" : input)) + ".decisions"
                               : file_name(decisions);
  return write_review_page(book.document, book.options, setting);
}

// Error(Exit::usage) unless it is a number from 0 to 100, or nothing, which is 0.
double percent_said(const std::string& said) {
  double percent = 0;
  const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), percent);
  if (!said.empty() && (error != std::errc{} || end != said.data() + said.size() || !(percent >= 0 && percent <= 100)))
    throw Error(Exit::usage, "--strict-above: " + quoted(said) + " is no number of percent; write one from 0 to 100");
  return percent;
}

// The day that SOURCE_DATE_EPOCH names (reproducible-builds.org), as the header has it; empty if it names none. No
// other clock is ever asked, so that the same input gives the same bytes.
std::string day_of_edition() {
  const char* said = std::getenv("SOURCE_DATE_EPOCH");
  if (said == nullptr || *said == '\0') return {};
  const std::string_view text = said;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  constexpr std::int64_t year_9999 = 253402300799;
  if (error != std::errc{} || end != text.data() + text.size() || seconds < 0 || seconds > year_9999)
    throw Error(Exit::usage, "SOURCE_DATE_EPOCH is " + quoted(text) + "; set it to seconds since 1970, or unset it");
  const std::chrono::year_month_day day(
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(seconds))));
  std::string out = std::to_string(static_cast<int>(day.year()));
  for (const unsigned part : {static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())})
    out += (part < 10 ? "-0" : "-") + std::to_string(part);
  return out;
}

// Whether more of the decisions are in doubt than --strict-above has it; without a number, any doubt is too many.
bool too_doubtful(const std::vector<Change>& ledger, const Arguments& a) {
  return (a.has("strict") || a.has("strict-above")) &&
         100.0 * static_cast<double>(doubts(ledger)) >
             percent_said(a.get("strict-above")) * static_cast<double>(ledger.size());
}

Exit convert_one(const Job& job, const Sidecars& sidecars, const BookOptions& said, const Machine& machine,
                 Exporter& exporter, Teller& teller, const Arguments& a) {
  Stopwatch watch;
  Book book = open_book(job.input, sidecars, said);
  if (const std::string day = day_of_edition(); !day.empty()) book.options.emplace_back("made", day);
  watch.lap("read");
  run_stages(machine.plan, book, watch, teller);
  teller.doing("TEI");
  const auto [tei, ledger] = valid_edition(book, job, watch);
  for (const Output& o : job.outputs) {
    if (o.format == FileFormat::tei) write_file_whole(o.path, tei);
    if (o.format == FileFormat::ledger) write_file_whole(o.path, ledger);
    if (o.format == FileFormat::review) write_file_whole(o.path, review_page(book, job.input, sidecars.decisions));
  }
  watch.lap("write files");
  teller.clear();
  for (const Change& c : book.document.ledger)
    if (c.rule == "decision.unheeded") complain(input_name(job) + ": " + shown(c.reason));
  teller.doing("books");
  exporter.make(tei, input_name(job), job.outputs, watch);
  teller.done(book, job);
  if (a.has("timing")) say(input_name(job) + ", time:\n" + watch.rows());
  return too_doubtful(book.document.ledger, a) ? Exit::doubts : Exit::done;
}

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
    prerequisites.insert(prerequisites.begin(), {jobs[i].input, sidecars[i].meta, sidecars[i].decisions});
    for (const std::string& path : prerequisites)
      if (!path.empty() && path != "-") needed.append(1, ' ').append(for_make(path));
    out.append(targets).append(":").append(needed).append("\n");
  }
  return out;
}

// Several books are each converted whatever becomes of the others; the first that fails gives the status.
Exit convert_all(const std::vector<Job>& jobs, const std::vector<Sidecars>& sidecars, const Arguments& a) {
  check_telling(a, jobs);
  const BookOptions said = facts_said(a);
  percent_said(a.get("strict-above"));
  const Machine machine(a.all("rules"));
  Exporter exporter(a);
  Teller teller(a);
  Exit failed = Exit::done, strict = Exit::done;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    teller.begin(jobs[i], i + 1, jobs.size());
    try {
      if (convert_one(jobs[i], sidecars[i], said, machine, exporter, teller, a) == Exit::doubts) strict = Exit::doubts;
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
  const std::vector<Job> jobs = plan_jobs(a,
                                          {FileFormat::tei, FileFormat::epub, FileFormat::docx, FileFormat::ledger,
                                           FileFormat::review, FileFormat::written},
                                          kept);
  const Exit status = convert_all(jobs, sidecars, a);
  if (a.has("deps") && (status == Exit::done || status == Exit::doubts))
    write_file_whole(a.get("deps"), make_rules(jobs, sidecars, read));
  return status;
}

}  // namespace

const Verb verb_convert{"convert",
                        "Makes editions of texts: TEI, EPUB, DOCX",
                        "convert [IN…] [-o OUT…]",
                        "Without IN, or with -, standard input; without -o, TEI to standard output.",
                        options,
                        0,
                        any_number,
                        run};

}  // namespace emend
