// The table of routes: served by the dispatcher, described by the OpenAPI document.
#include "app/http/api.h"
#include "app/http/route.h"

namespace roadmap::app {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kProblem = "application/problem+json";
constexpr std::string_view kText = R"({"type":"string"})";

// The proxies of deploy/ wait for an answer a little longer.
constexpr int kMaxWaitSeconds = 50;

constexpr QueryParameter kWait = {"wait", WholeNumber{.min = 0, .max = kMaxWaitSeconds, .fallback = 0},
                                  "Seconds to wait for the run to end or its step to change. With the header "
                                  "If-None-Match, a run that has changed since is answered at once."};
constexpr QueryParameter kRunLimit = {"limit", WholeNumber{.min = 1, .max = kMaxRunPage, .fallback = 50},
                                      "How many at most."};
constexpr QueryParameter kInitiativeLimit = {
    "limit", WholeNumber{.min = 1, .max = kMaxInitiativePage, .fallback = 100}, "How many at most."};
constexpr QueryParameter kCursor = {"cursor", kText, "next_cursor of the answer before."};

constexpr std::string_view kActionRequest = R"({"$ref":"#/components/schemas/ActionRequest"})";
constexpr std::string_view kLogin =
    R"({"type":"object","properties":{"secret":{"type":"string","format":"password"}},)"
    R"("required":["secret"],"additionalProperties":false})";

constexpr RouteAnswer kNotModified = {
    304, "As the ETag says that If-None-Match names: nothing is sent again.", "", ""};

std::vector<QueryParameter> with_filters(std::vector<QueryParameter> more) {
  std::vector<QueryParameter> parameters = {
      {"action", kText, "Only runs of this action."},
      {"status", R"({"type":"string","enum":["queued","running","success","failed","cancelled"]})",
       "Only runs in this status."},
      {"user", kText, "Only runs asked for by an e-mail address that holds this text, ignoring case."},
      {"spreadsheet_id", kText, "Only runs on this spreadsheet."},
      {"since", R"({"type":"string","format":"date-time"})",
       "Only runs created at or after this time (UTC)."}};
  parameters.insert(parameters.end(), more.begin(), more.end());
  return parameters;
}

RouteAnswer answer(int status, std::string_view summary, std::string_view schema = "") {
  return {status, summary, kJson, schema};
}

RouteAnswer problem(int status, std::string_view summary) { return {status, summary, kProblem, "Problem"}; }

Route route(std::string_view method, std::string_view path, Access access, Route::Handler handler,
            std::string_view name, std::string_view summary, std::vector<QueryParameter> query,
            std::vector<RouteAnswer> answers, std::string_view body = "",
            std::vector<std::string_view> headers = {}) {
  Route row{method, path, access, handler, name, summary, std::move(query), std::move(answers)};
  row.body = body;
  row.headers = std::move(headers);
  return row;
}

std::vector<Route> make_routes() {
  return {
      // Runs.
      route("POST", "/actions/run", Access::kSecret, &Api::post_run, "startRun",
            "Start a run. It is on disk when this answers; a worker takes it from there.", {},
            {answer(202, "The run is queued, or an equal one was already (deduplicated).", "AcceptedRun"),
             problem(400, "The body is no JSON."),
             problem(409, "This Idempotency-Key was used with another request."),
             problem(413, "The body is over the limit."), problem(415, "The body is not declared as JSON."),
             problem(422, "An unknown action or member, or a wrong type; `errors` has a pointer to each."),
             problem(429, "Too many runs are waiting; Retry-After says when to try again."),
             problem(503, "The service is shutting down.")},
            kActionRequest, {"IdempotencyKey"}),
      route("GET", "/actions/run/{run_id}", Access::kSecret, &Api::get_run, "getRun",
            "One run: its status, progress and result.", {kWait},
            {answer(200, "The run.", "Run"), problem(400, "A parameter is wrong.")}),
      route("POST", "/actions/run/{run_id}/cancel", Access::kSecret, &Api::cancel_run, "cancelRun",
            "Cancel a run. A queued one is cancelled; a running one stops unless it has committed, then it "
            "finishes.",
            {}, {answer(200, "The run as it is now.", "Run"), problem(409, "The run has ended already.")}),
      route("GET", "/actions/run/{run_id}/record", Access::kSecret, &Api::get_record, "getRunRecord",
            "One run's record: the exact request, and every change of state and step with its time.", {},
            {answer(200, "The record.", "RunRecord")}),
      route("GET", "/actions/runs", Access::kSecret, &Api::list_runs, "listRuns", "Runs, newest first.",
            with_filters({kRunLimit, kCursor}),
            {answer(200, "A page of runs.", "RunPage"), kNotModified, problem(400, "A parameter is wrong.")}),
      route("GET", "/actions/runs/counts", Access::kSecret, &Api::count_runs, "countRuns",
            "How many of the newest runs are in each status, all together and over time.",
            with_filters({{"per", R"({"type":"string","enum":["hour","minute"]})",
                           "Count them by the hour or minute (UTC) in which they were asked for, too."}}),
            {answer(200, "The counts.", "RunCounts"), kNotModified, problem(400, "A parameter is wrong.")}),

      // What there is.
      route("GET", "/actions", Access::kSecret, &Api::list_actions, "listActions",
            "Every action with its scope types and options.", {},
            {answer(200, "The actions.", "ActionList")}),
      route("GET", "/fields", Access::kSecret, &Api::list_fields, "listFields",
            "Every field with its headers on the tabs of the sheets, and who owns each column.", {},
            {answer(200, "The fields.", "FieldList")}),
      route("GET", "/initiatives", Access::kSecret, &Api::list_initiatives, "listInitiatives",
            "Stored initiatives by key.", {kInitiativeLimit, kCursor},
            {answer(200, "A page of initiatives.", "InitiativePage"), kNotModified,
             problem(400, "A parameter is wrong.")}),
      route("GET", "/initiatives/{initiative_key}", Access::kSecret, &Api::get_initiative, "getInitiative",
            "One stored initiative.", {}, {answer(200, "The initiative.", "Initiative")}),
      route("GET", "/openapi.json", Access::kSecret, &Api::get_openapi, "getOpenApi", "This document.", {},
            {answer(200, "An OpenAPI 3.1 document.")}),

      // Browsers that log in.
      route("GET", "/session", Access::kOpen, &Api::get_session, "getSession",
            "Whether this browser is logged in; the csrf_token goes into the header X-CSRF-Token of requests "
            "that change something.",
            {}, {answer(200, "The session.", "Session")}),
      route("POST", "/session", Access::kOpen, &Api::log_in, "logIn",
            "Log a browser in with the secret: the answer sets a session cookie.", {},
            {answer(200, "The session.", "Session"), problem(400, "The body is no JSON."),
             problem(401, "The secret is wrong."), problem(415, "The body is not declared as JSON."),
             problem(422, "The body is not what was expected."), problem(429, "Too many wrong secrets.")},
            kLogin),
      route("DELETE", "/session", Access::kSecret, &Api::log_out, "logOut", "End the browser's session.", {},
            {{204, "It has ended.", "", ""}, problem(403, "The CSRF token is missing.")}),

      // How the service is.
      route("GET", "/status", Access::kSecret, &Api::get_status, "getStatus",
            "How busy the service is: queue, workers, quota of Google Sheets, access token; and the tabs it "
            "works on.",
            {}, {answer(200, "The status.", "Status"), kNotModified}),
      route("GET", "/healthz", Access::kOpen, &Api::get_health, "getHealth", "Whether the process answers.",
            {}, {answer(200, "It does.")}),
      route("GET", "/readyz", Access::kOpen, &Api::get_readiness, "getReadiness",
            "Whether the service can do its work; names what fails.", {},
            {answer(200, "It can.", "Readiness"), answer(503, "It cannot.", "Readiness")}),
      route("GET", "/metrics", Access::kSecret, &Api::get_metrics, "getMetrics",
            "Counters and gauges for Prometheus.", {},
            {{200, "Prometheus text exposition.", "text/plain", ""}}),
  };
}

std::string_view next_segment(std::string_view& path) {
  const std::size_t end = std::min(path.find('/'), path.size());
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(std::min(end + 1, path.size()));
  return segment;
}

}  // namespace

const std::vector<Route>& all_routes() {
  static const std::vector<Route> kRoutes = make_routes();
  return kRoutes;
}

std::optional<std::vector<std::string>> match_path(std::string_view route, std::string_view path) {
  if (path.empty() || path.back() == '/') return std::nullopt;
  std::vector<std::string> values;
  while (!route.empty() && !path.empty()) {
    const std::string_view expected = next_segment(route);
    const std::string_view segment = next_segment(path);
    if (!expected.empty() && expected.front() == '{') {
      if (segment.empty()) return std::nullopt;
      values.push_back(net::percent_decode(segment));
    } else if (expected != segment) {
      return std::nullopt;
    }
  }
  if (!route.empty() || !path.empty()) return std::nullopt;
  return values;
}

}  // namespace roadmap::app
