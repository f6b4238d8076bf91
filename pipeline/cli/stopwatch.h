// Where the time went, for --timing.
#pragma once
#include <chrono>
#include <string>
#include <string_view>

namespace emend {

class Stopwatch {
 public:
  /// What ran since the last lap, or since the beginning, was `name`.
  void lap(std::string_view name, std::string_view remark = {}) {
    const auto now = std::chrono::steady_clock::now();
    add(name, std::chrono::duration<double>(now - last_).count(), remark);
    last_ = now;
  }

  /// A row of a time that was measured elsewhere; the next lap begins now.
  void add(std::string_view name, double seconds, std::string_view remark) {
    std::string number = std::to_string(seconds);
    number.resize(number.find('.') + 4);
    rows_ += "  " + std::string(name) + std::string(name.size() < 16 ? 16 - name.size() : 1, ' ');
    rows_ += std::string(number.size() < 8 ? 8 - number.size() : 0, ' ') + number + " s";
    rows_ += remark.empty() ? "\n" : "  " + std::string(remark) + "\n";
    last_ = std::chrono::steady_clock::now();
  }

  const std::string& rows() const { return rows_; }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
  std::string rows_;
};

}  // namespace emend
