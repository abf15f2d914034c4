#include "sheets_client/endpoint.h"

#include <catch2/catch.hpp>

#include "fakes.h"

namespace sheets {

TEST_CASE("credentials go to https, or to this machine") {
  for (const char* url :
       {"https://sheets.googleapis.com", "https://proxy.example:8443/x", "http://127.0.0.1:8080",
        "http://127.9.8.7", "http://localhost:1", "http://[::1]:8000/v"}) {
    CAPTURE(url);
    CHECK(is_safe_url(url));
  }
  for (const char* url :
       {"", "https://", "http://sheets.googleapis.com", "http://localhost@evil.example",
        "http://127.0.0.1.evil.example", "http://localhost.evil.example", "ftp://127.0.0.1", "127.0.0.1:80",
        "http://10.0.0.1", "http://128.0.0.1", "http://127.0.0", "https://a b", "https://user:secret@host",
        "http://[::2]", "http://127.0.0.1\\@evil.example"}) {
    CAPTURE(url);
    CHECK_FALSE(is_safe_url(url));
  }
}

TEST_CASE("a setting out of range names its key when the client is made") {
  const auto message = [](const ClientOptions& options) {
    try {
      testing::ScriptedSheets sheets(options);
      return std::string("none");
    } catch (const InvalidSetting& error) {
      return std::string(error.what());
    }
  };
  ClientOptions options;
  CHECK(message(options) == "none");
  options.base_url = "http://sheets.googleapis.com";
  CHECK_THAT(message(options),
             Catch::StartsWith("sheets.base_url: 'http://sheets.googleapis.com' must be an https://"));
  options = {};
  options.reads_per_minute = 0;
  CHECK(message(options) == "sheets.reads_per_minute: 0 is not 1 to 1000000");
  options = {};
  options.writes_per_minute = 1'000'001;
  CHECK(message(options) == "sheets.writes_per_minute: 1000001 is not 1 to 1000000");
  options = {};
  options.max_retries = -1;
  CHECK(message(options) == "sheets.max_retries: -1 is not 0 to 20");
  options.max_retries = 21;
  CHECK(message(options) == "sheets.max_retries: 21 is not 0 to 20");
  options = {};
  options.timeout = std::chrono::milliseconds{0};
  CHECK_THAT(message(options), Catch::StartsWith("sheets.timeout_seconds: "));
}

}  // namespace sheets
