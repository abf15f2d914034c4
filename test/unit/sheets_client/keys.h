#pragma once

#include <string>
#include <string_view>

namespace sheets::testing {

// An RSA key made for this test run, in PEM.
struct KeyPair {
  std::string private_pem;
  std::string public_pem;
};
const KeyPair& rsa_2048();
const KeyPair& rsa_1024();
// Other keys that a file might hold.
std::string ec_private_pem();
std::string encrypted_private_pem();

// Whether `signature` (raw bytes) is RS256 of `text` under that public key, by OpenSSL.
bool verifies(const std::string& public_pem, std::string_view text, std::string_view signature);
std::string base64url_decode(std::string_view text);

}  // namespace sheets::testing
