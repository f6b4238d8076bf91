// Looking up what was measured. The method is the reliability table of forecasts (Murphy & Winkler 1977, "Reliability
// of Subjective Probability Forecasts"): of those said to be 90 percent sure, 90 in 100 should be right.
#include "pipeline/run/calibration.h"

#include <map>
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

}  // namespace

void calibrate(std::span<Change> changes) {
  static const Worth worth = read_table(embedded::calibration);
  for (Change& c : changes) {
    if (c.kind == Kind::doubt || c.sure == 100) continue;
    const auto found = worth.find(std::pair(std::string(c.rule), static_cast<int>(c.sure)));
    if (found != worth.end()) c.sure = found->second;
  }
}

}  // namespace emend
