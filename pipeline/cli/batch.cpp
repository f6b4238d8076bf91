// emend batch: many books, each whatever becomes of the others, on all cores, and on from where a run was ended.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <thread>

#include "pipeline/cli/batch_books.h"
#include "pipeline/cli/batch_record.h"
#include "pipeline/cli/conversion.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/verbs.h"

namespace emend {

namespace {

constexpr Option first[] = {
    {"output,o", "OUT", "FOLDER/, or a pattern: '{path}.epub', 'out/{below}/{name}.docx'", true},
    {"to", "FORMAT", "what FOLDER/ is to hold; may be repeated", true},
    {"files-from", "FILE", "a list of books, a name a line, or NUL behind each; - is\nstandard input"},
    {"report,r", "FILE", "a line of JSON a book; what it says is done is not done again"},
    {"jobs,j", "NUMBER", "processes (default: one a core)"},
    {"time-limit", "SECONDS", "a book may take (default: 600; 0: no limit)"},
    {"memory-limit", "MB", "a book may take (default: 4096; 0: no limit)"},
    {"shards", "N", "the books are dealt out into so many shares"},
    {"shard", "I", "and this is the share to convert, from 1 to N"},
};
constexpr Option last[] = {
    {"quiet,q", nullptr, "tell failures only"},
};
constexpr auto options = with_conversion_options(first, last);

constexpr int as_it_was = -1;          // what a book returns of which all was made before; one less if it has doubts
constexpr std::size_t most_told = 20;  // failures, in the end

std::size_t doubts_in(std::string_view record) {
  constexpr std::string_view begin = "\"doubts\":{\"all\":";
  const std::size_t at = record.find(begin);
  std::size_t n = 0;
  for (std::size_t i = at == record.npos ? record.size() : at + begin.size(); i < record.size(); ++i) {
    if (record[i] < '0' || record[i] > '9') break;
    n = n * 10 + static_cast<std::size_t>(record[i] - '0');
  }
  return n;
}

class Batch {
 public:
  explicit Batch(const Arguments& a)
      : a_(a),
        conversion_(a),
        limits_{number_said(a, "time-limit", 600), number_said(a, "memory-limit", 4096)},
        processes_(number_said(a, "jobs", std::max(1u, std::thread::hardware_concurrency()))),
        report_(a.get("report")),
        progress_(!a.has("quiet")) {
    const BookOutputs outputs(a, convertible);
    std::vector<std::string> read = a.all("rules"), written;
    for (const std::string& path : files_for_pandoc(a)) read.push_back(path);
    for (const BatchBook& book : books_of(a)) {
      jobs_.push_back(outputs.of(book.input, book.below));
      sidecars_.push_back(sidecars_for(book.input, a));
      for (const std::string& path : {book.input, sidecars_.back().meta, sidecars_.back().decisions})
        if (!path.empty()) read.push_back(path);
      for (const Output& o : jobs_.back().outputs) written.push_back(o.path);
    }
    if (!report_.empty() && report_ != "-") written.push_back(report_);
    refuse_overwriting(read, written);
    books_.resize(jobs_.size());
  }

  Exit run() {
    conversion_.prepare();
    run_key_ = key_of_run(a_);
    if (report_ != "-" && !report_.empty()) open_report();
    Work work;
    work.pieces = jobs_.size();
    work.processes = std::clamp<std::size_t>(processes_, 1, std::max<std::size_t>(jobs_.size(), 1));
    work.limits = limits_;
    work.run = [this](std::size_t i) { return convert(i); };
    work.ended = [this](const WorkEnd& end) { take(end); };
    work.tick = [this] { tell_progress(); };
    const int signal = run_work(work);
    progress_.clear();
    if (signal == 0 && report_file_ >= 0) write_file_whole(report_, whole_report());
    tell_end(signal);
    if (signal != 0) end_by(signal);
    Exit status = Exit::done;
    for (const Ended& book : books_)
      if (book.code != Exit::done && (status == Exit::done || status == Exit::doubts)) status = book.code;
    return status;
  }

 private:
  struct Ended {
    std::string line, failure;
    Exit code = Exit::done;
  };

  // ---- in a process of the pool

  // Prints the record of the book, and in a second line what went wrong.
  int convert(std::size_t i) {
    const Job& job = jobs_[i];
    std::string key;
    const auto failed = [&](Exit code, const std::string& message) {
      print(record_of(key, job, code, "", message).line + "\n" + message);
      return static_cast<int>(code);
    };
    try {
      key = key_of_book(run_key_, job, sidecars_[i]);
      const auto old = known_.find(key);
      if (old != known_.end() && old->second.status == "done" && old->second.made == made_of(job)) {
        print(old->second.line);
        const bool doubtful = old->second.line.find("\"status\":\"done\",\"code\":1,") != std::string::npos;
        return as_it_was - (doubtful ? 1 : 0);
      }
      for (const Output& o : job.outputs) make_folders(folder_of(o.path));
      std::string summary;
      Teller teller(summary);
      const Exit code = conversion_.run(job, sidecars_[i], teller);
      print(record_of(key, job, code, summary, "").line);
      return static_cast<int>(code);
    } catch (const Error& e) {
      return failed(e.code, e.what());
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& e) {
      return failed(Exit::bug, shown(job.input) + ": a defect of emend, please report it: " + e.what());
    }
  }

  // ---- in this process

  void take(const WorkEnd& end) {
    Ended& book = books_[end.piece];
    if (end.how == WorkEnd::How::returned)
      take_record(end, book);
    else
      take_death(end, book);
    doubts_ += doubts_in(book.line);
    book.line += '\n';
    if (report_ == "-") print(book.line);
    if (report_file_ >= 0 && ::write(report_file_, book.line.data(), book.line.size()) < 0)
      throw Error(Exit::output, shown(report_) + ": cannot be written: " + std::strerror(errno) + "; see to the disk");
  }

