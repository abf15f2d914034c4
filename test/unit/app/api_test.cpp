// The HTTP contract over a real ledger and store, without sockets.
#include <sys/eventfd.h>
#include <sys/select.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/http/dispatcher.h"
#include "app/http/openapi.h"
#include "core/actions/action_registry.h"
#include "core/fields/registry.h"
#include "core/store/database.h"
#include "test/unit/app/temporary_folder.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::json;

constexpr const char* kSecret = "0123456789abcdefghijklmn";

class TestClock : public Clock {
 public:
  UtcTime now() const override { return SystemClock().now(); }
  std::chrono::steady_clock::time_point steady_now() const override { return SystemClock().steady_now(); }
};

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

void FakeConnection::await_readable(int descriptor) {
  fd_set set;
  FD_ZERO(&set);
  FD_SET(descriptor, &set);
  REQUIRE(::select(descriptor + 1, &set, nullptr, nullptr, nullptr) == 1);
}

struct World {
  TemporaryFolder folder;
  TestClock clock;
  Database database;
  Store store;
  Ledger ledger;
  Settings settings;
  Metrics metrics{"test"};
  std::vector<std::string> log_lines;
  Log log;
  SecretCheck secrets;
  std::vector<ReadinessCheck> readiness{{"ledger", ""}, {"worker", ""}};
  Api api;
  Dispatcher dispatcher;
  FakeConnection connection;

  explicit World(LedgerOptions options = {}, int max_waiting = 4, const std::string& secret = kSecret)
      : database(database_in(folder)),
        store(database),
        ledger(database, clock, options, "boot"),
        log(LogLevel::kInfo, LogFormat::kJson, clock,
            [this](const std::string& line) { log_lines.push_back(line); }),
        secrets(secret, "", clock),
        api(Api::Parts{ledger, store, settings, metrics, "boot", max_waiting, [this] { return readiness; },
                       [] { return Metrics::Levels{}; }}),
        dispatcher(api, secrets, metrics, log, clock) {}

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

Json problem_of(const net::HttpResponse& response) {
  CHECK(response.headers.get("Content-Type") == "application/problem+json");
  Json problem = Json::parse(response.body);
  CHECK(problem["status"] == response.status);
  CHECK_FALSE(problem["title"].get<std::string>().empty());
  CHECK_FALSE(problem["detail"].get<std::string>().empty());
  return problem;
}

}  // namespace

TEST_CASE("a run is accepted, on disk, and found at its Location") {
  World world;
  const net::HttpResponse response = world.post("/actions/run", R"({"action":"pm.backlog_sync",
      "requested_by":{"ui":"apps_script","user_email":"pm@example.com"}})");
  CHECK(response.status == 202);
  const Json accepted = Json::parse(response.body);
  CHECK(accepted["status"] == "queued");
  CHECK(accepted["deduplicated"] == false);
  const std::string location(response.headers.get("Location").value());
  CHECK(location == "/actions/run/" + accepted["run_id"].get<std::string>());
  const Json run = Json::parse(world.get(location).body);
  CHECK(run["run_id"] == accepted["run_id"]);
  CHECK(run["action"] == "pm.backlog_sync");
  CHECK(run["status"] == "queued");
  CHECK(run["scope_summary"] == "all");
  CHECK(run["requested_by"] == Json({{"ui", "apps_script"}, {"user_email", "pm@example.com"}}));
  for (const char* name : {"started_at", "finished_at", "progress", "result", "error"})
    CHECK(run[name].is_null());
}

TEST_CASE("bodies that are no JSON, no request or no JSON type are refused each in its way") {
  World world;
  CHECK(problem_of(world.post("/actions/run", "{"))["status"] == 400);
  const Json invalid = problem_of(world.post("/actions/run", R"({"action":"nope","x":1})"));
  CHECK(invalid["status"] == 422);
  REQUIRE(invalid["errors"].size() == 2);
  CHECK(invalid["errors"][0]["pointer"] == "/x");
  CHECK(invalid["errors"][1]["pointer"] == "/action");
  CHECK(invalid["detail"].get<std::string>().find("1 more thing is wrong") != std::string::npos);
  CHECK(problem_of(world.post("/actions/run", "{}", {{"Content-Type", "text/plain"}}))["status"] == 415);
  CHECK(problem_of(world.post("/actions/run", "{}",
                              {{"Content-Type", "application/json; charset=latin1"}}))["status"] == 415);
  CHECK(world
            .post("/actions/run", R"({"action":"pm.backlog_sync"})",
                  {{"Content-Type", "Application/JSON; charset=\"UTF-8\""}})
            .status == 202);
  CHECK(world.ledger.queued_count() == 1);
}

