#pragma once

#include <optional>
#include <string>

#include "core/clock.h"

namespace sheets {

// The assertion of the JWT bearer grant (RFC 7523) as Google's service accounts sign it:
// https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests
struct JwtClaims {
  std::string issuer;    // the service account's address
  std::string scope;     // separated by blanks
  std::string audience;  // the token endpoint
  roadmap::UtcTime issued_at;
  std::string key_id;  // empty: not named
};

// What is wrong with a PEM private key for RS256 (not PEM, encrypted, not RSA, shorter than 2,048 bits);
// nullopt when nothing is. Never asks for a passphrase.
std::optional<std::string> private_key_problem(const std::string& pem);

// The signed assertion, valid for an hour from issued_at. `pem` must have passed private_key_problem; throws
// std::runtime_error when signing fails all the same.
std::string sign_assertion(const JwtClaims& claims, const std::string& pem);

}  // namespace sheets
