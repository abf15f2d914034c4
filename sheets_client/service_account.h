#pragma once

#include <string>

#include "core/errors.h"
#include "sheets_client/token_exchange.h"

namespace sheets {

// The credentials file is missing or not usable. what() names the file and what is wrong, never its content.
class CredentialsError : public roadmap::Error {
 public:
  CredentialsError(const std::string& file, const std::string& problem)
      : Error("credentials", "The service account file " + file + " " + problem + ".") {}
};

// A service account's key file as the Google Cloud console issues it.
struct ServiceAccount {
  std::string client_email;  // whom people share their sheets with
  std::string private_key;   // PEM; a secret
  std::string private_key_id;
  std::string token_uri;  // https, or http to this machine
};

// Reads and checks the file; blocks on the disk. Throws CredentialsError.
ServiceAccount read_service_account(const std::string& file);

// Access tokens by the JWT bearer grant, scope kSheetsScope.
class ServiceAccountIssuer : public TokenIssuer {
 public:
  // `transport`, `clock` and `backoff` outlive this.
  ServiceAccountIssuer(ServiceAccount account, net::Transport& transport, const roadmap::Clock& clock,
                       roadmap::Backoff& backoff);
  IssuedToken issue(const roadmap::RunControl& control) override;
  std::string account() const override { return account_.client_email; }

 private:
  const ServiceAccount account_;
  const roadmap::Clock& clock_;
  TokenExchange exchange_;
};

}  // namespace sheets
