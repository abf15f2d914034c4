#include "sheets_client/emulator/rest/control_endpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>

#include "sheets_client/emulator/rest/api_response.h"
#include "sheets_client/emulator/rest/request_message.h"
#include "sheets_client/emulator/workbook/api_error.h"

namespace sheets::emulator {
namespace {

constexpr std::size_t kMaxWaiting = 1000;
constexpr std::size_t kMaxViolationsKept = 100;

void check_members(const Json& description, std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : description.items()) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw invalid_argument(fmt::format("'{}' is not a member of this.", name));
  }
}

// The first waiting entry that hits, used up once.
template <typename Waiting>
auto take(Waiting& waiting, const ApiRoute& route, const net::HttpRequest& request) {
  using Result = decltype(waiting.front().second);
  const auto found = std::find_if(waiting.begin(), waiting.end(),
                                  [&](const auto& entry) { return entry.first.hits(route, request); });
  if (found == waiting.end()) return std::optional<Result>{};
  std::optional<Result> result = found->second;
  if (--found->first.times == 0) waiting.erase(found);
  return result;
}

std::vector<Replacement> read_replacements(const Json& description, const char* member) {
  std::vector<Replacement> replacements;
  for (const Json& pair : RequestMessage(&description, "").list(member)) {
    const bool texts = pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string();
    if (!texts || pair[0].get_ref<const std::string&>().empty())
      throw invalid_argument(fmt::format("'{}' is a list of [text, with].", member));
    replacements.push_back({pair[0].get<std::string>(), pair[1].get<std::string>()});
  }
  return replacements;
}

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

std::string rewritten(std::string text, const std::vector<Replacement>& replacements) {
  for (const Replacement& replacement : replacements) {
    std::size_t at = text.find(replacement.text);
    while (at != std::string::npos) {
      text.replace(at, replacement.text.size(), replacement.with);
      at = text.find(replacement.text, at + replacement.with.size());
    }
  }
  return text;
}

net::HttpRequest rewritten(net::HttpRequest request, const std::vector<Replacement>& replacements) {
  if (replacements.empty()) return request;
  for (auto& [name, value] : request.query)
    value = rewritten(std::move(value), replacements);
  net::Headers headers;
  for (const auto& [name, value] : request.headers)
    headers.add(name, rewritten(value, replacements));
  request.headers = std::move(headers);
  request.body = rewritten(std::move(request.body), replacements);
  return request;
}

bool TestHooks::Aim::hits(const ApiRoute& route, const net::HttpRequest& request) const {
  const bool method_hit = method ? method == route.method : route.method != &kToken;
  if (!method_hit || (!spreadsheet_id.empty() && spreadsheet_id != route.spreadsheet_id)) return false;
  return containing.empty() || request.body.find(containing) != std::string::npos ||
         std::any_of(request.query.begin(), request.query.end(), [&](const auto& parameter) {
           return parameter.second.find(containing) != std::string::npos;
         });
}

TestHooks::Aim TestHooks::read_aim(const Json& description, const char* method_member) {
  const RequestMessage message(&description, "");
  Aim aim;
  const std::string name = message.text(method_member);
  if (name != "*") {
    aim.method = find_method(name);
    if (!aim.method) throw invalid_argument(fmt::format("There is no method '{}'.", name));
  }
  aim.spreadsheet_id = message.text("spreadsheet_id");
  aim.containing = message.text("containing");
  aim.times = message.integer_or("times", 1);
  if (aim.times < 1) throw invalid_argument("'times' must be positive.");
  return aim;
}

void TestHooks::count(const ApiMethod& method) {
  const std::lock_guard lock(mutex_);
  ++calls_[std::string(method.short_name())];
}

std::map<std::string, int> TestHooks::calls() const {
  const std::lock_guard lock(mutex_);
  return calls_;
}

void TestHooks::reset_calls() {
  const std::lock_guard lock(mutex_);
  calls_.clear();
  violation_count_ = 0;
  violations_.clear();
}

void TestHooks::record_violation(const ApiMethod& method, std::string message) {
  const std::lock_guard lock(mutex_);
  ++violation_count_;
  if (violations_.size() < kMaxViolationsKept)
    violations_.push_back({std::string(method.short_name()), std::move(message)});
}

std::pair<int, std::vector<TestHooks::Violation>> TestHooks::violations() const {
  const std::lock_guard lock(mutex_);
  return {violation_count_, violations_};
}

void TestHooks::add_fault(const Json& description) {
  check_members(description, {"method", "spreadsheet_id", "containing", "times", "status", "message",
                              "retry_after", "delay_ms", "close_connection", "truncate_body",
                              "malformed_json", "after_apply", "replace", "replace_in_answer"});
  const Aim aim = read_aim(description, "method");
  const RequestMessage message(&description, "");
  Fault fault;
  fault.status = message.integer_or("status", 0);
  fault.message = message.text("message");
  fault.retry_after_seconds = message.integer_or("retry_after", 0);
  fault.delay = std::chrono::milliseconds{message.integer_or("delay_ms", 0)};
  fault.close_connection = message.flag("close_connection");
  fault.truncate_body = message.flag("truncate_body");
  fault.malformed_json = message.flag("malformed_json");
  fault.after_apply = message.flag("after_apply");
  fault.in_request = read_replacements(description, "replace");
  fault.in_answer = read_replacements(description, "replace_in_answer");
  const std::lock_guard lock(mutex_);
  if (faults_.size() >= kMaxWaiting) throw invalid_argument("Too many faults are waiting.");
  faults_.emplace_back(aim, std::move(fault));
}

void TestHooks::add_hook(const Json& description) {
  check_members(description, {"after", "spreadsheet_id", "containing", "times", "apply"});
  const Aim aim = read_aim(description, "after");
  auto requests = std::make_shared<const Json>(RequestMessage(&description, "").list("apply"));
  const std::lock_guard lock(mutex_);
  if (hooks_.size() >= kMaxWaiting) throw invalid_argument("Too many hooks are waiting.");
  hooks_.emplace_back(aim, std::move(requests));
}

void TestHooks::clear() {
  const std::lock_guard lock(mutex_);
  faults_.clear();
  hooks_.clear();
}

std::optional<Fault> TestHooks::take_fault(const ApiRoute& route, const net::HttpRequest& request) {
  const std::lock_guard lock(mutex_);
  return take(faults_, route, request);
}

std::shared_ptr<const Json> TestHooks::take_hook(const ApiRoute& route, const net::HttpRequest& request) {
  const std::lock_guard lock(mutex_);
  return take(hooks_, route, request).value_or(nullptr);
}

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
