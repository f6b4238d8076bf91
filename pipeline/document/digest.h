// The fingerprint by which a ledger and an edition know their source.
#pragma once
#include <string>
#include <string_view>

namespace emend {

/// SHA-256 in 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace emend
