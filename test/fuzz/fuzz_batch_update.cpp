// Any JSON as a batchUpdate, as a values write and as a range: the emulator answers or refuses, and a refused
// batch changes nothing.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "sheets_client/emulator/emulator.h"
#include "test/fuzz/expect.h"

namespace {

constexpr const char* kToken = "fuzz";
constexpr const char* kId = "fuzzed";
constexpr int kInputsPerWorkbook = 200;

class NobodyWaits : public net::ClientConnection {
 public:
  bool client_gone() const override { return false; }
  void wait(int, std::chrono::milliseconds) const override {}
};

net::HttpResponse call(sheets::emulator::Emulator& emulator, const char* method, const std::string& path,
                       std::string body) {
  net::HttpRequest request;
  request.method = method;
  request.path = "/v4/spreadsheets/" + std::string(kId) + path;
  request.target = request.path;
  request.headers = {{"Authorization", "Bearer " + std::string(kToken)},
                     {"Content-Type", "application/json"}};
  request.body = std::move(body);
  return emulator.handle(request, NobodyWaits());
}

sheets::emulator::Emulator& fresh_now_and_then() {
  static std::unique_ptr<sheets::emulator::Emulator> emulator;
  static int left = 0;
  if (left-- == 0) {
    sheets::emulator::EmulatorOptions options;
    options.fixed_token = kToken;
    emulator = std::make_unique<sheets::emulator::Emulator>(options);
    sheets::emulator::SeedTab tab{"Sheet1", {{std::string("Title"), 1.0}, {std::string("x"), true}}, 50, 10};
    emulator->create_workbook({kId, "fuzzed", {tab}});
    left = kInputsPerWorkbook;
  }
  return *emulator;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  sheets::emulator::Emulator& emulator = fresh_now_and_then();
  const std::string before = call(emulator, "GET", "", "").body;

  const auto batch = call(emulator, "POST", ":batchUpdate", input);
  expect(batch.status == 200 || batch.status == 400, "a batch is applied or refused");
  if (batch.status != 200)
    expect(call(emulator, "GET", "", "").body == before, "a refused batch changes nothing");

  const auto write = call(emulator, "POST", "/values:batchUpdate", input);
  expect(write.status == 200 || write.status == 400, "a write is applied or refused");
  const auto read = call(emulator, "GET", "/values/" + net::percent_encode(input), "");
  expect(read.status == 200 || read.status == 400 || read.status == 404, "a range is read or refused");
  return 0;
}
