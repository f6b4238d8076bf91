// A name with a colon begins a paragraph as well (注：本表…): what stands below it must be what it names.
#include "stages/50-headings/called_out.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "pipeline/rules/matter.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "weights/headings.h"

namespace emend {

namespace {

constexpr std::size_t most_named = 5000;  // lines of notes or works that are gone through

bool drop(std::string_view& s, std::string_view begin, std::string_view end) {
  if (s.size() <= begin.size() + end.size() || !s.starts_with(begin) || !s.ends_with(end)) return false;
  s = trim(s.substr(begin.size(), s.size() - begin.size() - end.size()));
  return true;
}

// The name without what calls it out; empty where nothing does.
std::string_view name_in(std::string_view line) {
  std::string_view s = trim(line);
  if (s == "注" || s == "註") return s;
  const bool colon = drop(s, "", "：") || drop(s, "", ":");
  const bool brackets =
      drop(s, "【", "】") || drop(s, "［", "］") || drop(s, "[", "]") || drop(s, "〔", "〕") || drop(s, "［", "]");
  return colon || brackets ? s : std::string_view();
}

const Rule* rule_of(const Rules& rules, std::string_view line) {
  std::string_view name = name_in(line);
  if (name.empty()) return nullptr;
  if (name == "注" || name == "註") name = "注释";
  const Rule* rule = read_matter(rules, name);
  return rule != nullptr && (rule->fact("type") == "notes" || rule->fact("type") == "bibliography") ? rule : nullptr;
}

// Whether the line is a heading of any kind that is known by now, or another name that calls out.
bool is_heading(const Found& f, std::size_t line) {
  const auto after = f.heads.upper_bound(line);
  if (after != f.heads.begin() && std::prev(after)->second.last >= line) return true;
  return f.d.is(f.d.lines[line], "head") || read_matter(f.rules, f.d.lines[line].text) != nullptr ||
         rule_of(f.rules, f.d.lines[line].text) != nullptr;
}

// Labels that count from 1 on, and no text that a gap sets apart behind the last of them: a list that ends where the
// text goes on is of a table, or of the page.
bool names_notes(const Found& f, std::size_t line) {
  int last = 0, labels = 0;
  std::size_t unlabelled = 0;
  bool apart = false;  // a gap stands before the line
  const std::size_t end = std::min(f.d.lines.size(), line + most_named);
  for (std::size_t i = line + 1; i < end; ++i) {
    const std::string_view text = trim(f.d.lines[i].text);
    if (text.empty()) {
      apart = true;
      continue;
    }
    if (f.d.is(f.d.lines[i], "fw")) continue;
    if (is_heading(f, i)) break;
    const Mark mark = read_mark(text);
    const bool label = mark && mark.length < text.size();
    if (last == 0 && (!label || mark.number.value != 1)) return false;
    if (label && (mark.number.value == 1 || mark.number.value > last))
      last = mark.number.value, ++labels, unlabelled = 0;
    else if (apart || ++unlabelled > headings::longest_called_out)
      return false;
    apart = false;
  }
  return labels > 1;
}

// A year, a label or a title in brackets of its own.
bool names_works(const Found& f, std::size_t line) {
  const std::size_t below = f.lines.next(line);
  if (below == f.d.lines.size() || is_heading(f, below)) return false;
  const std::string_view text = trim(f.d.lines[below].text);
  const Mark mark = read_mark(text);
  return (mark && mark.number.value == 1 && mark.length < text.size()) || text.find("》") != text.npos;
}

}  // namespace

const Rule* called_out(const Found& f, std::size_t line) {
  const Rule* rule = rule_of(f.rules, f.d.lines[line].text);
  if (rule == nullptr) return nullptr;
  return (rule->fact("type") == "notes" ? names_notes(f, line) : names_works(f, line)) ? rule : nullptr;
}

}  // namespace emend
