#include "sheets_client/service_account_issuer.h"

#include <stdexcept>

#include "sheets_client/jwt_grant.h"

namespace sheets {
namespace {

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
