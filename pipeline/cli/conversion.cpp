// One book from its text to its files: the stages, the edition, the proof that it is valid and whole, the exports.
#include "pipeline/cli/conversion.h"

#include <charconv>
#include <chrono>
#include <cstdlib>

#include "pipeline/cli/files.h"
#include "pipeline/cli/findings.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/verbs.h"
#include "stages/write/account.h"
#include "stages/write/review/page.h"
#include "stages/write/tei/tei.h"
#include "stages/write/validate/validate.h"

namespace emend {

namespace {

constexpr std::size_t most_problems = 20;

std::string input_name(const Job& job) { return job.input == "-" ? "standard input" : shown(job.input); }

void run_stages(const Plan& plan, Book& book, Stopwatch& watch, Teller& teller) {
  if (book.begun) return;
  teller.doing(plan.stages().front()->name);
  std::size_t done = 0;
  plan.run(book.document, [&](const StageReport& r) {
    watch.lap(r.stage.name, counted(r.changes, "change"));
    if (++done < plan.stages().size()) teller.doing(plan.stages()[done]->name);
  });
}

// An edition that lacks a character of its source, or has one too many, is a defect of ours too.
void nothing_lost(const Book& book, const Job& job, std::string_view tei) {
  const Account account = account_for(book.document, tei, shown_changes(book.options));
  if (account.problems.empty()) return;
  for (std::size_t i = 0; i < account.problems.size() && i < most_problems; ++i)
    complain(input_name(job) + ": " + account.problems[i]);
  throw Error(Exit::bug, input_name(job) + ": the TEI made of it has not the text of its source, so nothing was " +
                             "written; this is a defect of emend, please report it");
}

// An edition that is not valid is a defect of ours, and nobody is to keep it by accident.
Edition valid_edition(const Book& book, const Job& job, Stopwatch& watch) {
  Edition edition = write_edition(book.document, book.options, job.find(FileFormat::ledger) != nullptr);
  watch.lap("write TEI");
  const std::vector<Problem> problems = validate(edition.tei, emend_grammar(), most_problems);
  watch.lap("validate");
  if (problems.empty()) {
    nothing_lost(book, job, edition.tei);
    watch.lap("account");
    return edition;
  }
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
                               ? file_name(without_extension(input == "-" ? "untitled" : without_slash(input))) + ".decisions"
                               : file_name(decisions);
  return write_review_page(book.document, book.options, setting);
}

// Error(Exit::usage) unless it is a number from 0 to 100, or nothing, which is 0.
double percent_said(const std::string& said) {
  double percent = 0;
  const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), percent);
  if (!said.empty() && (error != std::errc{} || end != said.data() + said.size() || !(percent >= 0 && percent <= 100)))
    throw Error(Exit::usage,
                "--strict-above: " + quotation(said) + " is no number of percent; write one from 0 to 100");
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
    throw Error(Exit::usage, "SOURCE_DATE_EPOCH is " + quotation(text) + "; set it to seconds since 1970, or unset it");
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

}  // namespace

Conversion::Conversion(const Arguments& a)
    : a_(a), said_(facts_said(a)), machine_(a.all("rules")), exporter_(a), timing_(a.has("timing")) {
  percent_said(a.get("strict-above"));
}

void Conversion::prepare() const {
  machine_.plan.compile();
  emend_grammar();
}

Exit Conversion::run(const Job& job, const Sidecars& sidecars, Teller& teller) {
  Stopwatch watch;
  Book book = open_book(job.input, sidecars, said_, job.pages);
  if (const std::string day = day_of_edition(); !day.empty()) book.options.emplace_back("made", day);
  watch.lap("read");
  run_stages(machine_.plan, book, watch, teller);
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
  exporter_.make(tei, input_name(job), job.input, job.outputs, watch);
  teller.done(book, job);
  if (timing_) say(input_name(job) + ", time:\n" + watch.rows());
  return too_doubtful(book.document.ledger, a_) ? Exit::doubts : Exit::done;
}

}  // namespace emend
