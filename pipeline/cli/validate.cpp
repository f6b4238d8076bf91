// emend validate: is this the TEI that our editions are made of, and if not, where not?
#include "stages/write/validate.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/verbs.h"

namespace emend {

namespace {

constexpr Option options[] = {
    {"quiet,q", nullptr, "print problems only"},
};

// How many problems the file has.
std::size_t validate_one(const std::string& path, bool quiet) {
  const std::string name = path == "-" ? "standard input" : shown(path);
  const std::vector<Problem> problems = validate(read_file(path), emend_grammar(), 100);
  std::string out;
  for (const Problem& p : problems)
    out += name + ":" + std::to_string(p.line) + ": " + (p.path.empty() ? "" : shown(p.path) + ": ") +
           shown(p.message) + "\n";
  if (problems.empty() && !quiet) out = name + ": valid\n";
  print(out);
  return problems.size();
}

Exit run(const Arguments& a) {
  Exit status = Exit::done;
  for (const std::string& path : a.operands.empty() ? std::vector<std::string>{"-"} : a.operands) {
    try {
      if (validate_one(path, a.has("quiet")) > 0 && status == Exit::done) status = Exit::invalid;
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
