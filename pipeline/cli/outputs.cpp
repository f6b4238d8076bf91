// Telling formats by name and outputs from inputs.
#include "pipeline/cli/outputs.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>

#include "pipeline/cli/files.h"
#include "pipeline/cli/shown.h"

namespace emend {

namespace {

struct FormatName {
  FileFormat format;
  std::string_view name, extension;
};
constexpr std::array<FormatName, 5> formats = {{{FileFormat::tei, "tei", ".tei.xml"},
                                                {FileFormat::epub, "epub", ".epub"},
                                                {FileFormat::docx, "docx", ".docx"},
                                                {FileFormat::ledger, "ledger", ".ledger"},
                                                {FileFormat::review, "review", ".review.html"}}};

const FormatName& about(FileFormat format) {
  return *std::find_if(formats.begin(), formats.end(), [&](const FormatName& f) { return f.format == format; });
}

[[noreturn]] void unclear(const std::string& what) { throw Error(Exit::usage, what); }

std::optional<FileFormat> told_by_name(std::string_view path) {
  std::string low(path);
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (const FormatName& f : formats)
    if (low.ends_with(f.extension)) return f.format;
  return low.ends_with(".xml") ? std::optional(FileFormat::tei) : std::nullopt;
}

std::string listed(const std::vector<FileFormat>& possible) {
  std::string all;
  for (std::size_t i = 0; i < possible.size(); ++i)
    all += (i == 0 ? "" : i + 1 == possible.size() ? " or " : ", ") + std::string(name_of(possible[i]));
  return all;
}

bool among(const std::vector<FileFormat>& possible, FileFormat format) {
  return std::find(possible.begin(), possible.end(), format) != possible.end();
}

std::vector<FileFormat> wanted_formats(const Arguments& a, const std::vector<FileFormat>& possible) {
  std::vector<FileFormat> wanted;
  for (const std::string& name : a.all("to")) {
    const auto f =
        std::find_if(formats.begin(), formats.end(), [&](const FormatName& known) { return known.name == name; });
    if (f == formats.end() || !among(possible, f->format)) {
      std::vector<std::string_view> names;
      for (const FileFormat p : possible) names.push_back(name_of(p));
      unclear("--to: there is no format '" + shown(name) + "' here; it can be " + listed(possible) +
              did_you_mean(name, names));
    }
    if (std::find(wanted.begin(), wanted.end(), f->format) == wanted.end()) wanted.push_back(f->format);
  }
  return wanted;
}

// The format of one named output: its name tells it, or --to does.
FileFormat format_of(const std::string& path, const std::vector<FileFormat>& wanted,
                     const std::vector<FileFormat>& possible) {
  const std::optional<FileFormat> told = path == "-" ? std::nullopt : told_by_name(path);
  const std::string name = path == "-" ? "standard output" : shown(path);
  if (wanted.size() > 1) unclear(name + ": several --to need a folder as output; name one, with a slash at its end");
  if (told && !wanted.empty() && wanted[0] != *told)
    unclear(name + ": its name says " + std::string(name_of(*told)) + ", but --to says " +
            std::string(name_of(wanted[0])) + "; change one of them");
  const std::optional<FileFormat> format = !wanted.empty() ? wanted[0] : told;
  if (format && among(possible, *format)) return *format;
  if (path == "-" && !format && among(possible, FileFormat::tei)) return FileFormat::tei;
  if (path == "-" && !format) unclear(name + ": say with --to what it is to be, " + listed(possible));
  unclear(name +
          (format ? ": cannot be made by this verb; it makes " : ": its name tells no format; say one with --to, ") +
          listed(possible));
}

bool names_folder(const std::string& path) { return path != "-" && (path.ends_with('/') || is_folder(path)); }

std::string inside(const std::string& folder, const std::string& input, FileFormat format) {
  if (input == "-") unclear("standard input has no name to be used in " + shown(folder) + "; name a file as output");
  return folder + (folder.ends_with('/') ? "" : "/") + file_name(without_extension(input)) +
         std::string(about(format).extension);
}

void refuse_terminal(const Job& job) {
  for (const Output& o : job.outputs)
    if (o.path == "-" && (o.format == FileFormat::epub || o.format == FileFormat::docx) && ::isatty(STDOUT_FILENO))
      unclear("standard output is a terminal, which cannot show " + std::string(name_of(o.format)) +
              "; name a file with -o");
}

// An output that has an option of its own, called as its format is.
void add_named(Job& job, const Arguments& a, FileFormat format, bool several) {
  const std::string option(name_of(format)), path = a.get(option);
  if (path.empty()) return;
  if (several && !names_folder(path))
    unclear("--" + option + ": several inputs need a folder for their " + option + "s; end its name in a slash");
  job.outputs.push_back({format, names_folder(path) ? inside(path, job.input, format) : path});
}

void add_outputs(Job& job, const Arguments& a, const std::vector<FileFormat>& possible, bool several) {
  const std::vector<FileFormat> wanted = wanted_formats(a, possible);
  std::vector<std::string> paths = a.all("output");
  if (paths.empty() && !several) paths.push_back("-");
  if (paths.empty()) unclear("several inputs need a folder for the outputs; name it with -o FOLDER/");
  for (const std::string& path : paths) {
    if (names_folder(path)) {
      for (const FileFormat f : wanted.empty() ? std::vector<FileFormat>{possible.front()} : wanted)
        job.outputs.push_back({f, inside(path, job.input, f)});
    } else if (several) {
      unclear(shown(path) + ": several inputs cannot become one file; name a folder, with a slash at its end");
    } else {
      job.outputs.push_back({format_of(path, wanted, possible), path});
    }
  }
  add_named(job, a, FileFormat::ledger, several);
  add_named(job, a, FileFormat::review, several);
}

}  // namespace

std::string_view name_of(FileFormat format) { return about(format).name; }

const Output* Job::find(FileFormat format) const {
  const auto found = std::find_if(outputs.begin(), outputs.end(), [&](const Output& o) { return o.format == format; });
  return found == outputs.end() ? nullptr : &*found;
}

std::vector<Job> plan_jobs(const Arguments& a, const std::vector<FileFormat>& possible,
                           const std::vector<std::string>& also_read) {
  std::vector<std::string> inputs = a.operands;
  if (inputs.empty() && ::isatty(STDIN_FILENO)) unclear("there is no input; name a file, or - for standard input");
  if (inputs.empty()) inputs.push_back("-");
  if (std::count(inputs.begin(), inputs.end(), "-") > 1) unclear("standard input can be read only once; name - once");
  std::vector<Job> jobs;
  std::vector<std::string> read = also_read, written;
  for (const std::string& input : inputs) {
    add_outputs(jobs.emplace_back(Job{input, {}}), a, possible, inputs.size() > 1);
    refuse_terminal(jobs.back());
    read.push_back(input);
    for (const Output& o : jobs.back().outputs) written.push_back(o.path);
  }
  if (a.has("deps")) {
    if (std::all_of(written.begin(), written.end(), [](const std::string& path) { return path == "-"; }))
      unclear("--deps: standard output is no target of make; name an output with -o");
    written.push_back(a.get("deps"));
  }
  refuse_overwriting(read, written);
  std::vector<std::string> folders = a.all("output");
  for (const char* option : {"ledger", "review"})
    if (a.has(option)) folders.push_back(a.get(option));
  for (const std::string& path : folders)
    if (path.ends_with('/')) make_folder(path);
  return jobs;
}

}  // namespace emend
