// The fingerprint by which a ledger and an edition know their source.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace emend {

/// SHA-256 in 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

/// The same of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  /// Of all that was added so far.
  std::string hex() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace emend
