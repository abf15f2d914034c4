// What the HTTP API answers beside runs: secrets, addresses, initiatives, health, its own description.
#include <functional>

#include "app/http/openapi.h"
#include "core/actions/action_request_json.h"
#include "test/fakes/open_gate.h"
#include "test/unit/app/api_world.h"

namespace roadmap::app {

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
  CHECK(from("127.1") == 403);
  CHECK(from("") == 403);
}

TEST_CASE("unknown addresses are 404, wrong methods 405 with those allowed, HEAD is a GET") {
  World world;
  CHECK(problem_of(world.get("/nothing"))["status"] == 404);
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
  world.store.begin_planning().commit(changes, roadmap::test::open_gate());
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
    const Json& operations = document["paths"][std::string(route.path)];
    REQUIRE(operations.contains(method));
    CHECK(operations[method].contains("requestBody") == !route.body.empty());
    const bool reads_json = std::any_of(route.answers.begin(), route.answers.end(),
                                        [](const RouteAnswer& answer) { return answer.status == 415; });
    CHECK(reads_json == !route.body.empty());
  }
  const Json& schemes = document["components"]["securitySchemes"];
  CHECK(schemes["secret"]["name"] == Gate::kSecretHeader);
  CHECK(schemes["session"]["name"] == Gate::kCookie);
  const Json examples =
      document["paths"]["/actions/run"]["post"]["requestBody"]["content"]["application/json"]["examples"];
  CHECK(examples.size() == all_actions().size());
  for (const auto& example : examples) {
    const auto parsed = parse_action_request(example["value"].dump());
    INFO(example.dump());
    CHECK(std::holds_alternative<ActionRequest>(parsed));
  }
}

TEST_CASE("the whole numbers that the OpenAPI document allows are those that are taken") {
  World world;
  const Json document = Json::parse(openapi_document());
  int numbers = 0;
  for (const auto& [path, operations] : document["paths"].items()) {
    for (const Json& parameter : operations.value("/get/parameters"_json_pointer, Json::array())) {
      if (!parameter.contains("schema") || parameter["schema"]["type"] != "integer") continue;
      const std::string name = parameter["name"];
      const Json& schema = parameter["schema"];
      const std::string target = (path + "?").append(name).append("=");
      const auto status = [&](int number) { return world.get(target + std::to_string(number)).status; };
      INFO(target);
      const int lowest = schema["minimum"];
      const int highest = schema["maximum"];
      CHECK(status(lowest - 1) == 400);
      CHECK(status(lowest) != 400);
      CHECK(status(highest) != 400);
      CHECK(status(highest + 1) == 400);
      ++numbers;
    }
  }
  CHECK(numbers == 3);
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
