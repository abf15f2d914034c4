#include "emulated_google.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sheets_client/token_issuers.h"

namespace sheets::testing {
namespace {

ServiceAccount account_from(const std::string& json) {
  char name[] = "/tmp/emulator-account-XXXXXX";
  const int descriptor = mkstemp(name);
  REQUIRE(descriptor >= 0);
  close(descriptor);
  std::ofstream(name) << json;
  ServiceAccount account = read_service_account(name);
  std::remove(name);
  return account;
}

emulator::EmulatorOptions with_hooks(emulator::EmulatorOptions options, const MovableClock& clock) {
  options.test_hooks = true;
  options.now = [&clock] { return std::chrono::system_clock::time_point(clock.now()); };
  return options;
}

}  // namespace

EmulatedGoogle::EmulatedGoogle(ClientOptions options, emulator::EmulatorOptions emulator_options)
    : server(with_hooks(std::move(emulator_options), google_clock)),
      backoff(options.max_retries, own_clock, waiter, [] { return 0.5; }) {
  server.start();
  options.base_url = server.url();
  tokens = std::make_unique<CachedTokens>(
      std::make_unique<ServiceAccountIssuer>(account_from(server.service_account_json()),
                                             TokenExchange{transport, own_clock, backoff}),
      own_clock, nullptr);
  sheets = std::make_unique<GoogleSheets>(
      options,
      GoogleSheets::Surroundings{transport, *tokens, own_clock, waiter, nullptr, [] { return 0.5; }});
}

void EmulatedGoogle::control(const std::string& path, const std::string& body) {
  net::ClientRequest request;
  request.method = "POST";
  request.url = server.url() + "/_emulator/" + path;
  request.headers.add("Content-Type", "application/json");
  request.body = body;
  const net::TransferResult result = transport.perform(request, {});
  REQUIRE(std::holds_alternative<net::ClientResponse>(result));
  CAPTURE(std::get<net::ClientResponse>(result).body);
  REQUIRE(std::get<net::ClientResponse>(result).status == 200);
}

int EmulatedGoogle::calls(const std::string& method) {
  net::ClientRequest request;
  request.url = server.url() + "/_emulator/calls";
  const net::TransferResult result = transport.perform(request, {});
  REQUIRE(std::holds_alternative<net::ClientResponse>(result));
  return nlohmann::json::parse(std::get<net::ClientResponse>(result).body)["calls"].value(method, 0);
}

void EmulatedGoogle::make_backlog(const std::string& id) {
  emulator::WorkbookSeed seed;
  seed.id = id;
  seed.title = "Central Backlog";
  emulator::SeedTab tab;
  tab.title = "Backlog";
  tab.row_count = 20;
  tab.column_count = 6;
  tab.rows.push_back({std::string("Key"), std::string("Title")});
  for (int i = 1; i <= 5; ++i)
    tab.rows.push_back({"K" + std::to_string(i), std::string("old")});
  seed.tabs.push_back(tab);
  server.emulator().create_workbook(seed);
}

std::vector<roadmap::CellRow> EmulatedGoogle::backlog(const std::string& id) {
  auto reads = sheets->read_tabs(id, {"Backlog"}, run);
  REQUIRE(reads.at(0).grid);
  return std::move(reads[0].grid->rows);
}

}  // namespace sheets::testing
