#include "sheets_client/emulator/rest/token_endpoint.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "sheets_client/emulator/rest/api_response.h"
#include "sheets_client/emulator/workbook/json_fwd.h"

namespace sheets::emulator {
namespace {

constexpr unsigned kKeyBits = 2048;
constexpr std::string_view kProject = "roadmapd-emulator";

struct BioFree {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, BioFree>;

EVP_PKEY* as_key(const std::shared_ptr<void>& key) { return static_cast<EVP_PKEY*>(key.get()); }

std::shared_ptr<void> read_key(const std::string& pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  EVP_PKEY* key = bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr) : nullptr;
  if (!key || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) {
    EVP_PKEY_free(key);
    throw std::runtime_error("the emulator's service account key is no RSA key in PEM form");
  }
  return {key, [](void* pointer) { EVP_PKEY_free(static_cast<EVP_PKEY*>(pointer)); }};
}

std::string generate_pem() {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_RSA_gen(kKeyBits), EVP_PKEY_free);
  const Bio bio(BIO_new(BIO_s_mem()));
  if (!key || !bio ||
      PEM_write_bio_PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
    throw std::runtime_error("cannot generate the emulator's service account key");
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

// The first 40 hexadecimal digits of the key's hash: how a key file names its key.
std::string key_id(std::string_view pem) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (EVP_Digest(pem.data(), pem.size(), digest, &size, EVP_sha1(), nullptr) != 1)
    throw std::runtime_error("cannot hash the emulator's service account key");
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string id;
  for (unsigned i = 0; i < size; ++i) {
    id += kHex[digest[i] >> 4];
    id += kHex[digest[i] & 15];
  }
  return id;
}

constexpr std::string_view kJwtGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
constexpr long long kMaxLifetimeSeconds = 3600;
constexpr long long kClockSkewSeconds = 300;

// What the endpoint refuses, as OAuth names it.
struct TokenError {
  std::string error;
  std::string description;
};

std::optional<std::string> decode_base64url(std::string_view text) {
  std::string decoded;
  unsigned bits = 0, count = 0;
  while (!text.empty() && text.back() == '=')  // padding, which some libraries send
    text.remove_suffix(1);
  for (const char c : text) {
    unsigned value = 0;
    if (c >= 'A' && c <= 'Z') {
      value = static_cast<unsigned>(c - 'A');
    } else if (c >= 'a' && c <= 'z') {
      value = static_cast<unsigned>(c - 'a') + 26;
    } else if (c >= '0' && c <= '9') {
      value = static_cast<unsigned>(c - '0') + 52;
    } else if (c == '-' || c == '_') {
      value = c == '-' ? 62 : 63;
    } else {
      return std::nullopt;
    }
    bits = (bits << 6 | value) & 0xFFFFFF;
    count += 6;
    if (count >= 8) {
      count -= 8;
      decoded += static_cast<char>(bits >> count & 0xFF);
    }
  }
  return decoded;
}

Json decode_part(std::string_view part) {
  const auto text = decode_base64url(part);
  Json json = text ? Json::parse(*text, nullptr, false) : Json();
  if (!json.is_object()) throw TokenError{"invalid_grant", "Invalid JWT: Failed to parse the JWT."};
  return json;
}

// A whole number of seconds; -1 when the claim is missing or something else.
long long seconds(const Json& claims, const char* name) {
  const auto claim = claims.find(name);
  return claim != claims.end() && claim->is_number() ? claim->get<long long>() : -1;
}

std::string text(const Json& claims, const char* name) {
  const auto claim = claims.find(name);
  return claim != claims.end() && claim->is_string() ? claim->get<std::string>() : std::string{};
}

void check_times(const Json& claims, WallTime now) {
  const auto seconds_now = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  const long long issued = seconds(claims, "iat"), expires = seconds(claims, "exp");
  if (issued < 0 || expires < 0 || issued > seconds_now + kClockSkewSeconds ||
      expires < seconds_now - kClockSkewSeconds || expires - issued > kMaxLifetimeSeconds) {
    throw TokenError{
        "invalid_grant",
        "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
        "Check your iat and exp values in the JWT claim."};
  }
}

Json verified_claims(std::string_view jwt, const ServiceAccount& account) {
  const std::size_t first = jwt.find('.'), last = jwt.rfind('.');
  if (first == std::string_view::npos || first == last)
    throw TokenError{"invalid_grant", "Invalid JWT: Failed to parse the JWT."};
  const Json header = decode_part(jwt.substr(0, first));
  Json claims = decode_part(jwt.substr(first + 1, last - first - 1));
  if (text(header, "alg") != "RS256")
    throw TokenError{"invalid_grant", "Invalid JWT: The algorithm is not RS256."};
  if (text(claims, "iss") != account.email())
    throw TokenError{"invalid_grant", "Invalid grant: account not found"};
  const auto signature = decode_base64url(jwt.substr(last + 1));
  if (!signature || !account.verify(jwt.substr(0, last), *signature))
    throw TokenError{"invalid_grant", "Invalid JWT Signature."};
  return claims;
}

std::string form_value(const net::HttpRequest& request, std::string_view name) {
  for (auto& [key, value] : net::parse_query(request.body)) {
    if (key == name) return value;
  }
  return {};
}

Grant read_grant(const net::HttpRequest& request, const ServiceAccount& account,
                 const std::vector<std::string>& audiences, WallTime now) {
  const std::string type = form_value(request, "grant_type");
  if (type != kJwtGrant) throw TokenError{"unsupported_grant_type", "Invalid grant_type: " + type};
  const Json claims = verified_claims(form_value(request, "assertion"), account);
  const std::string audience = text(claims, "aud");
  if (std::find(audiences.begin(), audiences.end(), audience) == audiences.end())
    throw TokenError{"invalid_grant", "Invalid JWT: Failed audience check."};
  check_times(claims, now);
  const std::string scope = text(claims, "scope");
  if (scope.empty()) throw TokenError{"invalid_scope", "Invalid OAuth scope or ID token audience provided."};
  const std::string subject = text(claims, "sub");
  if (!subject.empty() && subject != account.email()) {
    throw TokenError{
        "unauthorized_client",
        "Client is unauthorized to retrieve access tokens using this method, or client not authorized "
        "for any of the scopes requested."};
  }
  return {account.email(), scope};
}

}  // namespace

ServiceAccount ServiceAccount::generate(std::string email) { return {std::move(email), generate_pem()}; }

ServiceAccount::ServiceAccount(std::string email, std::string private_key_pem)
    : email_(std::move(email)), pem_(std::move(private_key_pem)), key_(read_key(pem_)) {}

bool ServiceAccount::verify(std::string_view text, std::string_view signature) const {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  if (!context || EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, as_key(key_)) != 1)
    return false;
  return EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                          signature.size(), reinterpret_cast<const unsigned char*>(text.data()),
                          text.size()) == 1;
}

std::string ServiceAccount::credentials_json(std::string_view token_uri) const {
  const Json credentials = {{"type", "service_account"},
                            {"project_id", kProject},
                            {"private_key_id", key_id(pem_)},
                            {"private_key", pem_},
                            {"client_email", email_},
                            {"client_id", "100000000000000000001"},
                            {"auth_uri", "https://accounts.google.com/o/oauth2/auth"},
                            {"token_uri", token_uri},
                            {"universe_domain", "googleapis.com"}};
  return credentials.dump(2) + "\n";
}

net::HttpResponse answer_token_request(const net::HttpRequest& request, const ServiceAccount& account,
                                       AccessTokens& tokens, const std::vector<std::string>& audiences,
                                       WallTime now, WallTime issue_time) {
  try {
    const std::string token = tokens.issue(read_grant(request, account, audiences, now), issue_time);
    const Json answer = {{"access_token", token},
                         {"expires_in", AccessTokens::kLifetime.count() - 1},
                         {"token_type", "Bearer"}};
    return json_response(200, answer.dump());
  } catch (const TokenError& refused) {
    const Json answer = {{"error", refused.error}, {"error_description", refused.description}};
    return json_response(400, answer.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
}

}  // namespace sheets::emulator
