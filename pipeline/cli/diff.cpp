// emend diff: how two editions of a text differ, in words.
#include "pipeline/cli/files.h"
#include "pipeline/cli/named.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/verbs.h"
#include "stages/write/compare/differences.h"

namespace emend {

namespace {

constexpr Option options[] = {
    {"quiet,q", nullptr, "tell nothing; the exit status says it"},
};

ComparedText edition_in(const std::string& path) {
  return named(input_name(path), [&] { return read_passages(read_file(path)); });
}

std::string told(const std::vector<Difference>& all) {
  std::string out;
  for (const Difference& difference : all) {
    out += shown(difference.place) + ", " + shown(difference.what) + "\n";
    for (const std::string& line : difference.words) out += "  " + shown(line) + "\n";
  }
  return out;
}

Exit run(const Arguments& a) {
  const ComparedText before = edition_in(a.operands[0]), after = edition_in(a.operands[1]);
  const std::vector<Difference> all = differences(before, after);
  if (!a.has("quiet")) {
    print(told(all));
    say(all.empty() ? "the editions say the same\n" : counted(all.size(), "difference") + "\n");
  }
  return all.empty() ? Exit::done : Exit::doubts;
}

}  // namespace

const Verb verb_diff{"diff",
                     "Tells in words how two editions differ",
                     "diff TEI TEI",
                     "Headings, paragraphs, notes, readings, furniture and page numbers are compared.\n"
                     "[-…-] is what the first has, {+…+} what the second has; ¶ ends a passage,\n"
                     "␣ is a blank.\n"
                     "Exit status: 0 they say the same, 1 they differ.",
                     options,
                     2,
                     2,
                     run};

}  // namespace emend
