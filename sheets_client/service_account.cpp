#include "sheets_client/service_account.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <stdexcept>

#include "sheets_client/endpoint.h"
#include "sheets_client/jwt_grant.h"

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

constexpr std::chrono::seconds kTokenTimeout{30};
constexpr std::size_t kMaxGrantBytes = 65536;

std::string signed_assertion(const JwtClaims& claims, const std::string& pem) {
  try {
    return sign_assertion(claims, pem);
  } catch (const std::runtime_error& error) {
    throw TokenError(TokenFailure::kRefused, "The service account's private key cannot be used.",
                     error.what());
  }
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

ServiceAccountIssuer::ServiceAccountIssuer(ServiceAccount account, net::Transport& transport,
                                           const roadmap::Clock& clock, roadmap::Backoff& backoff)
    : account_(std::move(account)), clock_(clock), exchange_(transport, clock, backoff) {}

IssuedToken ServiceAccountIssuer::issue(const roadmap::RunControl& control) {
  const JwtClaims claims{account_.client_email, kSheetsScope, account_.token_uri, clock_.now(),
                         account_.private_key_id};
  net::ClientRequest request;
  request.method = "POST";
  request.url = account_.token_uri;
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.body = "grant_type=" + net::percent_encode("urn:ietf:params:oauth:grant-type:jwt-bearer") +
                 "&assertion=" + net::percent_encode(signed_assertion(claims, account_.private_key));
  request.total_timeout = kTokenTimeout;
  request.max_response_bytes = kMaxGrantBytes;
  return TokenExchange::read_token(request, exchange_.perform(request, control));
}

}  // namespace sheets
