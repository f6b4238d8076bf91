// Telling texts, TEI and ledgers apart by what they begin with.
#include "pipeline/cli/given.h"

#include <algorithm>

#include "pipeline/cli/files.h"
#include "pipeline/cli/shown.h"
#include "pipeline/document/digest.h"
#include "pipeline/document/error.h"
#include "stages/write/tei/tei.h"

namespace emend {

namespace {

std::string named(const std::string& path) { return path == "-" ? "standard input" : shown(path); }

}  // namespace

Given given_edition(const std::vector<std::string>& operands) {
  if (std::count(operands.begin(), operands.end(), "-") > 1)
    throw Error(Exit::usage, "standard input can be read only once; name - once");
  Given given;
  std::string last = operands.size() > 1 ? read_file(operands.back()) : "";
  const bool with_ledger = operands.size() == 3 || is_ledger(last);
  if (with_ledger) given.ledger_path = operands.back();
  given.tei_path = operands[operands.size() - (with_ledger ? 2 : 1)];
  if (operands.size() == (with_ledger ? 3u : 2u)) given.source_path = operands.front();
  given.tei = with_ledger || operands.size() == 1 ? read_file(given.tei_path) : std::move(last);
  if (with_ledger) {
    given.ledger = read_ledger(last, named(given.ledger_path));
    given.ledger_sha256 = sha256(last);
  } else {
    const EditionText edition = read_edition(given.tei, named(given.tei_path));
    if (edition.ledger.empty())
      throw Error(Exit::usage, named(given.tei_path) +
                                   ": has no ledger within it, as `--changes inline` makes it; name "
                                   "its ledger behind it");
    given.ledger = read_ledger(edition.ledger, named(given.tei_path) + ": the ledger within");
    given.ledger_sha256 = sha256(edition.ledger);
  }
  return given;
}

void check_seal(const Given& given) {
  std::string seal;
  try {
    seal = read_edition(given.tei, named(given.tei_path)).seal;
  } catch (const Error&) {
    return;  // no edition of ours: that is said better where it is compared
  }
  if (seal == given.ledger_sha256) return;
  const std::string ledger = given.ledger_path.empty() ? "the ledger within" : named(given.ledger_path);
  throw Error(Exit::invalid, named(given.tei_path) + ": " + ledger + " is not the ledger that it was written with" +
                                 (seal.empty() ? "; it names none" : ", whose SHA-256 is " + shown_short(seal, 64)) +
                                 "; restore both, or convert the source anew");
}

std::string source_of(const Given& given) {
  const std::string where = named(given.tei_path);
  return source_from(read_edition(given.tei, where).text, given.ledger, where);
}

}  // namespace emend
