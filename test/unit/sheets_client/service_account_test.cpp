#include "sheets_client/service_account.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "keys.h"

namespace sheets {
namespace {

using nlohmann::json;

// A file of its own that disappears with it.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text) {
    char name[] = "/tmp/service-account-XXXXXX";
    const int descriptor = mkstemp(name);
    REQUIRE(descriptor >= 0);
    close(descriptor);
    path_ = name;
    std::ofstream(path_) << text;
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

json valid_file() {
  return {{"type", "service_account"},
          {"client_email", "robot@example.iam.gserviceaccount.com"},
          {"private_key", testing::rsa_2048().private_pem},
          {"private_key_id", "abc123"},
          {"token_uri", "https://oauth2.googleapis.com/token"}};
}

// The message for a file of that content, its name replaced by FILE.
std::string problem_of(const std::string& text) {
  const TemporaryFile file(text);
  try {
    read_service_account(file.path());
    return "none";
  } catch (const CredentialsError& error) {
    std::string message = error.what();
    REQUIRE(message.find(file.path()) != std::string::npos);
    return message.replace(message.find(file.path()), file.path().size(), "FILE");
  }
}

std::string problem_with(const char* member, const json& value) {
  json document = valid_file();
  document[member] = value;
  return problem_of(document.dump());
}

TEST_CASE("a service account file gives its account, key and token endpoint") {
  const TemporaryFile file(valid_file().dump(2));
  const ServiceAccount account = read_service_account(file.path());
  CHECK(account.client_email == "robot@example.iam.gserviceaccount.com");
  CHECK(account.private_key_id == "abc123");
  CHECK(account.token_uri == "https://oauth2.googleapis.com/token");
}

TEST_CASE("each way in which a service account file can be wrong is named") {
  CHECK_THROWS_WITH(read_service_account("/nowhere/key.json"),
                    "The service account file /nowhere/key.json cannot be read: No such file or directory.");
  CHECK_THROWS_AS(read_service_account("/tmp"), CredentialsError);
  CHECK(problem_of("") == "The service account file FILE is not JSON (unreadable at byte 1).");
  CHECK(problem_of("[]") == "The service account file FILE is no JSON object.");
  CHECK(problem_of(std::string(70000, ' ')) ==
        "The service account file FILE is larger than 64 KiB, so it is no such file.");
  CHECK(
      problem_with("type", "authorized_user") ==
      "The service account file FILE is of type 'authorized_user', not 'service_account': create a key for a "
      "service account.");
  CHECK(problem_with("client_email", 7) ==
        "The service account file FILE has a 'client_email' that is no text.");
  CHECK(problem_with("token_uri", "http://evil.example/token") ==
        "The service account file FILE has the token_uri 'http://evil.example/token', which is no https:// "
        "address.");
  for (const char* member : {"type", "client_email", "private_key", "token_uri"}) {
    json document = valid_file();
    document.erase(member);
    CHECK(problem_of(document.dump()) ==
          "The service account file FILE has no '" + std::string(member) + "'.");
  }
}

TEST_CASE("a broken private key is found when the file is read, without showing any of it") {
  const std::string start = "The service account file FILE has a 'private_key' that ";
  const std::string end = "; download a new key.";
  const std::string pem = testing::rsa_2048().private_pem;
  CHECK(problem_with("private_key", "abc") == start + "is no PEM private key (it was cut or changed)" + end);
  CHECK(problem_with("private_key", pem.substr(0, 400)) ==
        start + "is no PEM private key (it was cut or changed)" + end);
  std::string literal_escapes;  // what happens when a shell pastes the key
  for (const char c : pem)
    literal_escapes += c == '\n' ? std::string("\\n") : std::string(1, c);
  CHECK(problem_with("private_key", literal_escapes) ==
        start + "is no PEM private key (it was cut or changed)" + end);
  CHECK(problem_with("private_key", testing::ec_private_pem()) == start + "is no RSA key" + end);
  CHECK(problem_with("private_key", testing::rsa_1024().private_pem) ==
        start + "has 1024 bits; at least 2048 are needed" + end);
  CHECK(problem_with("private_key", testing::encrypted_private_pem()) ==
        start + "is encrypted with a passphrase" + end);
}

TEST_CASE("the assertion is what Google asks for and verifies under the public key") {
  const ServiceAccount account{"robot@example.iam.gserviceaccount.com", testing::rsa_2048().private_pem,
                               "abc123", "https://oauth2.googleapis.com/token"};
  const std::string assertion = sign_assertion(account, roadmap::from_iso8601("2026-03-04T05:06:07.890Z"));
  const std::size_t first = assertion.find('.');
  const std::size_t second = assertion.find('.', first + 1);
  REQUIRE(second != std::string::npos);
  CHECK(json::parse(testing::base64url_decode(assertion.substr(0, first))) ==
        json{{"alg", "RS256"}, {"typ", "JWT"}, {"kid", "abc123"}});
  CHECK(json::parse(testing::base64url_decode(assertion.substr(first + 1, second - first - 1))) ==
        json{{"iss", account.client_email},
             {"scope", "https://www.googleapis.com/auth/spreadsheets"},
             {"aud", account.token_uri},
             {"iat", 1772600767},
             {"exp", 1772604367}});
  const std::string signature = testing::base64url_decode(assertion.substr(second + 1));
  const std::string signed_text = assertion.substr(0, second);
  CHECK(testing::verifies(testing::rsa_2048().public_pem, signed_text, signature));
  CHECK_FALSE(testing::verifies(testing::rsa_2048().public_pem, signed_text + "x", signature));
}

}  // namespace
}  // namespace sheets
