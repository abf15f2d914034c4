#pragma once

#include <string>

#include "core/clock.h"
#include "core/errors.h"

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

// The assertion of the JWT bearer grant (RFC 7523) as Google's service accounts sign it, for kSheetsScope and
// valid for an hour from `issued_at`:
// https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests
// Throws TokenError kRefused when the key cannot sign, although read_service_account took it.
std::string sign_assertion(const ServiceAccount& account, roadmap::UtcTime issued_at);

}  // namespace sheets
