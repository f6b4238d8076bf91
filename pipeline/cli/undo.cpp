// emend undo: the text that was converted, out of its edition.
#include "pipeline/cli/book.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/given.h"
#include "pipeline/cli/source.h"
#include "pipeline/cli/verbs.h"

namespace emend {

namespace {

constexpr Option options[] = {
    {"output,o", "FILE", "where to write the text (default: standard output)"},
};

Exit run(const Arguments& a) {
  const std::string out = a.get("output", "-");
  refuse_overwriting(a.operands, {out});
  const Given given = given_edition(a.operands);
  write_file_whole(out, encoded(source_of(given), given.ledger));
  return Exit::done;
}

}  // namespace

const Verb verb_undo{"undo",
                     "Gives the text back that an edition was made from",
                     "undo TEI [LEDGER] [-o FILE]",
                     "TEI and LEDGER are what convert wrote together; TEI that was made with --changes\n"
                     "inline needs no LEDGER. The text is the file that was converted, byte for byte:\n"
                     "its SHA-256 is checked before anything is written.",
                     options,
                     1,
                     2,
                     run};

}  // namespace emend
