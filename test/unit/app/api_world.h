#pragma once

#include <sys/eventfd.h>
#include <sys/select.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>
#include <vector>

#include "app/http/dispatcher.h"
#include "core/actions/action_registry.h"
#include "core/actions/run_of_request.h"
#include "core/fields/registry.h"
#include "core/store/database.h"
#include "test/unit/app/temporary_folder.h"

namespace roadmap::app {

using Json = nlohmann::json;

constexpr const char* kSecret = "0123456789abcdefghijklmn";

// A client's side of a wait: tells when a handler began to wait, and waits on the descriptor it was given.
class FakeConnection : public net::ClientConnection {
 public:
  bool client_gone() const override { return false; }
  void wait(int wake_fd, std::chrono::milliseconds timeout) const override {
    {
      const std::lock_guard lock(mutex_);
      waited_for_ = timeout;
      begun_.notify_all();
    }
    eventfd_t value = 0;
    if (wake_fd >= 0) await_readable(wake_fd);
    ::eventfd_read(wake_fd, &value);
  }
  void await_wait() const {
    std::unique_lock lock(mutex_);
    begun_.wait(lock, [&] { return waited_for_.count() > 0; });
  }
  std::chrono::milliseconds waited_for() const {
    const std::lock_guard lock(mutex_);
    return waited_for_;
  }

 private:
  static void await_readable(int descriptor);

  mutable std::mutex mutex_;
  mutable std::condition_variable begun_;
  mutable std::chrono::milliseconds waited_for_{0};
};

inline void FakeConnection::await_readable(int descriptor) {
  fd_set set;
  FD_ZERO(&set);
  FD_SET(descriptor, &set);
  // Catch's macros belong to the test's own thread.
  if (::select(descriptor + 1, &set, nullptr, nullptr, nullptr) != 1)
    throw std::system_error(errno, std::generic_category(), "select");
}

struct World {
  TemporaryFolder folder;
  SystemClock clock;
  Database database;
  Store store;
  Ledger ledger;
  Settings settings;
  Metrics metrics{"test"};
  std::vector<std::string> log_lines;
  Log log;
  Gate gate;
  std::vector<ReadinessCheck> readiness{{"ledger", ""}, {"worker", ""}};
  ServiceStatus status;
  Api api;
  Dispatcher dispatcher;
  FakeConnection connection;

  explicit World(LedgerOptions options = {}, int max_waiting = 4, const std::string& secret = kSecret,
                 AssetAudience audience = AssetAudience::kEverybody)
      : database(database_in(folder)),
        store(database),
        ledger(database, clock, options, "boot"),
        log(LogLevel::kInfo, LogFormat::kJson, clock,
            [this](const std::string& line) { log_lines.push_back(line); }),
        gate(secret, "", clock, log),
        api(Api::Parts{ledger, store, settings, metrics, gate, "boot", max_waiting,
                       [this](const ActionRequest& request, const std::string& idempotency_key) {
                         return ledger.enqueue(run_of_request(request, settings, idempotency_key));
                       },
                       [this] { return readiness; }, [] { return Metrics::Levels{}; },
                       [this] { return status; }}),
        dispatcher(api, gate, metrics, log, clock, audience) {}

  static DatabaseOptions database_in(const TemporaryFolder& folder) {
    DatabaseOptions options;
    options.path = folder.path() / "r.db";
    return options;
  }

  net::HttpResponse send(net::HttpRequest request) {
    const std::size_t mark = std::min(request.target.find('?'), request.target.size());
    request.path = request.target.substr(0, mark);
    if (mark < request.target.size()) request.query = net::parse_query(request.target.substr(mark + 1));
    if (!request.headers.get("X-ROADMAP-AI-SECRET")) request.headers.set("X-ROADMAP-AI-SECRET", kSecret);
    request.remote_address = "10.0.0.9";
    return dispatcher(request, connection);
  }
  net::HttpResponse get(const std::string& target) {
    net::HttpRequest request;
    request.method = "GET";
    request.target = target;
    return send(request);
  }
  net::HttpResponse post(const std::string& target, const std::string& body,
                         const net::Headers& headers = {}) {
    net::HttpRequest request;
    request.method = "POST";
    request.target = target;
    request.headers = headers;
    if (!request.headers.get("Content-Type")) request.headers.set("Content-Type", "application/json");
    request.body = body;
    return send(request);
  }
  std::string start(const std::string& body = R"({"action":"pm.backlog_sync"})") {
    const net::HttpResponse response = post("/actions/run", body);
    REQUIRE(response.status == 202);
    return Json::parse(response.body)["run_id"];
  }
};

inline Json problem_of(const net::HttpResponse& response) {
  CHECK(response.headers.get("Content-Type") == "application/problem+json");
  Json problem = Json::parse(response.body);
  CHECK(problem["status"] == response.status);
  CHECK_FALSE(problem["title"].get<std::string>().empty());
  CHECK_FALSE(problem["detail"].get<std::string>().empty());
  return problem;
}

}  // namespace roadmap::app
