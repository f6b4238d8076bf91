// emend verify: proves that an edition says what its source says, and where it does not, why.
#include <algorithm>

#include "pipeline/cli/book.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/given.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/source.h"
#include "pipeline/cli/verbs.h"
#include "pipeline/document/commit.h"
#include "stages/write/account.h"
#include "stages/write/tei/changes.h"
#include "stages/write/tei/tei.h"

namespace emend {

namespace {

constexpr Option options[] = {
    {"quiet,q", nullptr, "print nothing if all is proven"},
};

std::string line_around(std::string_view text, std::size_t at) {
  const auto inside = [&](std::size_t i) {
    return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0u) == 0x80u;
  };
  const std::size_t before = at == 0 ? text.npos : text.rfind('\n', at - 1);
  std::size_t begin = std::max(before == text.npos ? 0 : before + 1, at > 30 ? at - 30 : 0);
  std::size_t end = std::min({text.find('\n', at), text.size(), at + 30});
  while (begin < at && inside(begin)) ++begin;
  while (inside(end)) ++end;
  return at >= text.size() ? "the end of the file" : "'" + shown(text.substr(begin, end - begin)) + "'";
}

void compare(const std::string& tei, const std::string& again, const std::string& path, const Ledger& ledger) {
  if (tei == again) return;
  const auto differs = std::mismatch(tei.begin(), tei.end(), again.begin(), again.end());
  const auto at = static_cast<std::size_t>(differs.first - tei.begin());
  const auto line = 1 + std::count(tei.begin(), differs.first, '\n');
  const std::string version = ledger.program == EMEND_VERSION ? ""
                                                              : " (the ledger is from emend " + shown(ledger.program) +
                                                                    ", this is " EMEND_VERSION ")";
  throw Error(Exit::invalid, shown(path) + ":" + std::to_string(line) +
                                 ": is not what source and ledger make: it has " + line_around(tei, at) +
                                 ", they make " + line_around(again, at) + version +
                                 "; convert the source anew, or restore the file");
}

void audit(const Account& account, const std::string& path) {
  if (account.problems.empty()) return;
  std::string all;
  for (std::size_t i = 0; i < account.problems.size() && i < 5; ++i) all += (i > 0 ? "; " : "") + account.problems[i];
  throw Error(Exit::invalid, shown(path) + ": not every character is accounted for: " + all +
                                 (account.problems.size() > 5 ? "; and more" : "") +
                                 "; this is a defect of emend, please report it");
}

// "encoding it in Big5 gives the file back", if the file was no UTF-8; and so of its columns.
std::string of_encoding(const Ledger& ledger) {
  std::string out;
  for (const auto& [key, value] : ledger.options)
    if (key == "encoding") out = " once decoded\nencoding it in " + shown(value) + " gives the file back byte for byte";
  if (!breaks_of(ledger.options).empty())
    out += "\ntaking out the line ends that were put in gives the file back byte for byte";
  if (!entries_of(ledger.options).empty())
    out += "\ntaking the entries of its contents list apart again gives the file back byte for byte";
  if (!columns_of(ledger.options).empty())
    out += "\nsetting its columns side by side again gives the file back byte for byte";
  return out;
}

std::string origin(const Document& d, const Given& given) {
  const std::string source = shown(d.name) + ", " + counted(d.source.size(), "byte") + of_encoding(given.ledger);
  std::size_t taken = 0;
  for (const Step& step : given.ledger.steps) taken += step.take.size();
  const std::string share =
      counted(taken, "byte") + " from its text, " + std::to_string(d.source.size() - taken) + " from the ledger";
  if (given.source_path.empty())
    return "the edition gives its source back byte for byte: " + source + "\n(" + share + ")";
  return "the source is the one that was converted: " + source +
         (given.ledger.steps.empty() ? "" : "\nthe edition gives it back byte for byte (" + share + ")");
}

// "absent from the reading text: 11 furniture, 2 note marks", each class of the closed list that took any.
std::string absences(const Account& a) {
  std::string out;
  const auto add = [&](std::size_t count, std::string_view what) {
    if (count > 0) out += (out.empty() ? "" : ", ") + std::to_string(count) + " in " + std::string(what);
  };
  add(a.furniture, "running heads and other furniture");
  for (std::size_t i = 0; i < a.absent.size(); ++i) add(a.absent[i], in_words(static_cast<Absent>(i)));
  return out.empty() ? "" : "\nof these, the reading text lacks " + out;
}

std::string proven(const Document& d, const Given& given, const Account& a) {
  const std::size_t all = a.kept + a.changed + a.moved + a.set_aside;
  return origin(d, given) + "\nundoing " + counted(given.ledger.changes.size(), "change") +
         " gives it back byte for byte" + "\nsource and ledger make this edition byte for byte" + "\nall " +
         counted(all, "character") + " are accounted for (blanks not counted): " + std::to_string(a.kept) + " kept, " +
         std::to_string(a.changed) + " changed, " + std::to_string(a.moved) + " moved, " + std::to_string(a.set_aside) +
         " set aside" + absences(a) + "\ncounted by another way, the edition's text has the " +
         counted(a.written, "character") + " that the source then reads, each as often\n";
}

Exit run(const Arguments& a) {
  Given given = given_edition(a.operands);
  std::string source = given.source_path.empty() ? source_of(given) : source_of(given.source_path, given.ledger);
  const Document d = replay(std::move(source), given.ledger);
  verify(d);
  check_seal(given);
  compare(given.tei, write_tei(d, given.ledger.options), given.tei_path, given.ledger);
  if (!given.ledger.steps.empty()) source_of(given);
  const Account account = account_for(d, given.tei, shown_changes(given.ledger.options));
  audit(account, given.tei_path);
  if (!a.has("quiet")) print(proven(d, given, account));
  return Exit::done;
}

}  // namespace

const Verb verb_verify{"verify",
                       "Proves that an edition comes from its source",
                       "verify [IN] TEI [LEDGER]",
                       "IN is the text that was converted, LEDGER what convert wrote with --ledger; TEI\n"
                       "made with --changes inline has it within. Without IN, the text is taken out of\n"
                       "TEI and LEDGER. Proven is that undoing LEDGER gives IN back byte for byte, that\n"
                       "IN and LEDGER make TEI byte for byte, and that every character of IN is kept,\n"
                       "changed, moved or set aside.",
                       options,
                       1,
                       3,
                       run};

}  // namespace emend