TEST_CASE("an Idempotency-Key answers with the first run, and refuses another body") {
  World world;
  const net::Headers key = {{"Idempotency-Key", "k-1"}};
  const Json first = Json::parse(world.post("/actions/run", R"({"action":"pm.backlog_sync"})", key).body);
  const Json second = Json::parse(world.post("/actions/run", R"({"action":"pm.backlog_sync"})", key).body);
  CHECK(second["run_id"] == first["run_id"]);
  CHECK(second["deduplicated"] == true);
  const Json conflict = problem_of(world.post("/actions/run", R"({"action":"flow0.intake_sync"})", key));
  CHECK(conflict["status"] == 409);
  CHECK(problem_of(world.post("/actions/run", "{}", {{"Idempotency-Key", "two words"}}))["status"] == 400);
  CHECK(problem_of(
            world.post("/actions/run", "{}", {{"Idempotency-Key", std::string(201, 'k')}}))["status"] == 400);
}

TEST_CASE("a full queue is 429 and a draining service 503, both with Retry-After") {
  LedgerOptions options;
  options.max_queued = 1;
  World world(options);
  world.start();
  const net::HttpResponse full = world.post("/actions/run", R"({"action":"flow0.intake_sync"})");
  CHECK(problem_of(full)["status"] == 429);
  CHECK(full.headers.get("Retry-After"));
  world.ledger.begin_drain();
  const net::HttpResponse draining = world.post("/actions/run", R"({"action":"flow0.intake_sync"})");
  CHECK(problem_of(draining)["status"] == 503);
  CHECK(draining.headers.get("Retry-After"));
}

TEST_CASE("without the right secret nothing but health is answered") {
  World world;
  const auto with_secret = [&](const std::string& target, const std::string& secret) {
    net::HttpRequest request;
    request.method = "GET";
    request.target = target;
    request.headers.set("X-ROADMAP-AI-SECRET", secret);
    return world.send(request);
  };
  for (const char* target : {"/actions", "/actions/runs", "/actions/run/x", "/initiatives", "/metrics",
                             "/openapi.json", "/nothing"}) {
    CHECK(problem_of(with_secret(target, "wrong"))["status"] == 401);
  }
  CHECK(with_secret("/healthz", "wrong").status == 200);
  CHECK(with_secret("/readyz", "wrong").status == 200);
  for (int i = 0; i < 3; ++i)
    CHECK(with_secret("/actions", "wrong").status == 401);
  const net::HttpResponse throttled = with_secret("/actions", "wrong");
  CHECK(problem_of(throttled)["status"] == 429);
  CHECK(throttled.headers.get("Retry-After") == "60");
  CHECK(world.get("/actions").status == 200);
  for (const std::string& line : world.log_lines)
    CHECK(line.find(kSecret) == std::string::npos);
}

TEST_CASE("a service without a secret answers to names of this machine only") {
  World world({}, 4, "");
  const auto from = [&](const std::string& host) {
    net::HttpRequest request;
    request.method = "GET";
    request.target = "/actions";
    request.headers.set("Host", host);
    return world.send(request).status;
  };
  CHECK(from("127.0.0.1:8000") == 200);
  CHECK(from("localhost") == 200);
  CHECK(from("[::1]:8000") == 200);
  CHECK(from("evil.example.com") == 403);
  CHECK(from("") == 403);
}

TEST_CASE("unknown addresses are 404, wrong methods 405 with those allowed, HEAD is a GET") {
  World world;
  CHECK(problem_of(world.get("/"))["status"] == 404);
  CHECK(problem_of(world.get("/actions/run/run_x"))["status"] == 404);
  CHECK(problem_of(world.get("/actions/"))["status"] == 404);
  const net::HttpResponse wrong = world.post("/actions/runs", "{}");
  CHECK(problem_of(wrong)["status"] == 405);
  CHECK(wrong.headers.get("Allow") == "GET");
  net::HttpRequest head;
  head.method = "HEAD";
  head.target = "/healthz";
  CHECK(world.send(head).status == 200);
}

TEST_CASE("a run that is queued is cancelled, one that has ended is 409") {
  World world;
  const std::string run_id = world.start();
  const net::HttpResponse cancelled = world.post("/actions/run/" + run_id + "/cancel", "");
  CHECK(cancelled.status == 200);
  CHECK(Json::parse(cancelled.body)["status"] == "cancelled");
  CHECK(problem_of(world.post("/actions/run/" + run_id + "/cancel", ""))["status"] == 409);
  CHECK(problem_of(world.post("/actions/run/run_x/cancel", ""))["status"] == 404);
}

TEST_CASE("a wait ends when the run changes") {
  World world;
  const std::string run_id = world.start();
  net::HttpResponse answer;
  std::thread waiter([&] { answer = world.get("/actions/run/" + run_id + "?wait=50"); });
  world.connection.await_wait();
  CHECK(world.connection.waited_for() == std::chrono::seconds{50});
  const auto run = world.ledger.claim();
  REQUIRE(run);
  waiter.join();
  CHECK(Json::parse(answer.body)["status"] == "running");
}

