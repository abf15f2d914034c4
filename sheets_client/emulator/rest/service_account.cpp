#include "sheets_client/emulator/rest/service_account.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

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

}  // namespace sheets::emulator
