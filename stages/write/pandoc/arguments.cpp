// EPUB, HTML and TeX need telling how a book is to be set; everything else Pandoc does by itself.
#include "stages/write/pandoc/arguments.h"

#include <algorithm>
#include <array>

#include "pipeline/document/error.h"
#include "pipeline/run/process.h"
#include "stages/write/docx/docx.h"
#include "stages/write/epub/epub.h"
#include "stages/write/pandoc/program.h"

namespace emend {
namespace embedded {
extern const std::string_view epub_css, html_css;
}
namespace {

using Arguments = std::vector<std::string>;

void append(Arguments& arguments, std::initializer_list<std::string> more) { arguments.insert(arguments.end(), more); }

std::string_view base_of(std::string_view writer) { return writer.substr(0, writer.find_first_of("+-")); }

bool is_html(std::string_view writer) {
  const std::string_view base = base_of(writer);
  return base == "html" || base == "html5" || base == "html4";
}

/// The Markdowns whose headings have no identifiers.
bool is_plain_mark(std::string_view writer) {
  static constexpr std::array<std::string_view, 4> names{"commonmark", "gfm", "markdown_github", "markdown_strict"};
  return std::find(names.begin(), names.end(), base_of(writer)) != names.end();
}

/// What Pandoc is to write, as `--to` has it: quotation marks and dashes as they are in the text. Writers that know
/// "smart" make " and -- of them.
std::string with_marks_as_they_are(const std::string& writer) {
  static constexpr std::array<std::string_view, 7> smart{"beamer",   "commonmark_x", "context", "latex",
                                                         "markdown", "opml",         "textile"};
  const bool knows = std::find(smart.begin(), smart.end(), base_of(writer)) != smart.end();
  const bool formulas = base_of(writer) == "gfm" || base_of(writer) == "commonmark";  // without that, HTML
  const std::string with_formulas =
      formulas && writer.find("tex_math") == writer.npos ? writer + "+tex_math_dollars" : writer;
  return !knows || writer.find("smart") != writer.npos ? with_formulas : with_formulas + "-smart";
}

bool is_tex(std::string_view writer) { return base_of(writer) == "latex" || base_of(writer) == "pdf"; }

void for_epub(Arguments& arguments, Format format, const Pandoc& pandoc, const ExportOptions& options,
              const BookFacts& facts, const PrivateFolder& folder) {
  const bool splits = version_numbers(pandoc.version, '.') >= std::vector<int>{3};
  const std::string_view css = options.css.empty() ? embedded::epub_css : std::string_view(options.css);
  append(arguments, {format == Format::epub2 ? "--to=epub2" : "--to=epub3", "--toc-depth=6",
                     "--css=" + folder.write("book.css", css),
                     (splits ? "--split-level=" : "--epub-chapter-level=") + std::to_string(facts.chapter_level)});
  // A book that prints its own contents shows those; the navigation is there all the same.
  if (!facts.printed_contents) arguments.emplace_back("--toc");
  // Devices of the time of EPUB 2 draw no cover from SVG.
  if (!options.cover.empty() || format == Format::epub) {
    arguments.push_back("--epub-cover-image=" +
                        (options.cover.empty() ? folder.write("cover.svg", cover_svg(facts.metadata)) : options.cover));
  }
}

/// One file: the style sheet is in it, and nothing is fetched.
void for_html(Arguments& arguments, const ExportOptions& options, const BookFacts& facts, const PrivateFolder& folder) {
  std::string css = "<style>\n";
  css += options.css.empty() ? embedded::epub_css : std::string_view(options.css);
  if (options.css.empty()) css += embedded::html_css;
  append(arguments, {"--metadata=document-css:false", "--section-divs",
                     "--include-in-header=" + folder.write("style.html", css + "</style>\n")});
  if (!facts.printed_contents && facts.sections.size() > 1) append(arguments, {"--toc", "--toc-depth=6"});
}

void for_tex(Arguments& arguments, const BookFacts& facts) {
  const bool chinese = facts.metadata.language.starts_with("zh");
  const bool chapters = facts.sections.size() > 1;
  append(arguments, {std::string("--variable=documentclass:") + (chinese ? "ctex" : "") +
                         (chapters  ? "book"
                          : chinese ? "art"
                                    : "article"),
                     std::string("--top-level-division=") + (!chapters                 ? "section"
                                                             : facts.chapter_level > 1 ? "part"
                                                                                       : "chapter")});
  if (!facts.printed_contents && chapters) arguments.emplace_back("--toc");
}

std::string typesetter() {
  static constexpr std::array<std::string_view, 3> engines{"xelatex", "lualatex", "tectonic"};
  for (const std::string_view engine : engines) {
    if (!find_program(engine).empty()) return std::string(engine);
  }
  throw Error(Exit::pandoc,
              "PDF needs a TeX that knows Unicode (xelatex, lualatex or tectonic), and none was found; install one "
              "(apt-get install texlive-xetex; for Chinese texlive-lang-chinese too), or make DOCX and print that");
}

void for_other(Arguments& arguments, const ExportOptions& options, const BookFacts& facts,
               const PrivateFolder& folder) {
  append(arguments, {"--to=" + with_marks_as_they_are(options.writer), "--standalone"});
  if (is_html(options.writer)) for_html(arguments, options, facts, folder);
  if (is_tex(options.writer)) for_tex(arguments, facts);
  if (options.writer == "pdf") arguments.push_back("--pdf-engine=" + typesetter());
  if (base_of(options.writer) == "odt" && !options.reference_doc.empty()) {
    arguments.push_back("--reference-doc=" + options.reference_doc);
  }
}

}  // namespace

Arguments pandoc_arguments(Format format, const Pandoc& pandoc, const ExportOptions& options, const BookFacts& facts,
                           const PrivateFolder& folder) {
  Arguments arguments{"--from=json", "--output=-", "--wrap=none", "--data-dir=" + folder.path()};
  if (format == Format::epub || format == Format::epub2) {
    for_epub(arguments, format, pandoc, options, facts, folder);
  } else if (format == Format::docx) {
    arguments.emplace_back("--to=docx");
    arguments.push_back("--reference-doc=" +
                        (options.reference_doc.empty()
                             ? folder.write("reference.docx", reference_docx(facts, options.layout))
                             : options.reference_doc));
  } else {
    for_other(arguments, options, facts, folder);
  }
  arguments.insert(arguments.end(), options.extra_arguments.begin(), options.extra_arguments.end());
  return arguments;
}

BookTarget target_of(Format format, const ExportOptions& options) {
  switch (format) {
    case Format::epub:
    case Format::epub2: return BookTarget::epub;
    case Format::docx: return BookTarget::docx;
    default:
      return is_html(options.writer)         ? BookTarget::html
             : is_plain_mark(options.writer) ? BookTarget::commonmark
                                             : BookTarget::other;
  }
}

FactsShown facts_shown(Format format, const ExportOptions& options) {
  if (format == Format::epub || format == Format::epub2) return FactsShown::all;
  if (format == Format::docx || is_html(options.writer)) return FactsShown::subtitle;
  struct Template {
    std::string_view writer;
    FactsShown shows;
  };
  static constexpr std::array<Template, 21> templates{
      {{"commonmark_x", FactsShown::all}, {"markdown", FactsShown::all},      {"markdown_mmd", FactsShown::all},
       {"tei", FactsShown::title},        {"beamer", FactsShown::subtitle},   {"context", FactsShown::subtitle},
       {"docbook", FactsShown::subtitle}, {"docbook5", FactsShown::subtitle}, {"latex", FactsShown::subtitle},
       {"muse", FactsShown::subtitle},    {"odt", FactsShown::subtitle},      {"opendocument", FactsShown::subtitle},
       {"pdf", FactsShown::subtitle},     {"revealjs", FactsShown::subtitle}, {"asciidoc", FactsShown::title},
       {"docbook4", FactsShown::title},   {"org", FactsShown::title},         {"plain", FactsShown::title},
       {"rst", FactsShown::title},        {"rtf", FactsShown::title},         {"texinfo", FactsShown::title}}};
  const auto found = std::find_if(templates.begin(), templates.end(),
                                  [&](const Template& t) { return t.writer == base_of(options.writer); });
  return found == templates.end() ? FactsShown::none : found->shows;
}

}  // namespace emend