TEST_CASE("who has missed a change is answered at once") {
  World world;
  const std::string run_id = world.start();
  const std::string tag(world.get("/actions/run/" + run_id).headers.get("ETag").value());
  REQUIRE(world.ledger.claim());
  net::HttpRequest request;
  request.method = "GET";
  request.target = "/actions/run/" + run_id + "?wait=50";
  request.headers.set("If-None-Match", tag);
  const net::HttpResponse answer = world.send(request);
  CHECK(Json::parse(answer.body)["status"] == "running");
  CHECK(world.connection.waited_for().count() == 0);
  CHECK(answer.headers.get("ETag") != tag);
}

TEST_CASE("beyond the places for waiting, and for a run that has ended, the answer is immediate") {
  World world({}, 0);
  const std::string run_id = world.start();
  CHECK(world.get("/actions/run/" + run_id + "?wait=50").status == 200);
  CHECK(world.connection.waited_for().count() == 0);

  World other;
  const std::string ended = other.start();
  other.post("/actions/run/" + ended + "/cancel", "");
  CHECK(Json::parse(other.get("/actions/run/" + ended + "?wait=50").body)["status"] == "cancelled");
  CHECK(other.connection.waited_for().count() == 0);
}

TEST_CASE("a finished run shows its result as it was stored, and lists only its summary") {
  World world;
  const std::string run_id = world.start();
  const auto run = world.ledger.claim();
  REQUIRE(run);
  RunResult result;
  result.count("appended", 2);
  result.rows = {{"INIT-000001", 2, RowStatus::kOk, ""}};
  result.summary = {1, 1, 0, 0};
  REQUIRE(world.ledger.finish_success(run_id, run->attempt, to_json(result)));
  const Json shown = Json::parse(world.get("/actions/run/" + run_id).body);
  CHECK(shown["status"] == "success");
  CHECK(shown["result"]["raw"]["appended"] == 2);
  CHECK(shown["result"]["raw"]["rows"][0]["initiative_key"] == "INIT-000001");
  const Json page = Json::parse(world.get("/actions/runs").body);
  CHECK(page["runs"][0]["summary"] == Json({{"total", 1}, {"success", 1}, {"skipped", 0}, {"failed", 0}}));
  CHECK_FALSE(page["runs"][0].contains("result"));
}

