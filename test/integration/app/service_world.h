#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/config/config.h"
#include "app/serve/service.h"
#include "app/telemetry/log.h"
#include "net/http_client.h"
#include "sheets_client/emulator/emulator.h"
#include "test/unit/app/temporary_folder.h"

namespace roadmap::app {

using Json = nlohmann::json;

struct Answer {
  int status = 0;
  net::Headers headers;
  Json body;  // null where it is no JSON
  std::string text;
};

// A service on workbooks of a running emulator: one intake tab and a backlog with people's own column.
class ServiceWorld {
 public:
  static constexpr const char* kIntake = "intake-book";
  static constexpr const char* kBacklog = "backlog-book";
  static constexpr const char* kSecret = "a secret of the tests, long enough";

  ServiceWorld();

  // Changes the configuration before the service is started.
  Config config;

  void start();
  void stop() { service_.reset(); }
  Service& service() { return *service_; }
  sheets::emulator::Emulator& emulator() { return emulator_.emulator(); }
  const std::filesystem::path& folder() const { return folder_.path(); }

  Answer get(const std::string& path, const net::Headers& headers = {});
  Answer post(const std::string& path, const std::string& body, const net::Headers& headers = {});
  // Starts a run and returns its id.
  std::string start_run(const std::string& body);
  // Waits until the run has ended.
  Json ended(const std::string& run_id);
  // Starts a run and waits for it.
  Json run(const std::string& body) { return ended(start_run(body)); }

  // A control endpoint of the emulator.
  Json emulator_post(const std::string& path, const std::string& body);
  Json calls();  // since the last reset, by method
  // Blocks until a call of that method is under way, or was since the last reset.
  void await_call(const std::string& method);
  void reset_calls() { emulator_post("/_emulator/calls/reset", ""); }
  Answer emulator_get(const std::string& path);  // with a valid token
  // A tab's values as people see them.
  std::vector<std::vector<std::string>> values(const std::string& spreadsheet_id, const std::string& tab);

 private:
  Answer send(net::ClientRequest request, const std::string& base);

  TemporaryFolder folder_;
  SystemClock clock_;
  sheets::emulator::EmulatorServer emulator_;
  net::HttpClient http_{"test"};
  Log log_;
  std::unique_ptr<Service> service_;
};

}  // namespace roadmap::app
