// Telling formats by name and outputs from inputs.
#include "pipeline/cli/outputs.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>

#include "pipeline/cli/files.h"
#include "pipeline/cli/pages.h"
#include "pipeline/cli/shown.h"
#include "stages/write/pandoc/pandoc.h"

namespace emend {

namespace {

struct FormatName {
  FileFormat format;
  std::string_view name, extension;
};
// The first of an extension is what that extension means.
constexpr std::array<FormatName, 30> formats = {{{FileFormat::tei, "tei", ".tei.xml"},
                                                 {FileFormat::epub, "epub", ".epub"},
                                                 {FileFormat::docx, "docx", ".docx"},
                                                 {FileFormat::ledger, "ledger", ".ledger"},
                                                 {FileFormat::review, "review", ".review.html"},
                                                 {FileFormat::epub, "epub3", ".epub"},
                                                 {FileFormat::epub, "epub2", ".epub"},
                                                 {FileFormat::written, "html", ".html"},
                                                 {FileFormat::written, "html", ".htm"},
                                                 {FileFormat::written, "html5", ".html"},
                                                 {FileFormat::written, "html4", ".html"},
                                                 {FileFormat::written, "markdown", ".md"},
                                                 {FileFormat::written, "gfm", ".md"},
                                                 {FileFormat::written, "commonmark", ".md"},
                                                 {FileFormat::written, "odt", ".odt"},
                                                 {FileFormat::written, "latex", ".tex"},
                                                 {FileFormat::written, "pdf", ".pdf"},
                                                 {FileFormat::written, "jats", ".jats"},
                                                 {FileFormat::written, "plain", ".txt"},
                                                 {FileFormat::written, "rtf", ".rtf"},
                                                 {FileFormat::written, "rst", ".rst"},
                                                 {FileFormat::written, "org", ".org"},
                                                 {FileFormat::written, "asciidoc", ".adoc"},
                                                 {FileFormat::written, "docbook", ".dbk"},
                                                 {FileFormat::written, "fb2", ".fb2"},
                                                 {FileFormat::written, "icml", ".icml"},
                                                 {FileFormat::written, "mediawiki", ".wiki"},
                                                 {FileFormat::written, "textile", ".textile"},
                                                 {FileFormat::written, "pptx", ".pptx"},
                                                 {FileFormat::written, "typst", ".typ"}}};

struct Wanted {
  FileFormat format;
  std::string name, extension;
};

[[noreturn]] void unclear(const std::string& what) { throw Error(Exit::usage, what); }

Wanted wanted(const FormatName& f) { return {f.format, std::string(f.name), std::string(f.extension)}; }

std::optional<Wanted> told_by_name(std::string_view path) {
  std::string low(path);
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (const FormatName& f : formats)
    if (low.ends_with(f.extension)) return wanted(f);
  return low.ends_with(".xml") ? std::optional(wanted(formats[0])) : std::nullopt;
}

bool among(const std::vector<FileFormat>& possible, FileFormat format) {
  return std::find(possible.begin(), possible.end(), format) != possible.end();
}

std::string listed(const std::vector<FileFormat>& possible) {
  std::string all;
  for (std::size_t i = 0; i < possible.size(); ++i) {
    const auto* const known =
        std::find_if(formats.begin(), formats.end(), [&](const FormatName& f) { return f.format == possible[i]; });
    all += i == 0 ? "" : i + 1 == possible.size() ? " or " : ", ";
    all +=
        possible[i] == FileFormat::written ? "one that `pandoc --list-output-formats` names" : std::string(known->name);
  }
  return all;
}

/// What Pandoc calls its formats; none if there is no Pandoc, which is told when it is needed.
std::vector<std::string> formats_of_pandoc() {
  try {
    return pandoc_formats(find_pandoc());
  } catch (const Error&) {
    return {};
  }
}

/// Whether `name` is a format of Pandoc's, perhaps with extensions: "markdown-smart+footnotes".
bool is_format_of(const std::vector<std::string>& pandoc, std::string_view name) {
  return std::find(pandoc.begin(), pandoc.end(), name.substr(0, name.find_first_of("+-"))) != pandoc.end();
}

[[noreturn]] void unknown_format(const std::string& name, const std::vector<FileFormat>& possible,
                                 const std::vector<std::string>& pandoc) {
  std::vector<std::string_view> names;
  for (const FormatName& f : formats)
    if (among(possible, f.format) && (f.format != FileFormat::written || pandoc.empty())) names.push_back(f.name);
  if (among(possible, FileFormat::written)) names.insert(names.end(), pandoc.begin(), pandoc.end());
  unclear("--to: there is no format '" + shown(name) + "' here; it can be " + listed(possible) +
          did_you_mean(name, names));
}

Wanted format_called(const std::string& name, const std::vector<FileFormat>& possible) {
  const auto* const f =
      std::find_if(formats.begin(), formats.end(), [&](const FormatName& known) { return known.name == name; });
  if (f != formats.end() && among(possible, f->format)) return wanted(*f);
  if (f != formats.end() || !among(possible, FileFormat::written)) unknown_format(name, possible, {});
  const std::vector<std::string> pandoc = formats_of_pandoc();
  if (!is_format_of(pandoc, name)) unknown_format(name, possible, pandoc);
  const std::string base = name.substr(0, name.find_first_of("+-"));
  const auto* const like =
      std::find_if(formats.begin(), formats.end(), [&](const FormatName& known) { return known.name == base; });
  return {FileFormat::written, name, like != formats.end() ? std::string(like->extension) : "." + base};
}

std::vector<Wanted> wanted_formats(const Arguments& a, const std::vector<FileFormat>& possible) {
  std::vector<Wanted> all;
  for (const std::string& name : a.all("to")) {
    if (std::none_of(all.begin(), all.end(), [&](const Wanted& w) { return w.name == name; }))
      all.push_back(format_called(name, possible));
  }
  return all;
}

/// Whether a file called so can hold what is wanted: .epub both EPUBs; .xml, .txt, .html … whatever --to says.
bool fits_name(const Wanted& told, const Wanted& wants, std::string_view path) {
  if (told.extension == wants.extension || told.format == FileFormat::written) return true;
  return !path.ends_with(told.extension) && wants.format == FileFormat::written;
}

// The format of one named output: its name tells it, or --to does.
Wanted format_of(const std::string& path, const std::vector<Wanted>& all, const std::vector<FileFormat>& possible) {
  const std::optional<Wanted> told = path == "-" ? std::nullopt : told_by_name(path);
  const std::string name = path == "-" ? "standard output" : shown(path);
  if (all.size() > 1) unclear(name + ": several --to need a folder as output; name one, with a slash at its end");
  if (told && !all.empty() && !fits_name(*told, all[0], path))
    unclear(name + ": its name says " + told->name + ", but --to says " + all[0].name + "; change one of them");
  const std::optional<Wanted> format = !all.empty() ? all[0] : told;
  if (format && among(possible, format->format)) return *format;
  if (path == "-" && !format && among(possible, FileFormat::tei)) return wanted(formats[0]);
  if (path == "-" && !format) unclear(name + ": say with --to what it is to be, " + listed(possible));
  unclear(name +
          (format ? ": cannot be made by this verb; it makes " : ": its name tells no format; say one with --to, ") +
          listed(possible));
}

Wanted first_of(const std::vector<FileFormat>& possible) {
  return wanted(
      *std::find_if(formats.begin(), formats.end(), [&](const FormatName& f) { return f.format == possible.front(); }));
}

bool names_folder(const std::string& path) { return path != "-" && (path.ends_with('/') || is_folder(path)); }

std::string inside(const std::string& folder, const std::string& input, std::string_view extension) {
  if (input == "-") unclear("standard input has no name to be used in " + shown(folder) + "; name a file as output");
  return folder + (folder.ends_with('/') ? "" : "/") + file_name(without_extension(without_slash(input))) + std::string(extension);
}

bool is_binary(const Output& o) {
  if (o.format == FileFormat::written) return o.writer == "odt" || o.writer == "pdf" || o.writer == "pptx";
  return o.format == FileFormat::epub || o.format == FileFormat::docx;
}

void refuse_terminal(const Job& job) {
  for (const Output& o : job.outputs)
    if (o.path == "-" && is_binary(o) && ::isatty(STDOUT_FILENO))
      unclear("standard output is a terminal, which cannot show " + o.writer + "; name a file with -o");
}

// An output that has an option of its own, called as its format is.
void add_named(Job& job, const Arguments& a, const std::string& option, FileFormat format, bool several) {
  const std::string path = a.get(option);
  if (path.empty()) return;
  if (several && !names_folder(path))
    unclear("--" + option + ": several inputs need a folder for their " + option + "s; end its name in a slash");
  const Wanted w = first_of({format});
  job.outputs.push_back({format, names_folder(path) ? inside(path, job.input, w.extension) : path, option});
}

// Whether what is to be made is one book: each --output names a file.
bool names_files(const Arguments& a) {
  const std::vector<std::string> paths = a.all("output");
  return !paths.empty() && std::none_of(paths.begin(), paths.end(), names_folder);
}

void add_outputs(Job& job, const Arguments& a, const std::vector<FileFormat>& possible, bool several) {
  const std::vector<Wanted> all = wanted_formats(a, possible);
  std::vector<std::string> paths = a.all("output");
  if (paths.empty() && !several) paths.push_back("-");
  if (paths.empty()) unclear("several inputs need a folder for the outputs; name it with -o FOLDER/");
  for (const std::string& path : paths) {
    if (names_folder(path)) {
      for (const Wanted& w : all.empty() ? std::vector<Wanted>{first_of(possible)} : all)
        job.outputs.push_back({w.format, inside(path, job.input, w.extension), w.name});
    } else if (several) {
      unclear(shown(path) + ": several inputs cannot become one file; name a folder, with a slash at its end");
    } else {
      const Wanted w = format_of(path, all, possible);
      job.outputs.push_back({w.format, path, w.name});
    }
  }
  add_named(job, a, "ledger", FileFormat::ledger, several);
  add_named(job, a, "review", FileFormat::review, several);
}

}  // namespace

const Output* Job::find(FileFormat format) const {
  const auto found = std::find_if(outputs.begin(), outputs.end(), [&](const Output& o) { return o.format == format; });
  return found == outputs.end() ? nullptr : &*found;
}

struct BookOutputs::Patterns {
  struct One {
    std::string path;
    std::vector<Wanted> formats;  // of a pattern: the one that it has
    bool folder;
  };
  std::vector<One> all;
};

namespace {

std::string filled(std::string_view pattern, const std::string& input, const std::string& below) {
  const std::array<std::pair<std::string_view, std::string>, 3> words{{{"{name}", file_name(without_extension(input))},
                                                                       {"{below}", below.empty() ? "." : below},
                                                                       {"{path}", without_extension(input)}}};
  std::string out;
  while (!pattern.empty()) {
    const auto* const word =
        std::find_if(words.begin(), words.end(), [&](const auto& w) { return pattern.starts_with(w.first); });
    out += word == words.end() ? std::string(1, pattern[0]) : word->second;
    pattern.remove_prefix(word == words.end() ? 1 : word->first.size());
  }
  return out;
}

}  // namespace

BookOutputs::BookOutputs(const Arguments& a, const std::vector<FileFormat>& possible) {
  const auto patterns = std::make_shared<Patterns>();
  const std::vector<Wanted> wants = wanted_formats(a, possible);
  for (const std::string& path : a.all("output")) {
    const bool pattern = path.find("{name}") != path.npos || path.find("{path}") != path.npos;
    if (pattern)
      patterns->all.push_back({path, {format_of(path, wants, possible)}, false});
    else if (names_folder(path))
      patterns->all.push_back({path, wants.empty() ? std::vector<Wanted>{first_of(possible)} : wants, true});
    else
      unclear(shown(path) + ": all books would become this one file; name a folder, with a slash at its end, or a " +
              "pattern with {name}");
  }
  if (patterns->all.empty()) unclear("say where the books are to be put: -o FOLDER/, or a pattern as -o '{path}.epub'");
  patterns_ = patterns;
}

Job BookOutputs::of(const std::string& input, const std::string& below) const {
  Job job{input, {}};
  for (const Patterns::One& one : patterns_->all)
    for (const Wanted& w : one.formats) {
      const std::string slash = one.path.ends_with('/') ? "" : "/";
      const std::string inner = slash + (below.empty() ? "" : "{below}/") + "{name}" + w.extension;
      job.outputs.push_back({w.format, filled(one.path + (one.folder ? inner : ""), input, below), w.name});
    }
  return job;
}

std::vector<Job> plan_jobs(const Arguments& a, const std::vector<FileFormat>& possible,
                           const std::vector<std::string>& also_read) {
  std::vector<std::string> inputs = a.operands;
  if (inputs.empty() && ::isatty(STDIN_FILENO)) unclear("there is no input; name a file, or - for standard input");
  if (inputs.empty()) inputs.push_back("-");
  if (std::count(inputs.begin(), inputs.end(), "-") > 1) unclear("standard input can be read only once; name - once");
  std::vector<Job> jobs;
  std::vector<std::string> read = also_read, written;
  const bool one_book = inputs.size() > 1 && names_files(a) && are_pages(inputs);
  for (const std::string& input : inputs) {
    read.push_back(input);
    if (one_book && !jobs.empty()) continue;
    add_outputs(jobs.emplace_back(Job{input, {}}), a, possible, inputs.size() > 1 && !one_book);
    refuse_terminal(jobs.back());
    if (input != "-" && is_folder(input))
      for (std::string& file : page_files(input)) read.push_back(std::move(file));
    for (const Output& o : jobs.back().outputs) written.push_back(o.path);
  }
  if (one_book) jobs.front().pages = inputs;
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
