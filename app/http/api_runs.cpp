// Handlers for runs: start, watch, cancel, list.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>

#include "app/http/api.h"
#include "app/http/request_reader.h"
#include "app/http/response.h"
#include "app/http/run_json.h"
#include "core/actions/action_request_json.h"
#include "net/file_descriptor.h"

namespace roadmap::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::seconds kQueueFullRetry{10};
constexpr std::chrono::seconds kDrainingRetry{30};
constexpr std::size_t kMaxIdempotencyKeyLength = 200;

bool is_valid_key(std::string_view key) {
  return !key.empty() && key.size() <= kMaxIdempotencyKeyLength &&
         std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
}

// One sentence over a refused request; each problem is in `errors` too.
std::string sentence(const RequestProblems& problems) {
  const RequestProblem& first = problems.problems.front();
  const std::string where = first.pointer.empty() ? "" : first.pointer.substr(1) + ": ";
  const std::size_t others = problems.problems.size() - 1;
  if (others == 0) return fmt::format("The request is not valid; {}{}.", where, first.detail);
  return fmt::format("The request is not valid; {}{}, and {} more {} wrong.", where, first.detail, others,
                     others == 1 ? "thing is" : "things are");
}

net::HttpResponse accepted(const EnqueueResult& result) {
  net::HttpResponse response =
      json_response(202, Json{{"run_id", result.run_id},
                              {"status", to_string(result.status)},
                              {"deduplicated", result.kind == EnqueueResult::Kind::kDeduplicated}}
                             .dump());
  response.headers.set("Location", "/actions/run/" + result.run_id);
  return response;
}

net::HttpResponse no_such_run(const std::string& run_id) {
  constexpr std::size_t kMaxShown = 60;
  return problem(404, fmt::format("There is no run '{}'; old runs are deleted after a while.",
                                  run_id.substr(0, kMaxShown)));
}

RunFilter filter_of(QueryReader& query) {
  RunFilter filter;
  filter.action = query.text("action");
  filter.user = query.text("user");
  filter.spreadsheet_id = query.text("spreadsheet_id");
  filter.since = query.time("since");
  if (const auto status = query.text("status")) {
    filter.status = run_status_from(*status);
    if (!filter.status) query.problem("status", "must be queued, running, success, failed or cancelled");
  }
  return filter;
}

Json counts_json(const RunCounts& found) {
  Json counts = Json::object();
  for (const RunStatus status : {RunStatus::kQueued, RunStatus::kRunning, RunStatus::kSuccess,
                                 RunStatus::kFailed, RunStatus::kCancelled}) {
    const auto entry = found.find(status);
    counts[std::string(to_string(status))] = entry == found.end() ? 0 : entry->second;
  }
  return counts;
}

Json over_time_json(const std::map<UtcTime, RunCounts>& periods) {
  Json list = Json::array();
  for (const auto& [begin, counts] : periods)
    list.push_back(Json{{"from", to_iso8601(begin)}, {"counts", counts_json(counts)}});
  return list;
}

}  // namespace

net::HttpResponse Api::post_run(const Exchange& exchange) {
  if (!declares_json(exchange.request)) return not_declared_as_json();
  const std::optional<std::string_view> key = exchange.request.headers.get("Idempotency-Key");
  if (key && !is_valid_key(*key)) {
    return problem(400, fmt::format("The Idempotency-Key must be 1 to {} visible ASCII characters.",
                                    kMaxIdempotencyKeyLength));
  }
  const auto parsed = parse_action_request(exchange.request.body);
  if (const auto* problems = std::get_if<RequestProblems>(&parsed)) {
    const bool malformed = problems->kind == RequestProblems::Kind::kMalformed;
    return problem(malformed ? 400 : 422, sentence(*problems), problems->problems);
  }
  const EnqueueResult result = parts_.enqueue(std::get<ActionRequest>(parsed), std::string(key.value_or("")));
  switch (result.kind) {
    case EnqueueResult::Kind::kAccepted:
    case EnqueueResult::Kind::kDeduplicated:
      return accepted(result);
    case EnqueueResult::Kind::kKeyConflict:
      return problem(409, fmt::format("This Idempotency-Key was used with another request, which is {}.",
                                      result.run_id));
    case EnqueueResult::Kind::kQueueFull:
      return problem_for_now(429, "Too many runs are waiting already; try again in a moment.",
                             kQueueFullRetry);
    case EnqueueResult::Kind::kDraining:
      break;
  }
  return problem_for_now(503, "The service is shutting down; try again in a moment.", kDrainingRetry);
}

std::string Api::entity_tag(const std::string& run_id) const {
  return fmt::format("\"{}-{}\"", parts_.boot_id, parts_.ledger.version(run_id));
}

std::string Api::runs_tag() const {
  return fmt::format("\"{}-all-{}\"", parts_.boot_id, parts_.ledger.changes());
}

