#include "keys.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <catch2/catch.hpp>
#include <memory>

namespace sheets::testing {
namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Bio = std::unique_ptr<BIO, Free>;

std::string written_by(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string private_pem(EVP_PKEY* key, const char* passphrase = nullptr) {
  const Bio bio(BIO_new(BIO_s_mem()));
  REQUIRE(PEM_write_bio_PKCS8PrivateKey(bio.get(), key, passphrase ? EVP_aes_128_cbc() : nullptr, passphrase,
                                        passphrase ? 6 : 0, nullptr, nullptr) == 1);
  return written_by(bio.get());
}

std::string public_pem(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_mem()));
  REQUIRE(PEM_write_bio_PUBKEY(bio.get(), key) == 1);
  return written_by(bio.get());
}

KeyPair make_rsa(unsigned bits) {
  const Key key(EVP_RSA_gen(bits));
  REQUIRE(key);
  return {private_pem(key.get()), public_pem(key.get())};
}

}  // namespace

const KeyPair& rsa_2048() {
  static const KeyPair kPair = make_rsa(2048);
  return kPair;
}

const KeyPair& rsa_1024() {
  static const KeyPair kPair = make_rsa(1024);
  return kPair;
}

std::string ec_private_pem() {
  const Key key(EVP_EC_gen("P-256"));
  REQUIRE(key);
  return private_pem(key.get());
}

std::string encrypted_private_pem() {
  const Key key(EVP_RSA_gen(2048));
  return private_pem(key.get(), "secret");
}

bool verifies(const std::string& public_key, std::string_view text, std::string_view signature) {
  const Bio bio(BIO_new_mem_buf(public_key.data(), static_cast<int>(public_key.size())));
  const Key key(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
  const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  REQUIRE(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1);
  return EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                          signature.size(), reinterpret_cast<const unsigned char*>(text.data()),
                          text.size()) == 1;
}

std::string base64url_decode(std::string_view text) {
  std::string decoded;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const std::size_t value = kAlphabet.find(c);
    REQUIRE(value != std::string_view::npos);
    bits = (bits << 6) | static_cast<unsigned>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      decoded += static_cast<char>((bits >> count) & 0xFF);
    }
  }
  return decoded;
}

}  // namespace sheets::testing
