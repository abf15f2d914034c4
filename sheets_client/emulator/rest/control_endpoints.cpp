#include "sheets_client/emulator/rest/control_endpoints.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

#include "sheets_client/emulator/rest/api_response.h"
#include "sheets_client/emulator/rest/request_message.h"

namespace sheets::emulator {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kDefaultWait{25000};
constexpr std::chrono::milliseconds kLongestWait{60000};

std::optional<long long> number_param(const net::HttpRequest& request, std::string_view name) {
  const auto text = request.param(name);
  if (!text) return std::nullopt;
  long long number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc{} || end != text->data() + text->size() || number < 0)
    throw invalid_argument(std::string(name) + " is no whole number");
  return number;
}

net::HttpResponse changes_response(const Revisions::Changes& changes) {
  Json list = Json::array();
  for (const auto& change : changes.changes)
    list.push_back({{"spreadsheetId", change.spreadsheet_id}, {"sheetIds", change.sheet_ids}});
  net::HttpResponse response =
      json_response(200, Json{{"revision", changes.revision}, {"changes", std::move(list)}}.dump());
  response.headers.set("Cache-Control", "no-store");
  return response;
}

net::HttpResponse answer_revisions(const net::HttpRequest& request, const net::ClientConnection& connection,
                                   Revisions& revisions) {
  const auto since = number_param(request, "since");
  if (!since) {
    Revisions::Changes now = revisions.since(0);
    now.changes.clear();
    return changes_response(now);
  }
  const auto wait =
      std::min(std::chrono::milliseconds{number_param(request, "wait_ms").value_or(kDefaultWait.count())},
               kLongestWait);
  const auto deadline = SteadyClock::now() + wait;
  Revisions::Watch watch(revisions);
  while (true) {
    watch.drain();
    const auto changes = revisions.since(*since);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - SteadyClock::now());
    // A revision behind `since` means another emulator counted: the client must start over.
    const bool news = changes.revision > *since || changes.revision < *since;
    if (news || left.count() <= 0 || watch.fd() < 0 || connection.client_gone() || connection.stopping())
      return changes_response(changes);
    connection.wait(watch.fd(), left);
  }
}

net::HttpResponse done() { return json_response(200, "{}\n"); }

net::HttpResponse violations_response(const TestHooks& hooks) {
  const auto [count, first] = hooks.violations();
  Json list = Json::array();
  for (const TestHooks::Violation& violation : first)
    list.push_back({{"method", violation.method}, {"message", violation.message}});
  return json_response(200, Json{{"count", count}, {"violations", std::move(list)}}.dump() + "\n");
}

net::HttpResponse answer_test_hook(const net::HttpRequest& request, std::string_view path,
                                   ControlContext& context) {
  if (request.method == "GET" && path == "calls")
    return json_response(200, Json{{"calls", context.hooks.calls()}}.dump() + "\n");
  if (request.method == "GET" && path == "violations") return violations_response(context.hooks);
  if (request.method != "POST") throw not_found();
  if (path == "calls/reset") {
    context.hooks.reset_calls();
  } else if (path == "faults") {
    context.hooks.add_fault(parse_json_body(request.body));
  } else if (path == "hooks") {
    context.hooks.add_hook(parse_json_body(request.body));
  } else if (path == "faults/reset") {
    context.hooks.clear();
  } else if (path == "clock") {
    const Json body = parse_json_body(request.body);
    const int seconds = RequestMessage(&body, "").integer_or("advance_seconds", 0);
    if (seconds < 0) throw invalid_argument("The clock does not go back.");
    context.advanced_seconds += seconds;
  } else {
    throw not_found();
  }
  return done();
}

}  // namespace

net::HttpResponse answer_control(const net::HttpRequest& request, const net::ClientConnection& connection,
                                 ControlContext& context) {
  constexpr std::string_view kPrefix = "/_emulator/";
  const std::string_view path = std::string_view(request.path).substr(kPrefix.size());
  if (request.method == "GET" && path == "revisions")
    return answer_revisions(request, connection, context.revisions);
  if (!context.test_hooks) throw not_found();
  return answer_test_hook(request, path, context);
}

}  // namespace sheets::emulator
