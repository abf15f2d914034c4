#include "core/ledger/run_identity.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>

#include "core/ledger/ledger.h"

namespace roadmap {
namespace {

template <typename Bytes>
std::string to_hex(const Bytes& bytes) {
  std::string hex;
  for (const unsigned char byte : bytes)
    hex += fmt::format("{:02x}", byte);
  return hex;
}

}  // namespace

std::string request_hash(const std::string& canonical_json) {
  std::array<unsigned char, 32> digest{};
  unsigned int size = 0;
  if (EVP_Digest(canonical_json.data(), canonical_json.size(), digest.data(), &size, EVP_sha256(), nullptr) !=
      1) {
    throw std::runtime_error("OpenSSL cannot compute SHA-256");
  }
  return to_hex(digest);
}

std::string make_run_id(UtcTime now) {
  std::array<unsigned char, 4> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
    throw std::runtime_error("OpenSSL has no random bytes");
  }
  std::string time;
  for (const char c : to_iso8601(now).substr(0, 19)) {
    if (c != '-' && c != ':') time += c;
  }
  return fmt::format("run_{}Z_{}", time, to_hex(random));
}

}  // namespace roadmap