  void take_record(const WorkEnd& end, Ended& book) {
    const bool before = end.value <= as_it_was;
    const std::size_t line = std::min(end.output.find('\n'), end.output.size());
    book.line = end.output.substr(0, line);
    book.failure = end.output.substr(std::min(line + 1, end.output.size()));
    book.code = static_cast<Exit>(before ? as_it_was - end.value : end.value);
    if (!before) book.line = completed(book.line, end);
    ++(before ? as_they_were_ : book.failure.empty() ? made_ : failed_);
  }

  void take_death(const WorkEnd& end, Ended& book) {
    const Job& job = jobs_[end.piece];
    BatchRecord record;
    book.failure = shown(job.input) + ": ";
    book.code = Exit::limit;
    if (end.how == WorkEnd::How::out_of_time) {
      record.status = "timeout";
      book.failure +=
          "took more than " + counted(limits_.seconds, "second") + " and was ended; --time-limit allows more";
    } else if (end.how == WorkEnd::How::out_of_memory) {
      record.status = "memory";
      book.failure +=
          "needs more than " + std::to_string(limits_.megabytes) + " MB of memory; --memory-limit allows more";
    } else {
      record.status = "crashed";
      book.code = Exit::bug;
      book.failure +=
          "its process ended" +
          (end.value == 0 ? "" : " by signal " + std::to_string(end.value) + " (" + sigdescr_np(end.value) + ")") +
          "; if nobody ended it, this is a defect of emend: please report it";
    }
    book.line = completed(record_of("", job, book.code, "", book.failure, record.status).line, end);
    clear_behind(end.process, job);
    ++failed_;
  }

  // A process that was killed may leave the file that it was writing, under another name.
  static void clear_behind(int process, const Job& job) {
    const std::string begin = ".emend-" + std::to_string(process) + "-";
    for (const Output& o : job.outputs) {
      std::error_code error;
      std::filesystem::directory_iterator at(folder_of(o.path), error);
      for (const std::filesystem::directory_iterator end; !error && at != end; at.increment(error))
        if (at->path().filename().string().starts_with(begin)) ::unlink(at->path().c_str());
    }
  }

  // Lines are added as books end, so that a run that is killed has said what it did.
  void open_report() {
    known_ = read_records(report_);
    report_file_ = ::open(report_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (report_file_ < 0)
      throw Error(Exit::output,
                  shown(report_) + ": cannot be written: " + std::strerror(errno) + "; name another file");
  }

  std::string whole_report() const {
    std::string all;
    for (const Ended& book : books_) all += book.line;
    return all;
  }

  std::size_t ended() const { return made_ + as_they_were_ + failed_; }
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count(); }

  void tell_progress() {
    const auto rate = static_cast<double>(ended()) / std::max(seconds(), 1e-3);
    const auto left = static_cast<std::size_t>(static_cast<double>(jobs_.size() - ended()) / std::max(rate, 1e-6));
    std::string line = "[" + std::to_string(ended()) + "/" + std::to_string(jobs_.size()) + "]";
    if (ended() > 0) line += " " + one_decimal(rate) + " books a second, " + in_words(left) + " left";
    if (failed_ > 0) line += ", " + std::to_string(failed_) + " failed";
    progress_.line(line);
  }

  static std::string one_decimal(double number) {
    const auto tenths = static_cast<std::size_t>(number * 10 + 0.5);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
  }

  static std::string in_words(std::size_t seconds) {
    if (seconds < 100) return counted(seconds, "second");
    return seconds < 6000 ? counted(seconds / 60, "minute") : counted(seconds / 3600, "hour");
  }

  // Failures are told in the order of the books, however they came about.
  void tell_end(int signal) const {
    std::size_t told = 0;
    for (const Ended& book : books_)
      if (!book.failure.empty() && ++told <= most_told) complain(book.failure);
    if (told > most_told) complain("and " + std::to_string(told - most_told) + " more; --report FILE lists them all");
    if (signal != 0) complain("ended before all was done; with --report, the same command goes on from here");
    if (a_.has("quiet")) return;
    std::string line = counted(jobs_.size(), "book") + ": " + std::to_string(made_) + " made";
    if (as_they_were_ > 0) line += ", " + std::to_string(as_they_were_) + " made before";
    if (failed_ > 0) line += ", " + std::to_string(failed_) + " failed";
    if (ended() < jobs_.size()) line += ", " + std::to_string(jobs_.size() - ended()) + " not begun";
    line += "; " + counted(doubts_, "place") + " to look at; " + one_decimal(seconds()) + " seconds\n";
    say(line);
  }

  [[noreturn]] static void end_by(int signal) {
    ::signal(signal, SIG_DFL);
    ::raise(signal);
    std::exit(128 + signal);
  }

  const Arguments& a_;
  Conversion conversion_;
  WorkLimits limits_;
  std::size_t processes_;
  std::string report_, run_key_;
  Progress progress_;
  std::vector<Job> jobs_;
  std::vector<Sidecars> sidecars_;
  std::unordered_map<std::string, BatchRecord> known_;
  int report_file_ = -1;
  std::vector<Ended> books_;
  std::size_t made_ = 0, as_they_were_ = 0, failed_ = 0, doubts_ = 0;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

Exit run(const Arguments& a) { return Batch(a).run(); }

}  // namespace

const Verb verb_batch{"batch",
                      "Makes editions of many texts, on all cores",
                      "batch [IN|FOLDER…] -o OUT…",
                      "Of a FOLDER, all texts in it and below: .txt, .text, .md, .markdown and .hocr.",
                      options,
                      0,
                      any_number,
                      run};

}  // namespace emend