TEST_CASE("runs are listed in pages, newest first, and by filters") {
  World world;
  std::vector<std::string> ids;
  for (const char* action : {"pm.backlog_sync", "flow0.intake_sync", "flow1.backlog_sync"})
    ids.push_back(
        world.start(std::string(R"({"action":")") + action + R"(","requested_by":{"user_email":"a@b.c"}})"));
  const Json first = Json::parse(world.get("/actions/runs?limit=2").body);
  REQUIRE(first["runs"].size() == 2);
  CHECK(first["runs"][0]["run_id"] == ids[2]);
  const Json second =
      Json::parse(world.get("/actions/runs?limit=2&cursor=" + first["next_cursor"].get<std::string>()).body);
  REQUIRE(second["runs"].size() == 1);
  CHECK(second["runs"][0]["run_id"] == ids[0]);
  CHECK(second["next_cursor"].is_null());
  CHECK(Json::parse(world.get("/actions/runs?action=flow0.intake_sync").body)["runs"].size() == 1);
  CHECK(Json::parse(world.get("/actions/runs?status=running").body)["runs"].empty());
  CHECK(Json::parse(world.get("/actions/runs?user=a@b.c").body)["runs"].size() == 3);
  CHECK(Json::parse(world.get("/actions/runs?since=2999-01-01T00:00:00Z").body)["runs"].empty());
}

TEST_CASE("wrong parameters are 400 and say what is right") {
  World world;
  const auto detail = [&](const std::string& target) {
    const Json problem = problem_of(world.get(target));
    CHECK(problem["status"] == 400);
    return problem["detail"].get<std::string>();
  };
  CHECK(detail("/actions/runs?state=x").find("'state' is no parameter here; did you mean 'status'?") !=
        std::string::npos);
  CHECK(detail("/actions/runs?status=done").find("queued, running") != std::string::npos);
  CHECK(detail("/actions/runs?since=yesterday").find("2026-01-02T03:04:05Z") != std::string::npos);
  CHECK(detail("/actions/runs?limit=201").find("from 1 to 200") != std::string::npos);
  CHECK(detail("/actions/runs?cursor=x").find("next_cursor") != std::string::npos);
  CHECK(detail("/actions/run/x?wait=51").find("from 0 to 50") != std::string::npos);
  CHECK(detail("/initiatives?limit=x").find("whole number") != std::string::npos);
}

TEST_CASE("initiatives are listed in pages and shown one by one") {
  World world;
  StoreChanges changes;
  for (const char* key : {"INIT-000001", "INIT-000002", "INIT-000003"}) {
    InitiativeRecord record = make_initiative(key);
    record.set(fields::title(), std::string("Title of ") + key);
    record.updated_source = "flow0.intake_sync";
    changes.new_initiatives.push_back(record);
  }
  world.store.begin_planning().commit(changes);
  const Json first = Json::parse(world.get("/initiatives?limit=2").body);
  REQUIRE(first["initiatives"].size() == 2);
  CHECK(first["initiatives"][0]["initiative_key"] == "INIT-000001");
  const Json last =
      Json::parse(world.get("/initiatives?limit=2&cursor=" + first["next_cursor"].get<std::string>()).body);
  REQUIRE(last["initiatives"].size() == 1);
  CHECK(last["next_cursor"].is_null());
  const Json one = Json::parse(world.get("/initiatives/INIT%2D000002").body);
  CHECK(one["title"] == "Title of INIT-000002");
  CHECK(one["country"].is_null());
  CHECK(one["updated_source"] == "flow0.intake_sync");
  CHECK(problem_of(world.get("/initiatives/INIT-000009"))["status"] == 404);
}

TEST_CASE("readiness names what fails") {
  World world;
  CHECK(Json::parse(world.get("/readyz").body)["status"] == "ready");
  world.readiness = {{"ledger", ""}, {"credentials", "The key is no longer valid."}};
  const net::HttpResponse response = world.get("/readyz");
  CHECK(response.status == 503);
  const Json json = Json::parse(response.body);
  CHECK(json["checks"][0] == Json({{"name", "ledger"}, {"ok", true}}));
  CHECK(json["checks"][1] ==
        Json({{"name", "credentials"}, {"ok", false}, {"detail", "The key is no longer valid."}}));
}

TEST_CASE("requests are counted by route, whatever a client invents") {
  World world;
  world.get("/initiatives/INIT-000001");
  world.get("/made/up");
  const net::HttpResponse response = world.get("/metrics");
  CHECK(response.headers.get("Content-Type")->find("text/plain") == 0);
  CHECK(
      response.body.find(
          R"(roadmapd_http_requests_total{method="GET",route="/initiatives/{initiative_key}",status="404"} 1)") !=
      std::string::npos);
  CHECK(response.body.find(R"(roadmapd_http_requests_total{method="other",route="other",status="404"} 1)") !=
        std::string::npos);
  CHECK(response.body.find("made") == std::string::npos);
}

TEST_CASE("the OpenAPI document holds every route and an accepted example for every action") {
  const Json document = Json::parse(openapi_document());
  CHECK(document["openapi"] == "3.1.0");
  for (const Route& route : all_routes()) {
    std::string method(route.method);
    std::transform(method.begin(), method.end(), method.begin(),
                   [](char c) { return static_cast<char>(c - 'A' + 'a'); });
    INFO(route.path);
    CHECK(document["paths"][std::string(route.path)].contains(method));
  }
  const Json examples =
      document["paths"]["/actions/run"]["post"]["requestBody"]["content"]["application/json"]["examples"];
  CHECK(examples.size() == all_actions().size());
  for (const auto& example : examples) {
    const auto parsed = parse_action_request(example["value"].dump());
    INFO(example.dump());
    CHECK(std::holds_alternative<ActionRequest>(parsed));
  }
}

TEST_CASE("every reference in the OpenAPI document leads somewhere") {
  const Json document = Json::parse(openapi_document());
  const std::function<void(const Json&)> follow = [&](const Json& node) {
    if (node.is_object() && node.contains("$ref")) {
      const std::string target = node["$ref"].get<std::string>().substr(1);
      INFO(target);
      CHECK(document.contains(Json::json_pointer(target)));
    }
    if (!node.is_structured()) return;
    for (const auto& child : node)
      follow(child);
  };
  follow(document);
}

TEST_CASE("the actions are listed with what they take") {
  World world;
  const Json actions = Json::parse(world.get("/actions").body)["actions"];
  REQUIRE(actions.size() == all_actions().size());
  const auto found = std::find_if(actions.begin(), actions.end(),
                                  [](const Json& action) { return action["name"] == "pm.backlog_sync"; });
  REQUIRE(found != actions.end());
  CHECK((*found)["scopes"] == Json::array({"all"}));
  CHECK((*found)["needs_selection"] == false);
  CHECK((*found)["options"][0]["name"] == "dry_run");
  CHECK((*found)["options"][0]["default"] == false);
}

}  // namespace roadmap::app
