// Logging in to the web pages: who gets a session, what it allows, how it ends.
#include "app/http/access.h"
#include "app/http/gate.h"
#include "test/unit/app/api_world.h"

namespace roadmap::app {
namespace {

class SteppedClock : public Clock {
 public:
  UtcTime now() const override { return from_iso8601("2026-01-02T03:04:05Z") + elapsed(); }
  std::chrono::steady_clock::time_point steady_now() const override {
    return std::chrono::steady_clock::time_point{} + elapsed_;
  }
  void advance(std::chrono::minutes by) { elapsed_ += by; }

 private:
  std::chrono::milliseconds elapsed() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(elapsed_);
  }
  std::chrono::minutes elapsed_{0};
};

// A browser: keeps the cookie that it is given, and never knows the secret's header.
class Browser {
 public:
  explicit Browser(World& world) : world_(world) {}

  net::HttpResponse send(const std::string& method, const std::string& target, const std::string& body = "",
                         const net::Headers& headers = {}) {
    net::HttpRequest request;
    request.method = method;
    request.target = target;
    request.path = target;
    request.headers = headers;
    request.headers.set("Content-Type", "application/json");
    if (!cookie.empty()) request.headers.set("Cookie", "theme=dark; " + cookie);
    request.body = body;
    request.remote_address = "10.0.0.9";
    request.over_tls = over_tls;
    net::HttpResponse response = world_.dispatcher(request, world_.connection);
    if (const auto set = response.headers.get("Set-Cookie")) {
      set_cookie = std::string(*set);
      cookie = set_cookie.substr(0, set_cookie.find(';'));
    }
    return response;
  }
  net::HttpResponse log_in(const std::string& secret = kSecret) {
    net::HttpResponse response = send("POST", "/session", Json{{"secret", secret}}.dump());
    if (response.status == 200) csrf_token = Json::parse(response.body)["csrf_token"];
    return response;
  }
  net::HttpResponse start_run(const net::Headers& headers) {
    return send("POST", "/actions/run", R"({"action":"pm.backlog_sync"})", headers);
  }

  std::string cookie;
  std::string set_cookie;
  std::string csrf_token;
  bool over_tls = false;

 private:
  World& world_;
};

}  // namespace

TEST_CASE("a browser that logged in needs no secret in its requests") {
  World world;
  Browser browser(world);
  CHECK(browser.send("GET", "/actions").status == 401);
  CHECK(Json::parse(browser.send("GET", "/session").body)["csrf_token"].is_null());
  REQUIRE(browser.log_in().status == 200);
  CHECK(browser.send("GET", "/actions").status == 200);
  CHECK(browser.send("GET", "/metrics").status == 200);
  const Json session = Json::parse(browser.send("GET", "/session").body);
  CHECK(session["csrf_token"] == browser.csrf_token);
  CHECK(session["login_required"] == true);
}

TEST_CASE("the cookie is kept from scripts, other sites, and plain connections where there is TLS") {
  World world;
  Browser plain(world);
  plain.log_in();
  CHECK(plain.set_cookie.find("; Path=/; HttpOnly; SameSite=Strict") != std::string::npos);
  CHECK(plain.set_cookie.find("Secure") == std::string::npos);
  Browser tls(world);
  tls.over_tls = true;
  tls.log_in();
  CHECK(tls.set_cookie.find("; Secure") != std::string::npos);
}

TEST_CASE("what changes something needs the session's CSRF token") {
  World world;
  Browser browser(world);
  browser.log_in();
  Browser other(world);
  other.log_in();
  CHECK(problem_of(browser.start_run({}))["status"] == 403);
  CHECK(browser.start_run({{"X-CSRF-Token", "wrong"}}).status == 403);
  CHECK(browser.start_run({{"X-CSRF-Token", other.csrf_token}}).status == 403);
  CHECK(browser.start_run({{"X-CSRF-Token", browser.csrf_token}}).status == 202);
  CHECK(browser.send("DELETE", "/session").status == 403);
}

TEST_CASE("logging out ends the session, also for who kept the cookie") {
  World world;
  Browser browser(world);
  browser.log_in();
  const std::string kept = browser.cookie;
  const net::HttpResponse out =
      browser.send("DELETE", "/session", "", {{"X-CSRF-Token", browser.csrf_token}});
  CHECK(out.status == 204);
  CHECK(browser.set_cookie.find("Max-Age=0") != std::string::npos);
  browser.cookie = kept;
  const Json problem = problem_of(browser.send("GET", "/actions"));
  CHECK(problem["status"] == 401);
  CHECK(problem["detail"] == "You are not logged in any more; log in again.");
}

