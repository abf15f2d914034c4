// The only translation unit that sees cpp-jwt and OpenSSL.
#include "sheets_client/jwt_grant.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdint>
#include <jwt/jwt.hpp>
#include <memory>
#include <stdexcept>

namespace sheets {
namespace {

constexpr int kMinKeyBits = 2048;
constexpr std::chrono::seconds kValidity{3600};  // the longest that Google accepts

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};

// Stands in for OpenSSL's own callback, which would ask on the terminal.
int no_passphrase(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

std::int64_t unix_seconds(roadmap::UtcTime time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace

std::optional<std::string> private_key_problem(const std::string& pem) {
  const std::unique_ptr<BIO, Free> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  if (!bio) throw std::bad_alloc();
  bool passphrase_asked = false;
  const std::unique_ptr<EVP_PKEY, Free> key(
      PEM_read_bio_PrivateKey(bio.get(), nullptr, &no_passphrase, &passphrase_asked));
  ERR_clear_error();
  if (passphrase_asked) return "is encrypted with a passphrase";
  if (!key) return "is no PEM private key (it was cut or changed)";
  if (EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) return "is no RSA key";
  const int bits = EVP_PKEY_get_bits(key.get());
  if (bits < kMinKeyBits) return "has " + std::to_string(bits) + " bits; at least 2048 are needed";
  return std::nullopt;
}

std::string sign_assertion(const JwtClaims& claims, const std::string& pem) {
  try {
    jwt::jwt_object assertion{jwt::params::algorithm("RS256"), jwt::params::secret(pem)};
    if (!claims.key_id.empty()) assertion.header().add_header("kid", claims.key_id);
    assertion.add_claim("iss", claims.issuer);
    assertion.add_claim("scope", claims.scope);
    assertion.add_claim("aud", claims.audience);
    assertion.add_claim("iat", unix_seconds(claims.issued_at));
    assertion.add_claim("exp", unix_seconds(claims.issued_at + kValidity));
    return assertion.signature();
  } catch (const std::exception& error) {
    throw std::runtime_error(std::string("the private key could not sign: ") + error.what());
  }
}

}  // namespace sheets
