#include "test/integration/app/service_world.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <thread>

namespace roadmap::app {
namespace {

constexpr const char* kEmulatorToken = "test-token";

sheets::emulator::EmulatorOptions emulator_options() {
  sheets::emulator::EmulatorOptions options;
  options.test_hooks = true;
  options.fixed_token = kEmulatorToken;
  return options;
}

sheets::emulator::WorkbookSeed intake_seed() {
  sheets::emulator::WorkbookSeed seed;
  seed.id = ServiceWorld::kIntake;
  seed.title = "Intake";
  seed.tabs.resize(1);
  seed.tabs[0].title = "Marketing";
  using Row = std::vector<sheets::emulator::SeedCell>;
  const auto text = [](const char* content) { return std::string(content); };
  seed.tabs[0].rows = {Row{text("Initiative Key"), text("Title"), text("Requesting Team"),
                           text("Requester Email"), text("Country")},
                       Row{{}, text("Faster tills"), text("Stores"), text("a@example.com"), text("DE")},
                       Row{{}, text("Gift cards"), text("CRM"), text("b@example.com"), text("FR")}};
  return seed;
}

sheets::emulator::WorkbookSeed backlog_seed() {
  sheets::emulator::WorkbookSeed seed;
  seed.id = ServiceWorld::kBacklog;
  seed.title = "Central Backlog";
  seed.tabs.resize(1);
  seed.tabs[0].title = "Backlog";
  const auto text = [](const char* content) { return std::string(content); };
  seed.tabs[0].rows = {{text("Initiative Key"), text("Title"), text("Status"), text("Country"),
                        text("PM Notes"), text("Last Run Status")}};
  return seed;
}

}  // namespace

ServiceWorld::ServiceWorld()
    : emulator_(emulator_options()),
      log_(LogLevel::kWarn, LogFormat::kText, clock_, [](const std::string&) {}) {
  emulator_.start();
  emulator_.emulator().create_workbook(intake_seed());
  emulator_.emulator().create_workbook(backlog_seed());
  std::ofstream(folder() / "service_account.json") << emulator_.service_account_json();

  config.server.port = 0;
  config.server.threads = 8;
  config.secret = kSecret;
  config.ledger.path = (folder() / "roadmap.db").string();
  config.worker.drain_seconds = 20;
  config.sheets.base_url = emulator_.url();
  config.sheets.service_account_file = (folder() / "service_account.json").string();
  config.sheets.reads_per_minute = 100000;
  config.sheets.writes_per_minute = 100000;
  config.central_backlogs = {{{kBacklog, "Backlog", 1, 2}, ""}};
  IntakeTabSettings tab;
  tab.key = "marketing";
  tab.layout = {kIntake, "Marketing", 1, 2};
  config.intakes = {{"intake", kIntake, {tab}}};
}

void ServiceWorld::start() {
  service_.reset();
  service_ = std::make_unique<Service>(config, log_, clock_);
  service_->start();
}

Answer ServiceWorld::send(net::ClientRequest request, const std::string& base) {
  request.url = base + request.url;
  request.use_proxy = false;
  const net::TransferResult result = http_.perform(request);
  if (const auto* error = std::get_if<net::TransferError>(&result))
    FAIL(request.url << ": " << error->message);
  const auto& response = std::get<net::ClientResponse>(result);
  Answer answer{response.status, response.headers, Json::parse(response.body, nullptr, false), response.body};
  if (answer.body.is_discarded()) answer.body = nullptr;
  return answer;
}

Answer ServiceWorld::get(const std::string& path, const net::Headers& headers) {
  net::ClientRequest request;
  request.url = path;
  request.headers = headers;
  if (!request.headers.get("X-ROADMAP-AI-SECRET")) request.headers.set("X-ROADMAP-AI-SECRET", kSecret);
  return send(std::move(request), service_->url());
}

Answer ServiceWorld::post(const std::string& path, const std::string& body, const net::Headers& headers) {
  net::ClientRequest request;
  request.method = "POST";
  request.url = path;
  request.headers = headers;
  if (!request.headers.get("X-ROADMAP-AI-SECRET")) request.headers.set("X-ROADMAP-AI-SECRET", kSecret);
  if (!request.headers.get("Content-Type")) request.headers.set("Content-Type", "application/json");
  request.body = body;
  return send(std::move(request), service_->url());
}

std::string ServiceWorld::start_run(const std::string& body) {
  const Answer answer = post("/actions/run", body);
  INFO(answer.text);
  REQUIRE(answer.status == 202);
  return answer.body["run_id"];
}

Json ServiceWorld::ended(const std::string& run_id) {
  // A run reports a handful of steps; each ends one wait.
  constexpr int kMostWaits = 50;
  for (int i = 0; i < kMostWaits; ++i) {
    const Answer answer = get("/actions/run/" + run_id + "?wait=20");
    REQUIRE(answer.status == 200);
    const std::string status = answer.body["status"];
    if (status != "queued" && status != "running") return answer.body;
  }
  FAIL("the run " << run_id << " does not end");
  return nullptr;
}

Json ServiceWorld::emulator_post(const std::string& path, const std::string& body) {
  net::ClientRequest request;
  request.method = "POST";
  request.url = path;
  request.headers.set("Content-Type", "application/json");
  request.body = body;
  const Answer answer = send(std::move(request), emulator_.url());
  INFO(answer.text);
  REQUIRE(answer.status < 300);
  return answer.body;
}

Json ServiceWorld::calls() {
  net::ClientRequest request;
  request.url = "/_emulator/calls";
  return send(std::move(request), emulator_.url()).body["calls"];
}

Answer ServiceWorld::emulator_get(const std::string& path) {
  net::ClientRequest request;
  request.url = path;
  request.headers.set("Authorization", std::string("Bearer ") + kEmulatorToken);
  Answer answer = send(std::move(request), emulator_.url());
  INFO(answer.text);
  REQUIRE(answer.status == 200);
  return answer;
}

void ServiceWorld::await_call(const std::string& method) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{60};
  while (calls().value(method, 0) == 0) {
    REQUIRE(std::chrono::steady_clock::now() < end);
    std::this_thread::yield();
  }
}

std::vector<std::vector<std::string>> ServiceWorld::values(const std::string& spreadsheet_id,
                                                           const std::string& tab) {
  const Answer answer =
      emulator_get("/v4/spreadsheets/" + spreadsheet_id + "/values/" + net::percent_encode(tab));
  return answer.body.value("values", Json::array()).get<std::vector<std::vector<std::string>>>();
}

}  // namespace roadmap::app
