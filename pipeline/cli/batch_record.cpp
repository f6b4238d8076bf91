// A record begins with its key, what was made, and its status, always in this form, so that reading it takes no parser.
#include "pipeline/cli/batch_record.h"

#include <cstdlib>

#include "pipeline/cli/conversion.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/json_object.h"
#include "pipeline/cli/shown.h"
#include "pipeline/document/digest.h"

namespace emend {

namespace {

// The parts of what is hashed, each with its length, so that none runs into the next.
class Parts {
 public:
  void add(std::string_view part) { all_ += std::to_string(part.size()) + ":" + std::string(part) + ","; }
  void add_file(const std::string& path) { add(path.empty() ? "" : sha256(read_file(path))); }
  std::string digest() const { return sha256(all_); }

 private:
  std::string all_;
};

// Takes `name":"value"` from the front of a line.
bool take(std::string_view& line, std::string_view name, std::string& value) {
  const std::string begin = (name == "key" ? "{\"" : ",\"") + std::string(name) + "\":\"";
  if (!line.starts_with(begin)) return false;
  line.remove_prefix(begin.size());
  const std::size_t end = line.find('"');
  if (end == line.npos) return false;
  value = line.substr(0, end);
  line.remove_prefix(end + 1);
  return true;
}

// Whether the line is a whole record.
bool read_record(std::string_view line, BatchRecord& record) {
  std::string_view rest = line;
  if (!line.ends_with('}') || !take(rest, "key", record.key) || !take(rest, "made", record.made) ||
      !take(rest, "status", record.status))
    return false;
  record.line = line;
  return true;
}

}  // namespace

std::string key_of_run(const Arguments& a) {
  Parts parts;
  parts.add(EMEND_VERSION);
  parts.add_file("/proc/self/exe");
  for (const Option& o : conversion_options) {
    parts.add(o.name);
    parts.add(a.has(o.name) ? "said" : "");
    for (const std::string& value : a.all(o.name)) parts.add(value);
  }
  for (const std::string& path : a.all("rules")) parts.add_file(path);
  for (const std::string& path : files_for_pandoc(a)) parts.add_file(path);
  const char* day = std::getenv("SOURCE_DATE_EPOCH");
  parts.add(day == nullptr ? "" : day);
  return parts.digest();
}

std::string key_of_book(const std::string& run, const Job& job, const Sidecars& sidecars) {
  Parts parts;
  parts.add(run);
  parts.add(job.input);
  parts.add_file(job.input);
  parts.add_file(sidecars.meta);
  parts.add_file(sidecars.decisions);
  for (const Output& o : job.outputs) parts.add(o.path), parts.add(o.writer);
  return parts.digest();
}

std::string made_of(const Job& job) {
  Parts parts;
  for (const Output& o : job.outputs) {
    if (!file_exists(o.path) || is_folder(o.path)) return {};
    parts.add_file(o.path);
  }
  return parts.digest();
}

BatchRecord record_of(const std::string& key, const Job& job, Exit code, const std::string& book,
                      const std::string& message, const std::string& status) {
  BatchRecord r{key, "", "", code == Exit::done || code == Exit::doubts ? "done" : status};
  if (r.status == "done") r.made = made_of(job);
  JsonObject line;
  line.text("key", r.key).text("made", r.made).text("status", r.status).number("code", static_cast<std::size_t>(code));
  line.text("input", job.input);
  if (!message.empty()) line.text("message", message);
  if (!book.empty()) line.raw("book", book.ends_with('\n') ? std::string_view(book).substr(0, book.size() - 1) : book);
  r.line = line.str();
  return r;
}

std::string completed(const std::string& line, const WorkEnd& end) {
  JsonObject more;
  more.number("milliseconds", static_cast<std::size_t>(end.seconds * 1000)).number("megabytes", end.megabytes);
  if (!end.messages.empty()) more.text("said", end.messages);
  return line.substr(0, line.size() - 1) + "," + more.str().substr(1);
}

std::unordered_map<std::string, BatchRecord> read_records(const std::string& path) {
  std::unordered_map<std::string, BatchRecord> all;
  if (!file_exists(path)) return all;
  const std::string report = read_file(path);
  for (std::size_t at = 0; at < report.size();) {
    const std::size_t end = std::min(report.find('\n', at), report.size());
    BatchRecord record;
    if (read_record(std::string_view(report).substr(at, end - at), record) && !record.key.empty())
      all[record.key] = std::move(record);
    at = end + 1;
  }
  return all;
}

}  // namespace emend
