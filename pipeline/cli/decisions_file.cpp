// Line by line, so that what a person wrote by hand stays.
#include "pipeline/cli/decisions_file.h"

#include <algorithm>
#include <unordered_set>

#include "pipeline/cli/shown.h"
#include "pipeline/document/error.h"
#include "pipeline/run/decisions.h"

namespace emend {

namespace {

// Calls f(line with its end, line without) for each line.
template <class F>
void each_line(std::string_view text, F f) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    const std::string_view whole = line;
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    f(whole, line);
  }
}

}  // namespace

DecisionsChange read_decisions_change(std::string_view body, const std::string& where) {
  DecisionsChange change;
  each_line(body, [&](std::string_view, std::string_view line) {
    if (line.starts_with('-')) {
      change.removed.emplace_back(line.substr(1));
    } else if (line.starts_with('+') && decision_lines(line.substr(1), where).size() == 1) {
      change.added.emplace_back(line.substr(1));
    } else {
      throw Error(Exit::usage, where + ": '" + shown_short(line, 40) + "' is no decision to add or take back");
    }
  });
  return change;
}

std::string changed_decisions(std::string_view file, const DecisionsChange& change) {
  const std::unordered_set<std::string_view> removed(change.removed.begin(), change.removed.end());
  std::unordered_set<std::string_view> there;
  std::string out;
  each_line(file, [&](std::string_view whole, std::string_view line) {
    if (removed.contains(line)) return;
    out += whole;
    there.insert(line);
  });
  const bool has_cr = file.find("\r\n") != file.npos;
  for (const std::string& line : change.added) {
    if (!there.insert(line).second) continue;
    if (!out.empty() && !out.ends_with('\n')) out += has_cr ? "\r\n" : "\n";
    out += line;
    out += has_cr ? "\r\n" : "\n";
  }
  return out;
}

}  // namespace emend
