#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/http_message.h"
#include "sheets_client/emulator/rest/access.h"

namespace sheets::emulator {

// The account that the emulator accepts signed requests of: an address and an RSA key of its own.
// Thread safety: const after construction.
class ServiceAccount {
 public:
  // A fresh 2048-bit key, which takes a moment.
  static ServiceAccount generate(std::string email);
  // Throws std::runtime_error when `private_key_pem` is no RSA key.
  ServiceAccount(std::string email, std::string private_key_pem);

  const std::string& email() const { return email_; }
  const std::string& private_key_pem() const { return pem_; }
  // Whether `signature` is the account's RS256 signature of `text`.
  bool verify(std::string_view text, std::string_view signature) const;
  // A key file as Google hands them out; it holds the private key.
  std::string credentials_json(std::string_view token_uri) const;

 private:
  std::string email_;
  std::string pem_;
  std::shared_ptr<void> key_;  // an EVP_PKEY
};

// POST /token with a signed JWT (RFC 7523): {"access_token", "expires_in", "token_type"}, or OAuth's error
// object ({"error": "invalid_grant", "error_description"}) with status 400. Signature, issuer, audience,
// times and scope are verified against `now`; the token is issued at `issue_time`. `audiences`: the addresses
// that a JWT may be made out to.
net::HttpResponse answer_token_request(const net::HttpRequest& request, const ServiceAccount& account,
                                       AccessTokens& tokens, const std::vector<std::string>& audiences,
                                       WallTime now, WallTime issue_time);

}  // namespace sheets::emulator
