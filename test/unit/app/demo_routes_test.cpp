#include "app/demo/demo_routes.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "app/demo/demo_workbooks.h"
#include "sheets_client/emulator/emulator.h"

namespace roadmap::app {
namespace {

constexpr const char* kToken = "token-of-the-demo";
constexpr const char* kBacklogPath = "/v4/spreadsheets/demo-central-backlog";

class NobodyWaits : public net::ClientConnection {
 public:
  bool client_gone() const override { return false; }
  void wait(int, std::chrono::milliseconds) const override { FAIL("nothing here waits"); }
};

sheets::emulator::EmulatorOptions options() {
  sheets::emulator::EmulatorOptions options;
  options.fixed_token = kToken;
  return options;
}

struct Demo {
  sheets::emulator::Emulator emulator{options()};
  SystemClock clock;
  Log log{LogLevel::kError, LogFormat::kText, clock};
  Gate gate{"the-secret", "", clock, log};
  DemoRoutes routes{{emulator, kToken, "the-secret", "pm@example.com", "the-key", gate}};

  Demo() { create_demo_workbooks(emulator); }

  std::optional<net::HttpResponse> ask(net::HttpRequest request) {
    return routes.answer(request, NobodyWaits{});
  }
};

net::HttpRequest get(const std::string& path, const std::string& host = "127.0.0.1:8000") {
  net::HttpRequest request;
  request.method = "GET";
  request.path = request.target = path;
  request.headers = {{"Host", host}, {DemoRoutes::kPageHeader, "1"}};
  return request;
}

net::HttpRequest without_page_header(net::HttpRequest request) {
  request.headers = {{"Host", "127.0.0.1:8000"}};
  return request;
}

net::HttpRequest from(const std::string& origin, net::HttpRequest request) {
  request.headers.set("Origin", origin);
  return request;
}

nlohmann::json body_of(const net::HttpResponse& response) { return nlohmann::json::parse(response.body); }

}  // namespace

TEST_CASE("the workspace page reads a workbook of the demo without a Google token") {
  Demo demo;
  const auto response = demo.ask(get(kBacklogPath));
  REQUIRE(response);
  CHECK(response->status == 200);
  CHECK(body_of(*response)["properties"]["title"] == "Marlowe & Finch: Central Backlog");
}

TEST_CASE("the workspace page changes a workbook of the demo") {
  Demo demo;
  net::HttpRequest request = get(std::string(kBacklogPath) + "/values/Backlog!B2");
  request.method = "PUT";
  request.query = {{"valueInputOption", "USER_ENTERED"}};
  request.body = R"({"values": [["Renamed"]]})";
  REQUIRE(demo.ask(from("http://127.0.0.1:8000", request))->status == 200);
  const auto read = demo.ask(get(std::string(kBacklogPath) + "/values/Backlog!B2"));
  CHECK(body_of(*read)["values"][0][0] == "Renamed");
}

TEST_CASE("the workspace page learns the workbooks in the order of its tabs and how to reach the service") {
  Demo demo;
  const auto response = demo.ask(get("/workspace/config.json"));
  REQUIRE(response);
  REQUIRE(response->status == 200);
  const nlohmann::json config = body_of(*response);
  CHECK(config["secret"] == "the-secret");
  CHECK(config["user_email"] == "pm@example.com");
  CHECK(config["console_link"] == "/workspace/console?key=the-key");
  std::vector<std::string> kinds;
  for (const auto& workbook : config["workbooks"])
    kinds.push_back(workbook["kind"]);
  CHECK(kinds == std::vector<std::string>{"backlog", "product_ops", "intake", "intake"});
  CHECK(config["workbooks"][0]["id"] == "demo-central-backlog");
  CHECK(config["workbooks"][0]["title"] == "Marlowe & Finch: Central Backlog");
  CHECK(config["workbooks"][0]["status_headers"] ==
        nlohmann::json{"Last Run Status", "Run Status", "Sync Status"});
  CHECK(config["workbooks"][1]["status_headers"] ==
        nlohmann::json{"Status", "Last Run Status", "Run Status"});
  CHECK(config["workbooks"][2]["status_headers"].empty());
}

TEST_CASE("a name that is not this machine's own gets nothing, though it resolves here") {
  Demo demo;
  for (const char* path : {kBacklogPath, "/workspace/config.json", "/_emulator/revisions"}) {
    CAPTURE(path);
    CHECK(demo.ask(get(path, "evil.example:8000"))->status == 403);
    CHECK(demo.ask(get(path, "127.0.0.1.evil.example:8000"))->status == 403);
    CHECK(demo.ask(get(path, ""))->status == 403);
    CHECK(demo.ask(get(path, "localhost:8000"))->status == 200);
    CHECK(demo.ask(get(path, "[::1]:8000"))->status == 200);
  }
}

TEST_CASE("a request that any page can send, without the page's header, is refused") {
  Demo demo;
  for (const char* path : {kBacklogPath, "/workspace/config.json", "/_emulator/revisions"}) {
    CAPTURE(path);
    CHECK(demo.ask(without_page_header(get(path)))->status == 403);
  }
}

TEST_CASE("a page of another origin is refused, and is not told that it may ask") {
  Demo demo;
  CHECK(demo.ask(from("http://evil.example", get(kBacklogPath)))->status == 403);
  CHECK(demo.ask(from("http://127.0.0.1:9000", get(kBacklogPath)))->status == 403);
  CHECK(demo.ask(from("null", get(kBacklogPath)))->status == 403);

  net::HttpRequest preflight = without_page_header(get(kBacklogPath));
  preflight.method = "OPTIONS";
  const auto answer = demo.ask(from("http://evil.example", preflight));
  CHECK(answer->status == 403);
  CHECK_FALSE(answer->headers.get("Access-Control-Allow-Origin"));
  CHECK_FALSE(answer->headers.get("Access-Control-Allow-Headers"));

  const auto own = demo.ask(from("http://127.0.0.1:8000", get(kBacklogPath)));
  CHECK(own->status == 200);
  CHECK_FALSE(own->headers.get("Access-Control-Allow-Origin"));
}

TEST_CASE("the printed link opens the console with a session, from an address bar and for who has the key") {
  Demo demo;
  net::HttpRequest request = without_page_header(get("/workspace/console"));
  request.query = {{"key", "the-key"}};
  const auto opened = demo.ask(request);
  REQUIRE(opened);
  CHECK(opened->status == 303);
  CHECK(opened->headers.get("Location") == "/");
  net::HttpRequest next = get("/actions");
  next.headers.set("Cookie", std::string(opened->headers.get("Set-Cookie").value_or("")).substr(0, 200));
  CHECK(demo.gate.session_of(next));

  request.query = {{"key", "another"}};
  CHECK(demo.ask(request)->status == 403);
  request.query = {};
  CHECK(demo.ask(request)->status == 403);
  CHECK_FALSE(demo.ask(request)->headers.get("Set-Cookie"));
  request.query = {{"key", "the-key"}};
  request.method = "POST";
  CHECK(demo.ask(request)->status == 405);
  request.method = "GET";
  request.headers.set("Host", "evil.example:8000");
  CHECK(demo.ask(request)->status == 403);
}

TEST_CASE("the demo's addresses are those of the page alone; everything else is the service's") {
  Demo demo;
  for (const char* path :
       {"/", "/actions", "/workspace", "/token", "/_emulator/faults", "/_emulator/calls"}) {
    CAPTURE(path);
    CHECK_FALSE(demo.ask(get(path)));
  }
}

}  // namespace roadmap::app
