// SHA-256 by OpenSSL, which is met only here.
#include "pipeline/document/digest.h"

#include <openssl/evp.h>

#include <array>

#include "pipeline/document/error.h"

namespace emend {

namespace {

void check(bool good) {
  if (!good) throw Error(Exit::bug, "OpenSSL cannot compute SHA-256; check its configuration");
}

struct Context {
  EVP_MD_CTX* of = EVP_MD_CTX_new();
  Context() { check(of != nullptr); }
  ~Context() { EVP_MD_CTX_free(of); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
};

}  // namespace

struct Sha256::State {
  Context context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  check(EVP_DigestInit_ex(state_->context.of, EVP_sha256(), nullptr) == 1);
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  check(EVP_DigestUpdate(state_->context.of, bytes.data(), bytes.size()) == 1);
}

std::string Sha256::hex() const {
  const Context copy;
  std::array<unsigned char, 32> digest{};
  unsigned length = 0;
  check(EVP_MD_CTX_copy_ex(copy.of, state_->context.of) == 1 &&
        EVP_DigestFinal_ex(copy.of, digest.data(), &length) == 1);
  std::string hex;
  for (const unsigned char b : digest) {
    hex += "0123456789abcdef"[b >> 4];
    hex += "0123456789abcdef"[b & 15];
  }
  return hex;
}

std::string sha256(std::string_view bytes) {
  Sha256 digest;
  digest.add(bytes);
  return digest.hex();
}

}  // namespace emend