TEST_CASE("wrong secrets at the login count with those in the header") {
  World world;
  Browser browser(world);
  for (std::size_t i = 0; i < SecretCheck::kMaxWrong; ++i)
    CHECK(problem_of(browser.log_in("wrong"))["status"] == 401);
  const net::HttpResponse throttled = browser.log_in("wrong");
  CHECK(problem_of(throttled)["status"] == 429);
  CHECK(throttled.headers.get("Retry-After") == "60");
  CHECK(browser.send("GET", "/actions", "", {{"X-ROADMAP-AI-SECRET", "wrong"}}).status == 429);
  CHECK(browser.log_in().status == 200);
  for (const std::string& line : world.log_lines)
    CHECK(line.find(kSecret) == std::string::npos);
}

TEST_CASE("a login that is not what was expected is refused with what is") {
  World world;
  Browser browser(world);
  CHECK(browser.send("POST", "/session", "{").status == 400);
  CHECK(browser.send("POST", "/session", "").status == 400);
  for (const char* body : {"{}", "[]", R"({"secret":1})", R"({"secret":"x","user":"y"})"}) {
    INFO(body);
    CHECK(problem_of(browser.send("POST", "/session", body))["errors"][0]["pointer"] == "/secret");
  }
  net::HttpRequest form;
  form.method = "POST";
  form.target = "/session";
  form.headers.set("Content-Type", "application/x-www-form-urlencoded");
  form.body = "secret=x";
  CHECK(world.send(form).status == 415);
}

TEST_CASE("a secret in the header decides, whatever cookie comes with it") {
  World world;
  Browser browser(world);
  browser.log_in();
  CHECK(browser.send("GET", "/actions", "", {{"X-ROADMAP-AI-SECRET", "wrong"}}).status == 401);
  CHECK(browser.start_run({{"X-ROADMAP-AI-SECRET", kSecret}}).status == 202);
}

TEST_CASE("a service without a secret asks for no login and takes no changes from other pages") {
  World world({}, 4, "");
  Browser browser(world);
  CHECK(Json::parse(browser.send("GET", "/session").body)["login_required"] == false);
  const net::Headers own = {{"Host", "localhost:8000"}, {"Origin", "http://localhost:8000"}};
  const net::Headers other = {{"Host", "localhost:8000"}, {"Origin", "http://localhost:9000"}};
  CHECK(browser.start_run(own).status == 202);
  CHECK(browser.start_run({{"Host", "localhost:8000"}}).status == 202);
  CHECK(problem_of(browser.start_run(other))["status"] == 403);
  CHECK(browser.send("GET", "/actions", "", other).status == 200);
}

TEST_CASE("a session ends when it was not used for long, or after a day of use") {
  SteppedClock clock;
  ConsoleSessions sessions(clock);
  const auto idle = sessions.begin();
  clock.advance(ConsoleSessions::kIdle - std::chrono::minutes{1});
  REQUIRE(sessions.find(idle.token));
  CHECK(sessions.find(idle.token)->csrf_token == idle.csrf_token);
  CHECK(sessions.find(idle.token)->token.empty());
  clock.advance(ConsoleSessions::kIdle);
  CHECK_FALSE(sessions.find(idle.token));

  const auto busy = sessions.begin();
  CHECK(busy.ends_at == clock.now() + ConsoleSessions::kLongest);
  for (int hour = 0; hour < 24; ++hour) {
    CHECK(sessions.find(busy.token));
    clock.advance(std::chrono::hours{1});
  }
  CHECK_FALSE(sessions.find(busy.token));
  CHECK_FALSE(sessions.find(""));
}

TEST_CASE("beyond the limit the session that was used least recently ends") {
  SteppedClock clock;
  ConsoleSessions sessions(clock);
  const auto first = sessions.begin();
  const auto second = sessions.begin();
  clock.advance(std::chrono::minutes{1});
  REQUIRE(sessions.find(first.token));
  for (std::size_t i = 2; i <= ConsoleSessions::kMaxSessions; ++i) {
    clock.advance(std::chrono::minutes{1});
    sessions.begin();
  }
  CHECK(sessions.find(first.token));
  CHECK_FALSE(sessions.find(second.token));
}

}  // namespace roadmap::app
