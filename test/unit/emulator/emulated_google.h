#pragma once

#include <atomic>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "sheets_client/emulator/emulator.h"

namespace sheets::emulator::test {

using Json = nlohmann::ordered_json;

// JSON as it is written: an initializer list of two texts would become an object.
inline Json operator""_js(const char* text, std::size_t size) { return Json::parse(text, text + size); }

// A client connection without a socket. It waits for real on the wake descriptor, and leaves when it is told
// to.
class QuietConnection : public net::ClientConnection {
 public:
  bool client_gone() const override { return gone; }
  void wait(int wake_fd, std::chrono::milliseconds timeout) const override;

  std::atomic<bool> gone = false;
  mutable std::atomic<int> waits = 0;
  mutable std::atomic<long long> asked_for_ms = 0;  // of the last wait
  bool really_waits = true;
};

struct Answer {
  int status = 0;
  Json body;  // null when it is no JSON
  std::string text;
  net::Headers headers;
  net::Delivery delivery = net::Delivery::kNormal;

  std::string message() const { return body.at("error").at("message").get<std::string>(); }
};

// An emulator called directly, with the fixed token.
class EmulatedGoogle {
 public:
  static constexpr const char* kToken = "test-token";
  static EmulatorOptions options();

  explicit EmulatedGoogle(EmulatorOptions options = EmulatedGoogle::options());

  Answer call(const std::string& method, const std::string& target, const Json& body = nullptr);
  Answer send(net::HttpRequest request);
  // Requests to one workbook: `rest` is what follows its id.
  Answer get(const std::string& rest) { return call("GET", "/v4/spreadsheets/" + id + rest); }
  Answer post(const std::string& rest, const Json& body) {
    return call("POST", "/v4/spreadsheets/" + id + rest, body);
  }
  Answer put(const std::string& range, const std::string& input, const Json& values);
  Answer batch(const Json& requests) { return post(":batchUpdate", {{"requests", requests}}); }
  // The values of a range, FORMATTED_VALUE unless `query` says more; null when there are none.
  Json values(const std::string& range, const std::string& query = "");
  // Makes the workbook that the calls above are about.
  void create(std::vector<SeedTab> tabs);

  Emulator emulator;
  QuietConnection connection;
  std::string id;
};

net::HttpRequest make_request(const std::string& method, const std::string& target);

}  // namespace sheets::emulator::test
