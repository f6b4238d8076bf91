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

bool is_digits(std::string_view s, std::string_view form) {
  if (s.size() != form.size()) return false;
  for (std::size_t i = 0; i < s.size(); ++i)
    if (form[i] == '0' ? s[i] < '0' || s[i] > '9' : s[i] != form[i]) return false;
  return true;
}

// "# 2026-11-29 23:20", and whose decisions follow, if that is known.
bool is_stamp(std::string_view line) {
  constexpr std::string_view form = "# 0000-00-00 00:00";
  if (!is_digits(line.substr(0, form.size()), form)) return false;
  line.remove_prefix(form.size());
  return line.empty() || line.starts_with(", ");
}

// Without the stamps that stand directly above another one or the end.
std::string without_bare_stamps(std::string_view file) {
  std::string out;
  std::string_view stamp;
  each_line(file, [&](std::string_view whole, std::string_view line) {
    if (!is_stamp(line)) out.append(stamp);
    stamp = {};
    if (is_stamp(line))
      stamp = whole;
    else
      out.append(whole);
  });
  return out;
}

// The stamp that the file's last line stands below.
std::string_view last_stamp(std::string_view file) {
  std::string_view stamp;
  each_line(file, [&](std::string_view, std::string_view line) {
    if (is_stamp(line))
      stamp = line;
    else if (line.empty() || line.starts_with('#'))
      stamp = {};
  });
  return stamp;
}

}  // namespace

DecisionsChange read_decisions_change(std::string_view body, const std::string& where) {
  DecisionsChange change;
  each_line(body, [&](std::string_view, std::string_view line) {
    if (line.starts_with('-')) {
      change.removed.emplace_back(line.substr(1));
    } else if (line.starts_with('=') && change.known.empty()) {
      change.known = line.substr(1);
    } else if (is_stamp(line) && change.stamp.empty()) {
      change.stamp = line;
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
  const std::string_view line_end = has_cr ? "\r\n" : "\n";
  if (!change.removed.empty()) out = without_bare_stamps(out);
  bool stamped = change.stamp.empty() || last_stamp(out) == change.stamp;
  for (const std::string& line : change.added) {
    if (!there.insert(line).second) continue;
    if (!out.empty() && !out.ends_with('\n')) out += line_end;
    if (!stamped) (out += change.stamp) += line_end;
    stamped = true;
    (out += line) += line_end;
  }
  return out;
}

}  // namespace emend
