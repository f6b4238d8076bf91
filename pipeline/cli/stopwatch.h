// Where the time went, for --timing: by the clock, and of the processor.
#pragma once
#include <chrono>
#include <ctime>
#include <string>
#include <string_view>

namespace emend {

class Stopwatch {
 public:
  /// What ran since the last lap, or since the beginning, was `name`.
  void lap(std::string_view name, std::string_view remark = {}) {
    const Time now;
    const double clock = std::chrono::duration<double>(now.clock - last_.clock).count();
    const double processor = static_cast<double>(now.processor - last_.processor) / CLOCKS_PER_SEC;
    rows_ += "  " + std::string(name) + std::string(name.size() < 16 ? 16 - name.size() : 1, ' ') + shown(clock) +
             " s" + shown(processor) + " s of the processor";
    rows_ += remark.empty() ? "\n" : "  " + std::string(remark) + "\n";
    last_ = now;
  }

  const std::string& rows() const { return rows_; }

 private:
  struct Time {
    std::chrono::steady_clock::time_point clock = std::chrono::steady_clock::now();
    std::clock_t processor = std::clock();
  };

  static std::string shown(double seconds) {
    std::string number = std::to_string(seconds);
    number.resize(number.find('.') + 4);
    return std::string(number.size() < 8 ? 8 - number.size() : 0, ' ') + number;
  }

  Time last_;
  std::string rows_;
};

}  // namespace emend
