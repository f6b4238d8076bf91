// Looking up what was measured. The method is the reliability table of forecasts (Murphy & Winkler 1977, "Reliability
// of Subjective Probability Forecasts"): of those said to be 90 percent sure, 90 in 100 should be right.
#include "pipeline/run/calibration.h"

#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>

namespace emend {

namespace embedded {
extern const std::string_view calibration;
}

namespace {

using Worth = std::map<std::pair<std::string, int>, std::uint8_t, std::less<>>;

Worth read_table(std::string_view table) {
  Worth worth;
  std::istringstream lines{std::string(table)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string rule;
    int said = 0, is = 0;
    if (line.starts_with('#') || !(fields >> rule >> said >> is)) continue;
    worth[{rule, said}] = static_cast<std::uint8_t>(is);
  }
  return worth;
}

constexpr std::uint8_t likely = 50;  // what is wrong more often than right is not done

struct Earlier {
  bool operator()(Span a, Span b) const { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); }
};

// Whether nothing else that the stage proposes rests on the change: notes have labels and links, page breaks count on.
bool stands_alone(const Change& c) {
  return c.kind == Kind::edit || c.kind == Kind::join || (c.kind == Kind::block && c.name == "head");
}

// The same place and reason, and nothing changed there.
Change as_doubt(const Change& c) {
  Change doubt;
  doubt.sure = c.sure;
  doubt.at = c.at;
  doubt.stage = c.stage;
  doubt.rule = c.rule;
  doubt.reason =
      c.reason.empty() ? std::string_view("what this rule does here is wrong more often than right") : c.reason;
  return doubt;
}

}  // namespace

void calibrate(std::span<Change> changes) {
  static const Worth worth = read_table(embedded::calibration);
  std::set<Span, Earlier> dropped;  // headings that are none: nothing leads there
  for (Change& c : changes) {
    if (c.kind == Kind::doubt || c.sure == 100) continue;
    const auto found = worth.find(std::pair(std::string(c.rule), static_cast<int>(c.sure)));
    if (found == worth.end()) continue;
    c.sure = found->second;
    if (c.sure >= likely || !stands_alone(c)) continue;
    if (c.kind == Kind::block) dropped.insert(c.at);
    c = as_doubt(c);
  }
  if (dropped.empty()) return;
  for (Change& c : changes)
    if (c.kind == Kind::link && (dropped.contains(c.at) || dropped.contains(c.to))) c = as_doubt(c);
}

}  // namespace emend
