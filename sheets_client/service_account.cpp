// The only translation unit that sees cpp-jwt and OpenSSL.
#include "sheets_client/service_account.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <jwt/jwt.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "sheets_client/endpoint.h"
#include "sheets_client/token_source.h"

namespace sheets {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxFileBytes = 65536;  // a real one has about 2,400

std::string contents_of(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw CredentialsError(file, "cannot be read: " + std::string(std::strerror(errno)));
  std::string text(kMaxFileBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad() || (stream.fail() && !stream.eof())) throw CredentialsError(file, "cannot be read");
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.size() > kMaxFileBytes)
    throw CredentialsError(file, "is larger than 64 KiB, so it is no such file");
  return text;
}

json parse(const std::string& file, const std::string& text) {
  try {
    json document = json::parse(text);
    if (!document.is_object()) throw CredentialsError(file, "is no JSON object");
    return document;
  } catch (const json::parse_error& error) {
    // The exception's own text repeats what it read, which may be the key.
    throw CredentialsError(file, "is not JSON (unreadable at byte " + std::to_string(error.byte) + ")");
  }
}

std::string optional_text(const std::string& file, const json& document, const char* member) {
  const auto found = document.find(member);
  if (found == document.end()) return {};
  if (!found->is_string())
    throw CredentialsError(file, "has a '" + std::string(member) + "' that is no text");
  return found->get<std::string>();
}

std::string required_text(const std::string& file, const json& document, const char* member) {
  std::string text = optional_text(file, document, member);
  if (text.empty()) throw CredentialsError(file, "has no '" + std::string(member) + "'");
  return text;
}

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

// What is wrong with a PEM private key for RS256 (not PEM, encrypted, not RSA, shorter than 2,048 bits);
// nullopt when nothing is. Never asks for a passphrase.
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

}  // namespace

ServiceAccount read_service_account(const std::string& file) {
  const json document = parse(file, contents_of(file));
  const std::string type = required_text(file, document, "type");
  if (type != "service_account") {
    throw CredentialsError(
        file, "is of type '" + type + "', not 'service_account': create a key for a service account");
  }
  ServiceAccount account{
      required_text(file, document, "client_email"), required_text(file, document, "private_key"),
      optional_text(file, document, "private_key_id"), required_text(file, document, "token_uri")};
  if (!is_safe_url(account.token_uri))
    throw CredentialsError(file,
                           "has the token_uri '" + account.token_uri + "', which is no https:// address");
  if (const std::optional<std::string> problem = private_key_problem(account.private_key))
    throw CredentialsError(file, "has a 'private_key' that " + *problem + "; download a new key");
  return account;
}

std::string sign_assertion(const ServiceAccount& account, roadmap::UtcTime issued_at) {
  try {
    jwt::jwt_object assertion{jwt::params::algorithm("RS256"), jwt::params::secret(account.private_key)};
    if (!account.private_key_id.empty()) assertion.header().add_header("kid", account.private_key_id);
    assertion.add_claim("iss", account.client_email);
    assertion.add_claim("scope", kSheetsScope);
    assertion.add_claim("aud", account.token_uri);
    assertion.add_claim("iat", unix_seconds(issued_at));
    assertion.add_claim("exp", unix_seconds(issued_at + kValidity));
    return assertion.signature();
  } catch (const std::exception& error) {
    throw TokenError(TokenFailure::kRefused, "The service account's private key cannot be used.",
                     std::string("the private key could not sign: ") + error.what());
  }
}

}  // namespace sheets