net::HttpResponse Api::get_run(const Exchange& exchange) {
  QueryReader query(exchange);
  const std::chrono::seconds wait{query.whole("wait")};
  if (!query.problems().empty()) return problem(400, query.problems() + ".");
  const std::string& run_id = exchange.path_values.front();

  const std::uint64_t version = parts_.ledger.version(run_id);
  std::string tag = entity_tag(run_id);
  std::optional<ActionRun> run = parts_.ledger.find(run_id);
  if (!run) return no_such_run(run_id);
  // A caller that names another version than the current one has missed a change: nothing to wait for.
  const std::optional<std::string_view> seen = exchange.request.headers.get("If-None-Match");
  const bool up_to_date = !seen || *seen == tag;
  if (wait.count() > 0 && !is_final(run->status) && up_to_date) {
    wait_for_change(run_id, version, wait, exchange.connection);
    tag = entity_tag(run_id);
    run = parts_.ledger.find(run_id);
    if (!run) return no_such_run(run_id);
  }
  return tagged(json_response(200, run_json(*run)), tag);
}

net::HttpResponse Api::get_record(const Exchange& exchange) {
  const std::string& run_id = exchange.path_values.front();
  const std::optional<ActionRun> run = parts_.ledger.find(run_id);
  if (!run) return no_such_run(run_id);
  return json_response(200, run_record_json(*run, parts_.ledger.events(run_id)));
}

void Api::wait_for_change(const std::string& run_id, std::uint64_t seen, std::chrono::milliseconds wait,
                          const net::ClientConnection& connection) {
  struct Place {  // one of the threads that may wait
    std::atomic<int>& waiting;
    const int before = waiting.fetch_add(1);
    ~Place() { waiting.fetch_sub(1); }
  };
  const Place place{waiting_};
  if (place.before >= parts_.max_waiting) return;
  std::shared_ptr<net::EventFlag> changed;
  try {
    changed = std::make_shared<net::EventFlag>();
  } catch (const std::system_error&) {
    return;  // out of descriptors: the current state is an answer too
  }
  const Ledger::Subscription subscription = parts_.ledger.subscribe(run_id, [changed] { changed->raise(); });
  if (parts_.ledger.version(run_id) == seen) connection.wait(changed->fd(), wait);
}

net::HttpResponse Api::cancel_run(const Exchange& exchange) {
  const std::string& run_id = exchange.path_values.front();
  const CancelResult cancelled = parts_.ledger.cancel(run_id);
  if (cancelled == CancelResult::kUnknownRun) return no_such_run(run_id);
  const std::optional<ActionRun> run = parts_.ledger.find(run_id);
  if (!run) return no_such_run(run_id);
  if (cancelled == CancelResult::kAlreadyEnded) {
    return problem(409, fmt::format("The run has ended already; its status is {}.", to_string(run->status)));
  }
  return json_response(200, run_json(*run));
}

net::HttpResponse Api::count_runs(const Exchange& exchange) {
  QueryReader query(exchange);
  const RunFilter filter = filter_of(query);
  const std::optional<std::string> per = query.text("per");
  if (per && *per != "hour" && *per != "minute") query.problem("per", "must be hour or minute");
  if (!query.problems().empty()) return problem(400, query.problems() + ".");
  const std::string tag = runs_tag();
  if (has_already(exchange.request, tag)) return not_modified(tag);
  Json json = {{"counts", counts_json(parts_.ledger.count(filter))}, {"of_newest", kMaxRunsCounted}};
  if (per) {
    const RunPeriod period = *per == "hour" ? RunPeriod::kHour : RunPeriod::kMinute;
    json["over_time"] = over_time_json(parts_.ledger.count_over_time(filter, period));
  }
  return tagged(json_response(200, json.dump()), tag);
}

net::HttpResponse Api::list_runs(const Exchange& exchange) {
  QueryReader query(exchange);
  const RunFilter filter = filter_of(query);
  const int limit = query.whole("limit");
  if (!query.problems().empty()) return problem(400, query.problems() + ".");
  const std::string tag = runs_tag();
  if (has_already(exchange.request, tag)) return not_modified(tag);
  RunPage page;
  try {
    page = parts_.ledger.list(filter, limit, query.text("cursor").value_or(""));
  } catch (const std::invalid_argument&) {
    return problem(400, "'cursor' must be the next_cursor of an earlier answer.");
  }
  FailureReasons::Budget budget = kResultsReadByAList;
  bool all_read = true;
  std::string json = "{\"runs\":[";
  for (const ActionRun& run : page.runs) {
    if (json.back() != '[') json += ',';
    const auto failures = failure_reasons_.of(run, budget);
    all_read = all_read && failures;
    json += listed_run_json(run, failures);
  }
  json +=
      "],\"next_cursor\":" + Json(page.next_cursor.empty() ? Json(nullptr) : Json(page.next_cursor)).dump() +
      "}";
  net::HttpResponse response = json_response(200, std::move(json));
  // Of reasons that are still to be read, the next answer tells more.
  return all_read ? tagged(std::move(response), tag) : response;
}

}  // namespace roadmap::app
