#pragma once

#include <memory>
#include <string>
#include <string_view>

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

}  // namespace sheets::emulator
