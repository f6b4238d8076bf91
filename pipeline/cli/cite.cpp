// emend cite: what a book cites, for reference managers.
#include "pipeline/cli/book.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/machine.h"
#include "pipeline/cli/named.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/verbs.h"
#include "stages/write/cite/references.h"
#include "stages/write/tei/tei.h"

namespace emend {

namespace {

constexpr Option options[] = {
    {"output,o", "OUT", "a file: .json (CSL-JSON) or .bib (BibTeX);\n- is standard output", true},
    {"to", "FORMAT", "csl or bib, where OUT does not tell"},
    {"rules", "FILE", "a rule table of yours, for a text; may be repeated", true},
    {"encoding", "NAME", "the text's encoding (default: UTF-8, or found)"},
    {"quiet,q", nullptr, "no summary"},
};

enum class Style { csl, bib };

Style style_named(const std::string& name) {
  if (name == "csl" || name == "json") return Style::csl;
  if (name == "bib" || name == "bibtex") return Style::bib;
  throw Error(Exit::usage, "there is no format '" + shown(name) + "'; there are csl and bib");
}

Style style_of(const std::string& out, const Arguments& a) {
  if (out.ends_with(".bib")) return Style::bib;
  if (out.ends_with(".json")) return Style::csl;
  if (a.has("to")) return style_named(a.get("to"));
  if (out == "-") return Style::csl;
  throw Error(Exit::usage, shown(out) + ": its name tells no format; end it in .json or .bib, or use --to");
}

// TEI as it is; of a text, the edition that convert would write.
std::string tei_of(const std::string& input, const Arguments& a) {
  std::string bytes = read_file(input);
  const std::string_view begin = std::string_view(bytes).substr(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  if (begin.starts_with("<?xml") || begin.starts_with("<TEI") || begin.starts_with("<teiCorpus")) return bytes;
  if (input == "-") throw Error(Exit::input, "standard input: is no TEI; a text is read from a file only");
  Book book = open_book(input, sidecars_for(input, a), facts_said(a));
  const Machine machine(a.all("rules"));
  if (!book.begun) machine.plan.run(book.document);
  return write_tei(book.document, book.options);
}

Exit run(const Arguments& a) {
  const std::string input = a.operands.empty() ? "-" : a.operands[0];
  std::vector<std::string> outputs = a.all("output");
  if (outputs.empty()) outputs = {"-"};
  for (const std::string& out : outputs) style_of(out, a);  // what is wrong is said before anything is read
  refuse_overwriting({input}, outputs);
  const std::string name = input_name(input);
  const std::vector<Reference> works = named(name, [&] { return read_references(tei_of(input, a)); });
  for (const std::string& out : outputs) {
    const std::string text = style_of(out, a) == Style::bib ? bibtex(works) : csl_json(works);
    if (out == "-")
      print(text);
    else
      write_file_whole(out, text);
  }
  if (!a.has("quiet") && outputs[0] != "-")
    say(name + ": " + std::to_string(works.size()) + (works.size() == 1 ? " work" : " works") + " cited\n");
  return Exit::done;
}

}  // namespace

const Verb verb_cite{"cite",
                     "Lists the works that a book cites: CSL-JSON, BibTeX",
                     "cite [BOOK] [-o OUT]",
                     "BOOK is TEI, as convert writes it, or a text.\nWithout -o, CSL-JSON goes to standard output.",
                     options,
                     0,
                     1,
                     run};

}  // namespace emend
