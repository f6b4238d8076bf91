// emend validate: is this the TEI that our editions are made of, and if not, where not?
#include "stages/write/validate/validate.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/verbs.h"
#include "stages/write/validate/schema_file.h"

namespace emend {

namespace {

constexpr Option options[] = {
    {"schema", "FILE",
     "a grammar (RELAX NG) or rules (Schematron) to hold it\nagainst instead of emend's; may be repeated", true},
    {"quiet,q", nullptr, "print problems only"},
};

constexpr std::size_t most_problems = 100;

// What the files are held against, and its names.
struct Judges {
  std::vector<SchemaFile> files;
  Schemas schemas;
  std::string names;
};

Judges judges(const Arguments& a) {
  Judges all;
  const auto named = [&](const std::string& name) { all.names += (all.names.empty() ? "" : ", ") + name; };
  for (const std::string& path : a.all("schema")) {
    all.files.push_back(read_schema(read_file(path), shown(path)));
    named(shown(path));
  }
  for (const SchemaFile& file : all.files) {
    if (file.grammar) all.schemas.grammars.push_back(file.grammar.get());
    if (file.rules) all.schemas.rules.push_back(file.rules.get());
  }
  all.schemas.references = all.files.empty();
  if (!all.files.empty()) return all;
  all.schemas.grammars = {&emend_grammar()};
  all.schemas.rules = {&emend_rules()};
  named("emend.rng"), named("emend.sch");
  return all;
}

std::string row(const std::string& name, const Problem& p) {
  return name + ":" + std::to_string(p.line) + ": " + (p.path.empty() ? "" : shown(p.path) + ": ") + shown(p.message) +
         (p.rule.empty() ? "" : " [" + shown(p.rule) + "]") + "\n";
}

std::string verdict(const std::string& name, std::size_t problems, const Judges& judges) {
  if (problems == 0) return name + ": valid (" + judges.names + ")\n";
  return name + ": not valid (" + judges.names + "): " + counted(problems, "problem") +
         (problems < most_problems ? "" : " or more") + "\n";
}

// TEI of others is seldom within the small part of TEI that emend writes; then it is no news that it is not valid.
std::string advice(const std::string& name, std::string_view tei) {
  const Origin origin = origin_of(tei);
  if (origin.emend) return "";
  std::string schemas;
  for (const std::string& schema : origin.schemas) schemas += (schemas.empty() ? "; it names " : ", ") + shown(schema);
  return name +
         ": this TEI was not made by emend, whose grammar is a small part of TEI; --schema FILE holds it against "
         "another" +
         schemas + "\n";
}

// How many problems the file has.
std::size_t validate_one(const std::string& path, const Judges& judges, bool quiet) {
  const std::string name = path == "-" ? "standard input" : shown(path), tei = read_file(path);
  const std::vector<Problem> problems = validate(tei, judges.schemas, most_problems);
  std::string out;
  for (const Problem& p : problems) out += row(name, p);
  if (!quiet) out += verdict(name, problems.size(), judges);
  if (!quiet && !problems.empty() && judges.files.empty()) out += advice(name, tei);
  print(out);
  return problems.size();
}

Exit run(const Arguments& a) {
  const Judges held_against = judges(a);
  Exit status = Exit::done;
  for (const std::string& path : a.operands.empty() ? std::vector<std::string>{"-"} : a.operands) {
    try {
      if (validate_one(path, held_against, a.has("quiet")) > 0 && status == Exit::done) status = Exit::invalid;
    } catch (const Error& e) {
      if (a.operands.size() < 2 || e.code == Exit::output) throw;
      complain(e.what());
      status = e.code;
    }
  }
  return status;
}

}  // namespace

const Verb verb_validate{"validate",        "Tells whether TEI is valid, and where it is not",
                         "validate [TEI…]", "Prints FILE:LINE: PATH: PROBLEM for each problem, on standard output.",
                         options,           0,
                         any_number,        run};

}  // namespace emend
