// SHA-256 by OpenSSL, which is met only here.
#include "pipeline/document/digest.h"

#include <openssl/evp.h>

#include <array>

#include "pipeline/document/error.h"

namespace emend {

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, 32> digest{};
  unsigned length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1)
    throw Error(Exit::bug, "OpenSSL cannot compute SHA-256; check its configuration");
  std::string hex;
  for (const unsigned char b : digest) {
    hex += "0123456789abcdef"[b >> 4];
    hex += "0123456789abcdef"[b & 15];
  }
  return hex;
}

}  // namespace emend
